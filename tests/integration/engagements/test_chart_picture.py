"""The chart of a measure as SVG: drawn by a process beside the service, from what is stored."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from services.engagements.drawing import Drawing
from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.measuring import PARTNER_LEAD, WORKED, defined, recorded

SVG = "{http://www.w3.org/2000/svg}"
WOMEN = {"code": "women", "dimension": "sex", "value": "female"}


@pytest.fixture(scope="module")
def drawing() -> Iterator[Drawing]:
    drawing = Drawing()
    yield drawing
    drawing.end()


@pytest.fixture(autouse=True)
def draws(engagements: EngagementsHarness, drawing: Drawing) -> None:
    vars(engagements.instance)["drawing"] = drawing


def written(answer: Answer) -> list[str]:
    root = ElementTree.fromstring(answer["ok"]["svg"])
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def test_a_chart_is_drawn_with_its_data_its_definition_and_what_happened(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    definition = {"numerator": "Infections", "denominator": "Bed days", "multiplier": 1000, "collected_by": "The ward"}
    measure = defined(engagements, engagement, title="Infections <i>", chart="u", target=5, definition=definition)
    planned = engagements.planned(engagement, title="Ten wards")
    engagements.move("reach_milestone", planned, reached_on="2026-03-20", evidence="A shift")
    recorded(engagements, measure, *WORKED, denominator=1000)

    found = written(engagements.call("draw_run_chart", measure_id=measure["id"]))

    assert {"Infections <i>", "u chart (rates); infections; lower is better", "Source: The ward", "target 5"} <= set(
        found
    )
    assert "[1] 20 Mar 2026: Milestone reached: Ten wards" in found
    assert "Definition: Infections, for each 1,000 of: Bed days" in found
    assert any(each.startswith("Improvement: shift of 6 points below the mean") for each in found)


def test_a_group_of_few_people_is_drawn_without_its_values(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active(), chart="p", unit="% of women", strata=[WOMEN])
    asked = {"measure_id": measure["id"], "stratum": "women"}
    for month, (value, denominator) in enumerate(((3, 9), (3, 10), (4, 16)), 1):
        counted = {"value": value, "denominator": denominator, "on": f"2026-{month:02}-12"}
        engagements.command("record_data_point", **asked, **counted)

    root = ElementTree.fromstring(engagements.call("draw_run_chart", **asked)["ok"]["svg"])

    points = [part for part in root.iter(f"{SVG}g") if part.get("class") == "points"]
    assert sum(len(list(part.iter(f"{SVG}use"))) for part in points) == 2


def test_strata_are_drawn_beside_all_together_on_the_same_scales(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active(), strata=[WOMEN])
    recorded(engagements, measure, *WORKED)

    found = written(engagements.call("draw_run_chart", measure_id=measure["id"], by_stratum=True))

    assert {"All together", "sex: female", "Not enough data yet: 0 useful observations"} <= set(found)


def test_a_chart_without_data_says_so_in_its_picture(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())

    found = written(engagements.call("draw_run_chart", measure_id=measure["id"]))

    assert "Not enough data yet: 0 useful observations, and rules about runs need 10." in found


def test_a_new_definition_is_a_phase_with_its_name(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())
    recorded(engagements, measure, *WORKED)
    seen = engagements.call("show_measure", measure_id=measure["id"])["ok"]
    engagements.command(
        "redefine_measure", measure_id=measure["id"], version=seen["version"], reason="Day cases are left out",
        definition={"numerator": "Infections of inpatients"}, effective_from="2026-03-09",
    )  # fmt: skip

    found = written(engagements.call("draw_run_chart", measure_id=measure["id"]))

    assert {"definition 1", "definition 2", "Definition: Infections of inpatients"} <= set(found)


COMPARED = [WOMEN | {"is_focus": True}, {"code": "men", "dimension": "sex", "value": "male", "is_reference": True}]


def test_a_gap_is_drawn_as_a_chart_of_its_own_that_says_how_it_is_formed(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active(), strata=COMPARED)
    recorded(engagements, measure, *[0] * len(WORKED), stratum="men")
    recorded(engagements, measure, *WORKED, stratum="women")

    found = written(engagements.call("draw_equity_gaps", measure_id=measure["id"]))

    assert {"Infections: equity gap, sex: female against male", "Run chart; gap in infections; lower is better"} <= set(
        found
    )
    assert any(each.startswith("Improvement: shift of 6 points below the median") for each in found)
    assert any(
        "focus group less reference group, so that above 0 the focus group is worse off" in each for each in found
    )


def test_gaps_of_several_groups_are_drawn_beside_each_other_and_it_says_which_is_not_formed(
    engagements: EngagementsHarness,
) -> None:
    girls = {"code": "girls", "dimension": "sex", "value": "girls", "is_focus": True}
    rural = {"code": "rural", "dimension": "place", "value": "rural", "is_focus": True}
    measure = defined(engagements, engagements.active(), strata=[*COMPARED, girls, rural], unit="% late", chart="p")

    found = written(engagements.call("draw_equity_gaps", measure_id=measure["id"]))

    assert {"sex: female against male", "sex: girls against male", "Infections: equity gap"} <= set(found)
    assert "rural: No equity gap is formed: no stratum of “place” is the reference." in " ".join(found)
    assert any("gap in percentage points" in each for each in found)


def test_where_nothing_is_compared_the_picture_says_why(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active(), strata=[COMPARED[0]])

    found = written(engagements.call("draw_equity_gaps", measure_id=measure["id"]))

    assert "women: No equity gap is formed: no stratum of “sex” is the reference." in " ".join(found)


def test_nobody_sees_the_picture_of_what_another_partner_measures(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active("prt_1"))

    assert engagements.call("draw_run_chart", PARTNER_LEAD, measure_id=measure["id"])["fault"]["kind"] == "not_found"


def test_who_cannot_draw_now_says_so(engagements: EngagementsHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    engagement = engagements.active()
    drawn, other = (defined(engagements, engagement, title=title) for title in ("Falls by day", "Falls by night"))
    picture = engagements.call("draw_run_chart", measure_id=drawn["id"])["ok"]
    monkeypatch.setattr(engagements.instance.drawing._process, "_seconds", 0.0)

    fault = engagements.call("draw_run_chart", measure_id=other["id"])["fault"]

    assert (fault["kind"], fault["code"]) == ("unavailable", "not_in_time")
    # What was drawn a moment ago is still there.
    assert engagements.call("draw_run_chart", measure_id=drawn["id"])["ok"] == picture


def test_the_share_of_promises_that_came_back_is_drawn_camp_after_camp(engagements: EngagementsHarness) -> None:
    engagements.active()
    engagements.hear("keep_camp", camp_id="cmp_1", title="Summer Camp 2026", starts_on="2026-07-13")
    engagements.hear("plan_pdsa_cycle", commitment_id="cmt_1", camp_id="cmp_1", partner_id="prt_1", admission_number=1,
                     what="A checklist", owner_id="per_1", due_on="2026-10-15")  # fmt: skip
    engagements.hear("keep_report", sequence=2, commitment_id="cmt_1")

    found = written(engagements.call("draw_camp_outcomes"))

    assert {"Commitments reported back", "p chart (proportions); %; higher is better"} <= set(found)
