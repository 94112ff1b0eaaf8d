"""Everything that goes on in one engagement at once, on the real database."""

from typing import Any

from tests.integration.engagements.harness import Answer
from tests.integration.engagements.improving import Improving

PARTNER_LEAD: Answer = {"subject": "lead", "organisation": "prt_1", "roles": ["partner_lead"]}
ANOTHER_LEAD: Answer = {"subject": "other", "organisation": "prt_2", "roles": ["partner_lead"]}


def page_of(improving: Improving, **asked: Any) -> Answer:
    return improving.engagements.command("show_engagement_overview", engagement_id=improving.engagement["id"], **asked)


def test_a_portfolio_is_ranked_by_how_many_people_an_initiative_is_for(improving: Improving) -> None:
    for title, size in (("Of few", 900), ("Of nobody knows how many", None), ("Of many", 120_000)):
        improving.idea(title=title, population_size=size)

    portfolio = page_of(improving)["initiatives"]

    assert [each["title"] for each in portfolio] == ["Of many", "Of few", "Of nobody knows how many"]


def test_each_initiative_of_a_portfolio_says_how_far_it_is_and_what_it_did(improving: Improving) -> None:
    active = improving.active()
    improving.acted(active)
    improving.cycle(active)
    for on, value in (("2026-04-10", "4.2"), ("2026-05-10", "3.15")):
        point = {"measure_id": active["aim"]["outcome_measure_id"], "on": on, "value": value}
        improving.engagements.command("record_data_point", **point)
    improving.do("score_initiative", active, month="2026-05", assessor_role="self", score="2.5",
                 justification="One test is adopted")  # fmt: skip

    (seen,) = page_of(improving)["initiatives"]

    half_way = {"share_reached": "0.50", "score_self": "2.5", "score_faculty": None, "cycles_acted": 1,
                "cycles_open": 1, "target_date": "2026-12-31", "outcome": None}  # fmt: skip
    assert {name: seen[name] for name in half_way} == half_way
    known = {"outcome": "achieved", "measured_impact": "Forty fewer", "method": "A count of all records"}
    improving.do("close_initiative", improving.seen(active), reason="It holds", **known)
    (closed,) = page_of(improving)["initiatives"]
    assert {name: closed[name] for name in known} == known


def test_what_is_tested_is_counted_by_the_day_on_which_it_was_done(improving: Improving) -> None:
    active = improving.active()
    improving.acted(active, match="matched")
    improving.acted(active, match="not_matched", decision="abandon")
    improving.cycle(active)

    both, before = (page_of(improving, **asked)["testing"] for asked in (
        {"tested_from": "2026-05-20", "tested_until": "2026-05-22"}, {"tested_until": "2026-05-19"},
    ))  # fmt: skip

    counted = ("cycles_started", "cycles_acted", "ideas_tested", "adopted", "adapted", "abandoned")
    assert [both[each] for each in counted] == [2, 2, 1, 1, 0, 1]
    assert both["calibration"]["share_matched"] == "0.50"
    assert [before[each] for each in counted] == [0] * 6


def test_only_the_partner_and_the_institute_see_what_goes_on_in_an_engagement(improving: Improving) -> None:
    asked = {"engagement_id": improving.engagement["id"]}

    own, others = (
        improving.engagements.call("show_engagement_overview", scope, **asked) for scope in (PARTNER_LEAD, ANOTHER_LEAD)
    )

    assert own["ok"]["engagement"]["id"] == improving.engagement["id"]
    assert others["fault"]["kind"] == "not_found"
