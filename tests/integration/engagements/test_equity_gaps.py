"""From data points of two groups to what is said of the gap between them, on the real database, by the real loop."""

from typing import Any

from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.measuring import PARTNER_LEAD, defined, recorded

WOMEN = {"code": "women", "dimension": "sex", "value": "female", "is_focus": True}
MEN = {"code": "men", "dimension": "sex", "value": "male", "is_reference": True}
RURAL = {"code": "rural", "dimension": "place", "value": "rural", "is_focus": True}
WIDER = (15, 17, 16, 14, 15, 16, 17, 15, 14, 16, 19, 19, 20, 19, 21, 19)
"""Ten weeks that vary by chance, and six that are worse."""
SAME = (10,) * 16
BETTER = (15, 17, 16, 14, 15, 16, 17, 15, 14, 16, 11, 11, 10, 11, 11, 10)


def compared(engagements: EngagementsHarness, **described: Any) -> Answer:
    return defined(engagements, engagements.active(), strata=[WOMEN, MEN], **described)


def gaps(engagements: EngagementsHarness, measure: Answer) -> Answer:
    found: Answer = engagements.call("show_equity_gaps", measure_id=measure["id"])["ok"]
    return found


def told(engagements: EngagementsHarness) -> list[tuple[str, str | None, bool]]:
    said = [each["data"] for each in engagements.said("equity_gap.changed")]
    return [(each["change"], each["since"], each["overall_improved"]) for each in said]


def corrected(engagements: EngagementsHarness, point: Answer, value: int) -> None:
    facts = {"data_point_id": point["id"], "version": point["version"], "value": value}
    engagements.command("correct_data_point", **facts, reason="Counted again")
    engagements.hear_its_own()


def test_a_gap_that_gets_wider_is_said_once_and_a_correction_of_either_group_takes_it_back(
    engagements: EngagementsHarness,
) -> None:
    measure = compared(engagements)
    men = recorded(engagements, measure, *SAME, stratum="men")
    women = recorded(engagements, measure, *WIDER, stratum="women")
    engagements.hear_its_own()
    widened = told(engagements)

    corrected(engagements, men[12], 19)
    of_men = told(engagements)[1:]
    corrected(engagements, engagements.call("show_data_point", data_point_id=men[12]["id"])["ok"], 10)
    corrected(engagements, women[12], 11)

    assert widened == [("widened", "2026-03-23", False)]
    assert of_men == [("as_before", None, False)]
    assert [change for change, _, _ in told(engagements)] == ["widened", "as_before", "widened", "as_before"]


def test_what_is_said_of_a_gap_names_it_and_who_is_concerned(engagements: EngagementsHarness) -> None:
    measure = compared(engagements)
    recorded(engagements, measure, *SAME, stratum="men")
    recorded(engagements, measure, *WIDER, stratum="women")

    (event,) = engagements.said("equity_gap.changed")
    (shown,) = gaps(engagements, measure)["gaps"]
    assert event["subject"] == event["data"]["gap_id"] == shown["gap_id"]
    named = ("measure_id", "focus", "reference", "title", "coach_id", "judged")
    assert {name: event["data"][name] for name in named} == {
        "measure_id": measure["id"], "focus": "women", "reference": "men", "title": "Infections",
        "coach_id": "per_coach", "judged": shown["judged"],
    }  # fmt: skip


def test_the_order_in_which_groups_and_the_whole_come_makes_no_difference_to_what_is_so(
    engagements: EngagementsHarness,
) -> None:
    series = {"women": WIDER, "men": SAME, None: BETTER}
    ends = []
    for number, order in enumerate((("women", "men", None), (None, "men", "women")), 1):
        engagement = engagements.active(f"prt_{number}")
        measure = defined(engagements, engagement, strata=[WOMEN, MEN])
        for stratum in order:
            recorded(engagements, measure, *series[stratum], **({"stratum": stratum} if stratum else {}))
        (gap,) = gaps(engagements, measure)["gaps"]
        ends.append({name: value for name, value in gap.items() if name != "gap_id"})

    assert ends[0] == ends[1]
    assert [each[0] for each in told(engagements)] == ["widened", "widened", "widened"]
    assert told(engagements)[-1] == told(engagements)[-2] == ("widened", "2026-03-23", True)


def test_data_of_a_batch_are_judged_once_for_each_gap(engagements: EngagementsHarness) -> None:
    measure = compared(engagements)
    rows = [
        {"on": f"2026-{month:02}-{day:02}", "value": values[number], "stratum": stratum}
        for stratum, values in (("women", WIDER), ("men", SAME))
        for number, (month, day) in enumerate([(1, 12), (1, 19), (1, 26), (2, 2), (2, 9), (2, 16), (2, 23), (3, 2),
                                               (3, 9), (3, 16), (3, 23), (3, 30), (4, 6), (4, 13), (4, 20), (4, 27)])
    ]  # fmt: skip

    engagements.command("record_data_points", measure_id=measure["id"], data_points=rows)
    engagements.hear_its_own()

    assert told(engagements) == [("widened", "2026-03-23", False)]


def test_another_centre_is_another_judgement_of_the_gap(engagements: EngagementsHarness) -> None:
    measure = compared(engagements)
    recorded(engagements, measure, *SAME, stratum="men")
    recorded(engagements, measure, *WIDER, stratum="women")
    seen = engagements.call("show_measure", measure_id=measure["id"])["ok"]
    engagements.command(
        "redefine_measure", measure_id=measure["id"], version=seen["version"], reason="Day cases are left out",
        definition={"numerator": "Infections of inpatients"}, effective_from="2026-03-23",
    )  # fmt: skip
    engagements.hear_its_own()

    assert [change for change, _, _ in told(engagements)] == ["widened", "as_before"]


def test_a_gap_shows_each_period_in_which_both_groups_are_shown(engagements: EngagementsHarness) -> None:
    measure = compared(engagements, chart="p", unit="% of cases", frequency="monthly")
    counts = {"women": ((6, 20), (3, 9), (5, 20), (2, 10)), "men": ((2, 20), (4, 40), (3, 9), (0, 10))}
    for stratum, months in counts.items():
        for month, (value, denominator) in enumerate(months, 1):
            counted = {"value": value, "denominator": denominator, "on": f"2026-{month:02}-12", "stratum": stratum}
            engagements.command("record_data_point", measure_id=measure["id"], **counted)

    (gap,) = gaps(engagements, measure)["gaps"]

    (phase,) = gap["phases"]
    shown = [(each["period"], each["absolute"], each["ratio"]) for each in phase["series"]]
    assert shown == [("2026-01-01", 0.2, 3.0), ("2026-02-01", None, None), ("2026-03-01", None, None),
                     ("2026-04-01", 0.2, None)]  # fmt: skip
    assert [each["focus_level"] for each in phase["series"]] == [0.3, None, None, 0.2]
    assert (gap["change"], gap["since"], gap["points"]) == ("as_before", None, 2)
    assert gap["notes"][0].startswith("Not enough data yet")


def test_a_focus_group_without_a_reference_is_not_compared_and_its_chart_says_so(
    engagements: EngagementsHarness,
) -> None:
    measure = defined(engagements, engagements.active(), strata=[WOMEN, MEN, RURAL])
    recorded(engagements, measure, *WIDER, stratum="rural")

    why = "No equity gap is formed: no stratum of “place” is the reference."
    assert gaps(engagements, measure)["not_formed"] == [{"focus": "rural", "reason": why}]
    assert why in engagements.call("show_run_chart", measure_id=measure["id"], stratum="rural")["ok"]["notes"]
    assert why not in engagements.call("show_run_chart", measure_id=measure["id"], stratum="women")["ok"]["notes"]


def test_a_gap_without_data_has_no_id_yet(engagements: EngagementsHarness) -> None:
    (gap,) = gaps(engagements, compared(engagements))["gaps"]

    assert (gap["gap_id"], gap["points"], gap["phases"], gap["change"]) == (None, 0, [], "as_before")


def test_nobody_sees_the_gaps_of_another_partner(engagements: EngagementsHarness) -> None:
    measure = compared(engagements)

    for operation in ("show_equity_gaps", "draw_equity_gaps"):
        assert engagements.call(operation, PARTNER_LEAD, measure_id=measure["id"])["fault"]["kind"] == "not_found"
