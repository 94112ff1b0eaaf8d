"""From a data point to a proposed milestone and back, on the real database, each step a transaction of its own."""

from typing import Any

import pytest

from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.measuring import (
    PARTNER_LEAD,
    WORKED,
    defined,
    hear_all,
    milestone,
    recorded,
    signals,
)


def test_a_shift_proposes_its_milestone_a_person_confirms_it_and_a_correction_takes_everything_back(
    engagements: EngagementsHarness,
) -> None:
    engagement = engagements.active()
    measure = defined(engagements, engagement)
    planned = milestone(engagements, engagement, kind="favourable_shift", measure_id=measure["id"])

    points = recorded(engagements, measure, *WORKED)
    proposed = engagements.seen(planned)
    reached = engagements.move("reach_milestone", proposed, reached_on="2026-05-20", evidence="Seen in the data")
    correction = {"data_point_id": points[9]["id"], "version": 1, "value": 13, "reason": "Three more were found"}
    engagements.command("correct_data_point", **correction)
    hear_all(engagements)

    (signal,) = [each for each in signals(engagements, measure) if each["rule"] == "shift"]
    assert proposed["state"] == "proposed"
    assert "favourable shift of 6 data points from 2026-03-02 to 2026-04-06" in proposed["proposal"]["finding"]
    assert reached["evidence"][0]["proposal"]["key"] == signal["id"]
    assert [each["state"] for each in signal["sightings"]] == ["detected", "withdrawn"]
    assert engagements.seen(planned)["state"] == "reopened"
    (reopened,) = engagements.said("milestone.reopened")
    assert "“Infections”, with the data there are now, does not show" in reopened["data"]["reason"]


def test_a_milestone_that_is_planned_after_its_signal_is_proposed_too(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    measure = defined(engagements, engagement)
    recorded(engagements, measure, *WORKED)

    planned = milestone(engagements, engagement, kind="favourable_shift", measure_id=measure["id"])

    assert engagements.seen(planned)["state"] == "proposed"


def test_a_shift_before_the_day_that_a_rule_counts_from_proposes_nothing(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    measure = defined(engagements, engagement)
    recorded(engagements, measure, *WORKED)

    planned = milestone(engagements, engagement, kind="favourable_shift", measure_id=measure["id"], since="2026-04-07")

    assert engagements.seen(planned)["state"] == "planned"


def test_so_many_data_points_at_the_target_propose_a_milestone(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    measure = defined(engagements, engagement, target="9.5")
    planned = milestone(engagements, engagement, kind="target_held", measure_id=measure["id"], points=3)

    points = recorded(engagements, measure, 12, 9, 9, 10, 9)
    before = engagements.seen(planned)["state"]
    asked = {"data_point_id": points[3]["id"], "version": 1, "value": "9.5", "reason": "Half a case was too much"}
    engagements.command("correct_data_point", **asked)
    hear_all(engagements)

    after = engagements.seen(planned)
    assert (before, after["state"]) == ("planned", "proposed")
    assert "for 4 consecutive data points from 2026-01-19 to 2026-02-09" in after["proposal"]["finding"]


def test_a_share_of_the_groups_at_the_target_proposes_a_milestone(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    wards = [{"code": f"ward_{n}", "dimension": "ward", "value": str(n)} for n in (1, 2, 3, 4)]
    measure = defined(engagements, engagement, target=5, strata=wards)
    planned = milestone(engagements, engagement, kind="share_of_units", measure_id=measure["id"], percent=50)

    recorded(engagements, measure, 6, 5, stratum="ward_1")
    one = engagements.seen(planned)["state"]
    recorded(engagements, measure, 7, 4, stratum="ward_3")

    assert (one, engagements.seen(planned)["state"]) == ("planned", "proposed")
    assert "2 of 4 groups" in engagements.seen(planned)["proposal"]["finding"]


def test_while_a_focus_group_gets_worse_a_confirmation_needs_a_reason(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    women = {"code": "women", "dimension": "sex", "value": "female", "is_focus": True}
    measure = defined(engagements, engagement, strata=[women])
    planned = milestone(engagements, engagement, kind="favourable_shift", measure_id=measure["id"])
    recorded(engagements, measure, *WORKED)
    recorded(engagements, measure, *(20 - value for value in WORKED), stratum="women")
    asked = {"milestone_id": planned["id"], "version": None, "reached_on": "2026-05-20", "evidence": "Seen in the data"}

    refused = engagements.call("reach_milestone", **asked)["fault"]
    reached = engagements.command("reach_milestone", **asked, despite="Women's clinics begin in June")

    assert [each["pointer"] for each in refused["fields"]] == ["/despite"]
    (evidence,) = reached["evidence"]
    assert [(each["stratum"], each["since"]) for each in evidence["concerns"]] == [("women", "2026-03-02")]


def test_a_period_has_one_data_point_and_another_after_that_was_withdrawn(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())
    (first,) = recorded(engagements, measure, 12)
    again = {"measure_id": measure["id"], "on": "2026-01-18", "value": 13}

    refused = engagements.call("record_data_point", **again)["fault"]
    engagements.command("withdraw_data_point", data_point_id=first["id"], version=1, reason="Counted twice")
    second = engagements.command("record_data_point", **again)
    both = engagements.call("restore_data_point", data_point_id=first["id"], version=2, reason="Not so")["fault"]

    assert (refused["kind"], both["kind"]) == ("conflict", "conflict")
    assert second["period"] == "2026-01-12"


def test_a_number_keeps_its_digits_however_it_is_sent(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())

    number, text = (
        engagements.command("record_data_point", measure_id=measure["id"], on=on, value=value)
        for on, value in (("2026-01-12", 0.1), ("2026-01-19", "0.100000000000001"))
    )

    assert (number["value"], text["value"]) == ("0.1", "0.100000000000001")


@pytest.mark.parametrize(
    "value", [True, None, "", "1,5", "=1+1", "1e3", "NaN", "Infinity", "0x1", 1e30, " 5", "5 ", "٣"]
)
def test_what_is_no_number_is_refused_by_its_field(engagements: EngagementsHarness, value: object) -> None:
    measure = defined(engagements, engagements.active())

    fault = engagements.call("record_data_point", measure_id=measure["id"], on="2026-01-12", value=value)["fault"]

    assert [each["pointer"] for each in fault["fields"]] == ["/value"]
    assert engagements.said("data_point.recorded") == []


def test_a_chart_says_what_the_analysis_says_with_every_period_and_what_happened(
    engagements: EngagementsHarness,
) -> None:
    engagement = engagements.active()
    measure = defined(engagements, engagement)
    planned = engagements.planned(engagement)
    engagements.move("reach_milestone", planned, reached_on="2026-03-20", evidence="A shift")
    recorded(engagements, measure, *WORKED, 12)

    chart = engagements.call("show_run_chart", measure_id=measure["id"])["ok"]

    assert (chart["centre"], chart["points"], chart["useful_points"]) == (12, 14, 11)
    assert chart["shifts"] == [{"side": "below", "first": 8, "last": 13, "length": 6}]
    assert chart["runs"]["verdict"] == "too_few"
    (phase,) = chart["phases"]
    assert [each["level"] for each in phase["series"]] == [*WORKED, 12]
    assert [(each["on"], each["kind"]) for each in chart["annotations"]] == [("2026-03-20", "milestone_reached")]


def test_a_group_of_few_people_is_judged_and_not_shown(engagements: EngagementsHarness) -> None:
    women = {"code": "women", "dimension": "sex", "value": "female"}
    measure = defined(engagements, engagements.active(), chart="p", strata=[women])
    asked = {"measure_id": measure["id"], "stratum": "women", "value": 3}
    few = engagements.command("record_data_point", **asked, on="2026-01-12", denominator=9)
    engagements.command("record_data_point", **asked, on="2026-01-19", denominator=10)

    shown = engagements.call("show_data_point", data_point_id=few["id"])["ok"]
    chart = engagements.call("show_run_chart", measure_id=measure["id"], stratum="women")["ok"]

    assert (shown["value"], shown["denominator"], shown["is_suppressed"]) == (None, None, True)
    assert [(each["value"], each["is_suppressed"]) for each in chart["phases"][0]["series"]] == [
        (None, True),
        ("3", False),
    ]


def test_a_chart_without_data_says_so_in_words(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())

    chart = engagements.call("show_run_chart", measure_id=measure["id"])["ok"]

    assert (chart["points"], chart["phases"], chart["centre"]) == (0, [], None)
    assert chart["notes"][0].startswith("Not enough data yet")


def test_nobody_sees_or_changes_what_another_partner_measures(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active("prt_1"))
    (point,) = recorded(engagements, measure, 12)
    asked = {"measure_id": measure["id"], "on": "2026-01-19", "value": 1}

    faults = [
        engagements.call("show_run_chart", PARTNER_LEAD, measure_id=measure["id"]),
        engagements.call("record_data_point", PARTNER_LEAD, **asked),
        engagements.call("show_data_point", PARTNER_LEAD, data_point_id=point["id"]),
    ]

    assert [each["fault"]["kind"] for each in faults] == ["not_found"] * 3


def test_a_camp_is_on_the_chart_where_it_is_now_and_not_when_it_is_cancelled_or_postponed(
    engagements: EngagementsHarness,
) -> None:
    measure = defined(engagements, engagements.active())
    recorded(engagements, measure, *WORKED)
    told = {"camp_id": "cmp_1", "title": "Winter Camp 2026"}

    def shown() -> list[tuple[str, str]]:
        chart = engagements.call("show_run_chart", measure_id=measure["id"])["ok"]
        return [(each["on"], each["text"]) for each in chart["annotations"] if each["kind"] == "camp"]

    engagements.hear("keep_camp", sequence=1, **told, starts_on="2026-02-02")
    announced = shown()
    engagements.hear("keep_camp", sequence=3, **told, starts_on="2026-02-09")
    moved = shown()
    engagements.hear("forget_camp", sequence=4, camp_id="cmp_1")
    postponed = shown()
    engagements.hear("keep_camp", sequence=5, **told, starts_on="2026-03-02")
    rescheduled = shown()
    engagements.hear("forget_camp", sequence=6, camp_id="cmp_1")

    assert (announced, moved, postponed, rescheduled, shown()) == (
        [("2026-02-02", "Winter Camp 2026")],
        [("2026-02-09", "Winter Camp 2026")],
        [],
        [("2026-03-02", "Winter Camp 2026")],
        [],
    )


def test_a_score_by_faculty_proposes_a_milestone_and_its_correction_takes_that_back(
    engagements: EngagementsHarness,
) -> None:
    engagement = engagements.active()
    initiative = scored_initiative(engagements, engagement)
    planned = milestone(engagements, engagement, kind="score", initiative_id=initiative["id"], score="3.5")
    judged = {"month": "2026-05", "assessor_role": "faculty", "justification": "The chart shows a shift"}

    score(engagements, "score_initiative", initiative, **judged, score="3.5")
    proposed = engagements.seen(planned)
    score(engagements, "correct_score", initiative, **judged, score="3.0", reason="It was another measure's chart")

    assert (proposed["state"], engagements.seen(planned)["state"]) == ("proposed", "planned")
    assert proposed["proposal"]["finding"] == "Faculty scored “Fewer infections” 3.5 in 2026-05"
    (gone,) = engagements.said("milestone.proposal_withdrawn")
    assert gone["data"]["reason"].startswith("“Fewer infections”, with the scores there are now")


def score(engagements: EngagementsHarness, operation: str, initiative: Answer, **said: Any) -> None:
    engagements.command(operation, initiative_id=initiative["id"], version=None, **said)
    hear_all(engagements)


def test_a_measure_is_of_an_initiative_of_its_own_engagement(engagements: EngagementsHarness) -> None:
    one, another = engagements.active("prt_1"), engagements.active("prt_2")
    initiative = scored_initiative(engagements, one)
    described = {"title": "Infections", "kind": "outcome", "improvement": "decrease", "unit": "infections",
                 "frequency": "weekly", "definition": {"numerator": "Infections"}}  # fmt: skip

    refused = [
        engagements.call("define_measure", engagement_id=another["id"], initiative_id=id, **described)["fault"]
        for id in (initiative["id"], "ini_unknown")
    ]

    assert [each["fields"][0]["pointer"] for each in refused] == ["/initiative_id"] * 2


def scored_initiative(engagements: EngagementsHarness, engagement: Answer) -> Answer:
    """An initiative that is only an idea, which can be scored."""
    described = {"title": "Fewer infections", "level": "regional", "focus_areas": ["safer_care"],
                 "settings": ["health_care"], "intervention_focus": "safe_and_effective_care"}  # fmt: skip
    return engagements.command("propose_initiative", engagement_id=engagement["id"], **described)


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "favourable_shift", "measure_id": "msr_nobody"},
        {"kind": "score", "initiative_id": "ini_nobody", "score": "3.5"},
    ],
    ids=["measure", "initiative"],
)
def test_a_rule_about_what_nobody_ever_heard_of_is_refused_where_it_stands(
    engagements: EngagementsHarness, rule: Answer
) -> None:
    asked = {"engagement_id": engagements.active()["id"], "kind": "spread", "title": "Ten", "due_on": "2026-09-01"}

    fault = engagements.call("plan_milestone", **asked, evidence_rule=rule)["fault"]

    (name,) = {"measure_id", "initiative_id"} & rule.keys()
    assert [(each["pointer"], each["code"]) for each in fault["fields"]] == [(f"/evidence_rule/{name}", "unknown")]
