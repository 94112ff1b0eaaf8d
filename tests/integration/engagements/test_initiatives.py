"""Initiatives and PDSA cycles on the real database: what is kept, said, and seen by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.model.improvement.charter import Setting
from services.engagements.model.improvement.initiative_lifecycle import InitiativeClosed
from services.engagements.model.improvement.worksheet import Objective, Question
from services.engagements.repository.improvement import Initiatives
from services.engagements.use_cases.improvement.pdsa_cycle import plan_cycle
from tests.integration.engagements.harness import Answer
from tests.integration.engagements.improving import DIAGRAM, QUESTION, Improving

PARTNER_LEAD: Answer = {"subject": "lead", "organisation": "prt_1", "roles": ["partner_lead"]}
ANOTHER_LEAD: Answer = {"subject": "other", "organisation": "prt_2", "roles": ["partner_lead"]}


def test_from_an_idea_to_an_adopted_change_and_an_outcome(improving: Improving) -> None:
    active = improving.active()
    improving.acted(active)
    closed = improving.do("close_initiative", active, outcome="achieved", reason="The target holds",
                          measured_impact="Forty infections fewer", method="A count of all records")  # fmt: skip

    assert (closed["state"], closed["closing"]["outcome"]) == ("closed", "achieved")
    said = improving.engagements.said
    assert [len(said(key)) for key in ("initiative.chartered", "pdsa.started", "pdsa.acted", "initiative.closed")] == [
        1
    ] * 4
    assert said("pdsa.acted")[0]["data"]["decision"] == "adopt"


def test_numbers_of_an_aim_are_kept_to_the_last_digit(improving: Improving) -> None:
    aim = improving.seen(improving.described())["aim"]

    assert (aim["baseline_value"], aim["target_value"]) == ("4.20", "2.1")


def test_an_initiative_is_on_a_level_of_care_in_settings_and_about_areas_of_focus(improving: Improving) -> None:
    idea = improving.idea(level="national", settings=["community", "health_care", "community"],
                          focus_areas=["volume_to_value", "home_care"], intervention_focus="value")  # fmt: skip

    seen = improving.seen(idea)

    assert (seen["level"], seen["settings"]) == ("national", ["community", "health_care"])
    assert (seen["focus_areas"], seen["intervention_focus"]) == (["volume_to_value", "home_care"], "value")


def test_who_designs_with_the_team_is_described_and_never_named(improving: Improving) -> None:
    council = {"kind": "patients", "who": "The patients' council", "contribution": "Chose what is measured"}
    older = {"kind": "community_body", "who": "The association of older people", "contribution": None}

    idea = improving.idea(title="Older adults at home", settings=["community"], co_designers=[council, older])

    assert improving.seen(idea)["co_designers"] == [council, older]


def test_an_aim_of_the_whole_system_is_told_apart(improving: Improving) -> None:
    aim = {"statement": "Halve", "population": "All", "baseline_value": "4", "target_value": "2",
           "target_date": "2026-12-31"}  # fmt: skip

    told = [improving.idea(aim=aim | more)["aim"]["system_level"] for more in ({}, {"system_level": True})]

    assert told == [False, True]


def test_what_an_initiative_did_for_people_is_kept_with_how_that_is_known(improving: Improving) -> None:
    idea = improving.idea(population_size=120_000, expected_impact="Fifty infections fewer a year")
    known = {"measured_impact": "Forty fewer", "method": "A count of all records"}

    closed = improving.do("close_initiative", idea, outcome="achieved", reason="It holds", **known)

    assert (closed["population_size"], closed["expected_impact"]) == (120_000, "Fifty infections fewer a year")
    assert {name: closed["closing"][name] for name in known} == known


def test_an_idea_says_what_speaks_for_it_and_how_far_it_is(improving: Improving) -> None:
    ideas = [{"code": "bundle", "title": "The bundle", "concept": "Standardise", "stage": "implement",
              "evidence": "best_practice", "source_id": None}]  # fmt: skip

    drawn = improving.do("draw_driver_diagram", improving.idea(), **DIAGRAM | {"ideas": ideas})

    assert drawn["diagram"]["ideas"] == ideas


def test_a_charter_without_its_measures_is_refused_and_says_what_is_missing(improving: Improving) -> None:
    idea = improving.idea(intervention_focus="value")

    fault = improving.engagements.call("charter_initiative", initiative_id=idea["id"], version=1)["fault"]

    assert (fault["kind"], fault["code"]) == ("conflict", "charter_incomplete")
    assert "a balancing measure" in fault["message"]
    assert improving.overview(idea)["missing"] == [
        "no_aim", "no_balancing_measure", "no_change_idea", "no_sponsor", "no_lead",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["process", "balancing"])
def test_an_aim_is_tied_to_no_measure_but_an_outcome_measure(improving: Improving, kind: str) -> None:
    idea = improving.idea()
    aim = {"statement": "Halve", "population": "All", "baseline_value": 4, "target_value": "2",
           "target_date": "2026-12-31", "outcome_measure_id": improving.measure(idea, kind)["id"]}  # fmt: skip

    fault = improving.engagements.call("change_initiative", initiative_id=idea["id"], version=1, aim=aim)["fault"]

    assert [field["pointer"] for field in fault["fields"]] == ["/aim/outcome_measure_id"]


def test_the_driver_diagram_is_shown_with_what_is_missing_and_as_a_picture_without_a_script(
    improving: Improving,
) -> None:
    initiative = improving.described()

    shown = improving.engagements.command("show_driver_diagram", initiative_id=initiative["id"])

    assert (shown["version"], shown["unmeasured_drivers"]) == (initiative["version"], ["insertion", "hands"])
    assert shown["links"][2] == {"source": "bundle", "target": "hands", "strength": "weak"}
    assert shown["svg"].startswith("<svg ")
    assert "<script" not in shown["svg"]
    alone = improving.engagements.command("depict_driver_diagram", initiative_id=initiative["id"])
    assert alone == {"initiative_id": initiative["id"], "svg": shown["svg"]}


def test_a_driver_is_followed_by_measures_of_its_engagement(improving: Improving) -> None:
    initiative = improving.described()
    unknown = [{"code": "insertion", "level": "primary", "title": "Safe", "measure_ids": ["msr_unknown"]}]
    asked = {"initiative_id": initiative["id"], "version": initiative["version"], "drivers": unknown}

    fault = improving.engagements.call("draw_driver_diagram", **asked)["fault"]

    assert [field["pointer"] for field in fault["fields"]] == ["/drivers/0/measure_ids/0"]


def test_what_is_tested_stays_in_the_diagram_and_is_spread_once_it_was_adopted(improving: Improving) -> None:
    active = improving.active()
    spread = [{"code": "bundle", "title": "The bundle", "stage": "spread"}]
    asked = {"initiative_id": active["id"], "version": active["version"]}

    early = improving.engagements.call("draw_driver_diagram", **asked, ideas=spread)["fault"]
    improving.acted(active)
    lost = improving.engagements.call("draw_driver_diagram", **asked, ideas=[], links=DIAGRAM["links"][:2])["fault"]
    drawn = improving.engagements.command("draw_driver_diagram", **asked, ideas=spread)

    assert (early["code"], lost["code"]) == ("spread_before_adopted", "idea_is_tested")
    assert drawn["diagram"]["ideas"][0]["stage"] == "spread"


def test_a_ramp_goes_on_from_what_was_decided_and_what_it_rests_on_stays(improving: Improving) -> None:
    active = improving.active()
    first = improving.acted(active, decision="adapt")
    second = improving.cycle(active, previous_id=first["id"], scale={"people": 10, "shifts": 3})
    asked = {"cycle_id": first["id"], "version": first["version"], "reason": "The data were wrong"}

    refused = improving.engagements.call("reconsider_cycle", **asked)["fault"]
    improving.do("cancel_cycle", second, reason="Not yet")
    reconsidered = improving.engagements.command("reconsider_cycle", **asked)

    assert (second["ramp_id"], second["number"]) == (first["id"], 2)
    assert (refused["code"], reconsidered["state"]) == ("next_cycle_rests", "studying")


def test_how_often_predictions_were_right_is_shown_with_what_the_evidence_supports(improving: Improving) -> None:
    active = improving.active()
    improving.acted(active, match="matched")
    improving.acted(active, match="not_matched", decision="abandon")
    signed = improving.do("sign_charter", active, signed_on="2026-05-02")
    improving.do("score_initiative", signed, month="2026-05", assessor_role="self", score=3,
                 justification="Two tests are done")  # fmt: skip

    seen = improving.overview(active)

    assert seen["calibration"] == {
        "predictions": 2, "matched": 1, "partly": 0, "not_matched": 1, "share_matched": "0.50",
    }  # fmt: skip
    assert (seen["ceiling"], seen["scores_above_ceiling"]) == ({"score": "1.5", "missing": ["data"]}, ["self"])
    assert [len(seen[name]) for name in ("measures", "cycles")] == [2, 2]
    assert seen["warnings"] == ["few_measures"]


def test_only_the_institutes_own_people_score_for_faculty(improving: Improving) -> None:
    active = improving.active()
    asked = {"initiative_id": active["id"], "version": active["version"], "month": "2026-05", "score": "2.5",
             "justification": "Seen"}  # fmt: skip

    fault = improving.engagements.call("score_initiative", PARTNER_LEAD, assessor_role="faculty", **asked)["fault"]
    own = improving.engagements.call("score_initiative", PARTNER_LEAD, assessor_role="self", **asked)["ok"]

    assert (fault["kind"], own["scores"][0]["judged"]["score"]) == ("forbidden", "2.5")


def test_an_initiative_is_seen_and_changed_by_its_partner_and_the_institute(improving: Improving) -> None:
    active = improving.active()
    cycle = improving.cycle(active)
    call = improving.engagements.call

    seen = [
        call(operation, scope, **asked).get("fault", {}).get("kind")
        for operation, asked in (
            ("show_initiative", {"initiative_id": active["id"]}),
            ("show_initiative_overview", {"initiative_id": active["id"]}),
            ("show_driver_diagram", {"initiative_id": active["id"]}),
            ("depict_driver_diagram", {"initiative_id": active["id"]}),
            ("show_cycle", {"cycle_id": cycle["id"]}),
        )
        for scope in (PARTNER_LEAD, ANOTHER_LEAD)
    ]

    assert seen == [None, "not_found"] * 5
    assert call("list_initiatives", ANOTHER_LEAD)["ok"]["items"] == []
    planned = {"idea": "bundle", "objective": "test", "setting": "community", "questions": [QUESTION]}
    refused = call("plan_cycle", ANOTHER_LEAD, initiative_id=active["id"], **planned)["fault"]
    assert [field["pointer"] for field in refused["fields"]] == ["/initiative_id"]


def test_lists_are_by_partner_engagement_state_focus_and_stall(improving: Improving) -> None:
    active, idea = improving.active(), improving.idea(title="Home at last", focus_areas=["closing_equity_gaps"])
    improving.acted(active)

    def ids(operation: str, **asked: Any) -> list[str]:
        return [each["id"] for each in improving.engagements.command(operation, **asked)["items"]]

    assert ids("list_initiatives", state="active") == [active["id"]]
    assert ids("list_initiatives", focus_area="closing_equity_gaps") == [idea["id"]]
    assert ids("list_initiatives", q="home") == [idea["id"]]
    assert ids("list_initiatives", stalled=True) == []
    assert ids("list_initiatives", stalled=False, engagement_id=improving.engagement["id"]) == [
        active["id"],
        idea["id"],
    ]
    assert len(ids("list_cycles", initiative_id=active["id"], state="acted", idea="bundle")) == 1


def at_the_same_time(improving: Improving, initiative: Answer, deed: Callable[[UnitOfWork], object]) -> None:
    """Do something in a transaction that has seen the initiative open, while another one closes it."""

    def step(uow: UnitOfWork) -> None:
        if Initiatives(uow).get(initiative["id"], scope=PLATFORM).is_open:
            improving.do("close_initiative", initiative, outcome="abandoned", reason="Merged")
        deed(uow)

    improving.engagements.store.transact(step, cause=Cause(correlation_id="req_test"))


def test_nothing_is_planned_in_an_initiative_that_is_closed_at_the_same_time(improving: Improving) -> None:
    active = improving.active()
    planned: Answer = {"idea": "bundle", "objective": Objective.TEST, "setting": Setting.COMMUNITY,
                       "questions": [Question(question="Does it work?")]}  # fmt: skip

    with pytest.raises(InitiativeClosed):
        at_the_same_time(
            improving, active, lambda uow: plan_cycle(uow, PLATFORM, initiative_id=active["id"], **planned)
        )

    assert improving.engagements.command("list_cycles")["items"] == []


def test_who_changes_what_they_have_not_seen_is_refused(improving: Improving) -> None:
    active = improving.active()

    fault = improving.engagements.call("change_initiative", initiative_id=active["id"], version=1, title="New")["fault"]

    assert fault["kind"] == "stale"


def test_an_aim_tied_to_a_measure_nobody_ever_heard_of_is_refused_where_it_stands(improving: Improving) -> None:
    idea = improving.idea()
    aim = {"statement": "Halve them", "population": "All", "baseline_value": "4.2", "target_value": "2.1",
           "target_date": "2026-12-31", "outcome_measure_id": "msr_nobody"}  # fmt: skip
    asked = {"initiative_id": idea["id"], "version": idea["version"], "aim": aim}

    fault = improving.engagements.call("change_initiative", **asked)["fault"]

    assert [(each["pointer"], each["code"]) for each in fault["fields"]] == [("/aim/outcome_measure_id", "unknown")]


def test_a_driver_or_a_data_plan_with_a_measure_nobody_ever_heard_of_is_refused(improving: Improving) -> None:
    idea = improving.idea()
    drivers = [{"code": "insertion", "level": "primary", "title": "Safe insertion", "measure_ids": ["msr_nobody"]}]
    drawn = {"initiative_id": idea["id"], "version": idea["version"], "drivers": drivers}
    cycle = improving.cycle(improving.active())
    planned = [{"what": "Hands", "measure_id": "msr_nobody"}]

    faults = [
        improving.engagements.call("draw_driver_diagram", **drawn)["fault"],
        improving.engagements.call("change_cycle", cycle_id=cycle["id"], version=1, data_plan=planned)["fault"],
    ]

    assert [each["fields"][0]["code"] for each in faults] == ["unknown", "unknown"]
