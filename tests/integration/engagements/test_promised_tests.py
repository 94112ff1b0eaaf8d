"""What a partner promises at a camp to test becomes a PDSA cycle by itself, on the real database."""

from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown
from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.improving import Improving

PROMISE: Answer = {
    "commitment_id": "cmt_1", "camp_id": "cmp_1", "partner_id": "prt_1", "admission_number": 1,
    "what": "A checklist at each insertion", "owner_id": "per_1", "due_on": "2026-10-15", "initiative_id": None,
}  # fmt: skip


@pytest.fixture
def improving(engagements: EngagementsHarness) -> Improving:
    return Improving(engagements)


def promise(engagements: EngagementsHarness, *, sequence: int = 1, **otherwise: Any) -> Answer:
    engagements.hear("plan_pdsa_cycle", sequence=sequence, **PROMISE | otherwise)
    return promised(engagements)


def promised(engagements: EngagementsHarness) -> Answer:
    found: Answer = engagements.call("show_promised_test", commitment_id="cmt_1")["ok"]
    return found


def cycles(engagements: EngagementsHarness) -> list[Answer]:
    found: list[Answer] = engagements.call("list_cycles")["ok"]["items"]
    return found


def test_in_the_only_initiative_under_way_a_cycle_is_planned_with_owner_and_day(improving: Improving) -> None:
    initiative = improving.active()

    test = promise(improving.engagements)

    (cycle,) = cycles(improving.engagements)
    assert (test["state"], test["cycle_id"], cycle["commitment_id"]) == ("planned", cycle["id"], "cmt_1")
    assert (cycle["owner_id"], cycle["ends_on"], cycle["state"]) == ("per_1", "2026-10-15", "planned")
    assert (cycle["initiative_id"], cycle["questions"][0]["question"]) == (initiative["id"], PROMISE["what"])
    (said,) = improving.engagements.said("pdsa.planned")
    assert said["data"]["commitment_id"] == "cmt_1"


def test_the_idea_it_brings_acts_weakly_on_each_secondary_driver_until_the_team_draws_it(improving: Improving) -> None:
    initiative = improving.active()

    promise(improving.engagements)

    shown = improving.engagements.command("show_driver_diagram", initiative_id=initiative["id"])
    (idea,) = [each for each in shown["ideas"] if each["code"] == "a_checklist_at_each_insertion"]
    links = [each for each in shown["links"] if each["source"] == "a_checklist_at_each_insertion"]
    assert idea["title"] == PROMISE["what"]
    assert links == [{"source": "a_checklist_at_each_insertion", "target": "hands", "strength": "weak"}]


def test_with_no_initiative_it_waits_in_sight_and_is_planned_when_one_begins(improving: Improving) -> None:
    waiting = promise(improving.engagements)

    improving.active()
    improving.engagements.hear_its_own()

    assert (waiting["state"], waiting["waits_for"]) == ("waiting", "no_initiative_active")
    assert (promised(improving.engagements)["state"], promised(improving.engagements)["waits_for"]) == ("planned", None)
    assert len(cycles(improving.engagements)) == 1


def test_between_several_initiatives_a_person_chooses_once(improving: Improving) -> None:
    one, _another = improving.active(), improving.active()

    waiting = promise(improving.engagements)
    asked = {"commitment_id": "cmt_1", "initiative_id": one["id"], "idea": "bundle"}
    placed = improving.engagements.command("place_promised_test", version=waiting["version"], **asked)
    again = improving.engagements.call("place_promised_test", version=placed["version"], **asked)

    assert (waiting["waits_for"], placed["state"]) == ("several_initiatives_active", "planned")
    assert [(each["initiative_id"], each["idea"]) for each in cycles(improving.engagements)] == [(one["id"], "bundle")]
    assert again["fault"]["code"] == "promise_is_planned"


def test_in_the_initiative_that_was_named_it_is_planned_though_others_are_under_way(improving: Improving) -> None:
    named, _another = improving.active(), improving.active()

    promise(improving.engagements, initiative_id=named["id"])

    assert [each["initiative_id"] for each in cycles(improving.engagements)] == [named["id"]]


def test_for_an_initiative_that_was_named_and_is_not_under_way_it_waits(improving: Improving) -> None:
    named, _another = improving.described(), improving.active()

    waiting = promise(improving.engagements, initiative_id=named["id"])
    chartered = improving.do("charter_initiative", named)
    improving.do("start_initiative", chartered, started_on="2026-05-01")
    improving.engagements.hear_its_own()

    assert waiting["waits_for"] == "named_initiative_not_active"
    assert [each["initiative_id"] for each in cycles(improving.engagements)] == [named["id"]]


def test_it_is_not_tested_in_an_initiative_of_another_engagement(improving: Improving) -> None:
    initiative = improving.active()
    improving.engagements.active("prt_2")
    improving.engagements.hear("plan_pdsa_cycle", **PROMISE | {"commitment_id": "cmt_2", "partner_id": "prt_2"})

    asked = {"commitment_id": "cmt_2", "version": 1, "initiative_id": initiative["id"]}

    refused = improving.engagements.call("place_promised_test", **asked)["fault"]
    assert refused["fields"][0]["pointer"] == "/initiative_id"


def test_what_counts_no_more_is_cancelled_and_taken_up_again_as_it_was(improving: Improving) -> None:
    improving.active()
    promise(improving.engagements)

    improving.engagements.hear("drop_promised_test", sequence=2, **PROMISE)
    (cancelled,) = cycles(improving.engagements)
    released = promised(improving.engagements)
    promise(improving.engagements, sequence=3)

    (cycle,) = cycles(improving.engagements)
    assert (released["state"], cancelled["state"]) == ("released", "cancelled")
    assert (promised(improving.engagements)["state"], cycle["state"]) == ("planned", "planned")


def test_a_test_that_has_begun_goes_on_though_the_promise_counts_no_more(improving: Improving) -> None:
    improving.active()
    promise(improving.engagements)
    (cycle,) = cycles(improving.engagements)
    predicted = improving.do("change_cycle", cycle, questions=[{"question": "Is it read?", "prediction": "At night"}])
    improving.do("start_cycle", predicted, started_on="2026-05-20")

    improving.engagements.hear("drop_promised_test", sequence=2, **PROMISE)

    assert [each["state"] for each in cycles(improving.engagements)] == ["doing"]


def test_the_cycle_ends_on_the_day_that_is_promised_now_unless_the_team_planned_another(improving: Improving) -> None:
    improving.active()
    promise(improving.engagements)

    promise(improving.engagements, sequence=2, due_on="2026-11-15")
    (followed,) = cycles(improving.engagements)
    improving.do("change_cycle", followed, ends_on="2026-09-01")
    promise(improving.engagements, sequence=3, due_on="2026-12-15")

    assert followed["ends_on"] == "2026-11-15"
    assert [each["ends_on"] for each in cycles(improving.engagements)] == ["2026-09-01"]


def test_news_that_come_late_or_twice_do_nothing(improving: Improving) -> None:
    improving.active()
    improving.engagements.hear("drop_promised_test", sequence=2, **PROMISE)

    promise(improving.engagements, sequence=1)

    assert cycles(improving.engagements) == []
    assert promised(improving.engagements)["state"] == "released"


def test_a_promise_waits_for_the_news_of_the_admission_it_was_made_in(engagements: EngagementsHarness) -> None:
    with pytest.raises(NotYetKnown):
        engagements.hear("plan_pdsa_cycle", **PROMISE)


def test_what_was_promised_is_tested_anew_elsewhere_once_its_cycle_is_cancelled(improving: Improving) -> None:
    one = improving.active()
    promise(improving.engagements)
    (cycle,) = cycles(improving.engagements)
    improving.do("cancel_cycle", cycle, reason="The wrong ward")
    test = promised(improving.engagements)

    asked = {"commitment_id": "cmt_1", "version": test["version"], "initiative_id": one["id"], "idea": "bundle"}
    placed = improving.engagements.command("place_promised_test", **asked)

    assert [(each["state"], each["idea"]) for each in cycles(improving.engagements)] == [
        ("cancelled", "a_checklist_at_each_insertion"),
        ("planned", "bundle"),
    ]
    assert placed["cycle_id"] == cycles(improving.engagements)[1]["id"]


def test_in_an_initiative_nobody_ever_heard_of_nothing_promised_is_placed(improving: Improving) -> None:
    waiting = promise(improving.engagements)

    asked = {"commitment_id": "cmt_1", "version": waiting["version"], "initiative_id": "ini_nobody"}

    refused = improving.engagements.call("place_promised_test", **asked)["fault"]
    assert (refused["code"], refused["fields"][0]["pointer"]) == ("unknown_reference", "/initiative_id")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("Bundle", "bundle"),
        ("Säkrare överlämning, på natten", "sakrare_overlamning_pa_natten"),
        ("hands", "promised_1"),
        ("قائمة مراجعة", "promised_1"),
    ],
    ids=["the_idea_there_is", "accents", "a_driver_has_it", "no_letter_of_codes"],
)
def test_the_idea_is_named_by_the_words_of_the_promise(improving: Improving, what: str, code: str) -> None:
    improving.active()

    promise(improving.engagements, what=what)

    assert [each["idea"] for each in cycles(improving.engagements)] == [code]


def reported(engagements: EngagementsHarness, number: int, *, sequence: int = 5, held: bool = True) -> None:
    reaction = "keep_report" if held else "keep_report_withdrawn"
    engagements.hear(reaction, sequence=sequence, commitment_id=f"cmt_{number}")


def test_the_share_that_is_reported_back_is_judged_camp_after_camp(improving: Improving) -> None:
    engagements = improving.engagements
    for camp, day in (("cmp_1", "2026-07-13"), ("cmp_2", "2026-12-07")):
        engagements.hear("keep_camp", camp_id=camp, title=f"Camp {camp}", starts_on=day)
    for number, camp in enumerate(("cmp_2", "cmp_1", "cmp_1", "cmp_1"), start=1):
        engagements.hear("plan_pdsa_cycle", **PROMISE | {"commitment_id": f"cmt_{number}", "camp_id": camp})
    engagements.hear("drop_promised_test", sequence=2, **PROMISE | {"commitment_id": "cmt_4"})
    for number in (1, 2, 3):
        reported(engagements, number)
    reported(engagements, 3, sequence=6, held=False)
    reported(engagements, 3, sequence=5)

    found = engagements.command("show_camp_outcomes")

    assert [(each["title"], each["made"], each["reported"]) for each in found["camps"]] == [
        ("Camp cmp_1", 2, 1),
        ("Camp cmp_2", 1, 1),
    ]
    assert (found["verdict"]["chart"], found["verdict"]["points"]) == ("p", 2)
    assert found["verdict"]["centre"] == pytest.approx(2 / 3)  # two of three, wherever they were made


def test_before_anything_was_promised_there_is_nothing_to_judge(engagements: EngagementsHarness) -> None:
    found = engagements.command("show_camp_outcomes")

    assert (found["camps"], found["verdict"]["centre"]) == ([], None)
