"""Data that are late say so by themselves, on the real database."""

from datetime import UTC, datetime, timedelta

from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.measuring import defined, hear_all, recorded

LATER = datetime(2026, 7, 1, tzinfo=UTC)


def late_since(engagements: EngagementsHarness, measure: Answer) -> str | None:
    shown: str | None = engagements.call("show_measure", measure_id=measure["id"])["ok"]["data_late_since"]
    (listed,) = engagements.call("list_measures")["ok"]["items"]
    assert listed["data_late_since"] == shown
    return shown


def test_late_data_are_told_once_and_shown_until_they_come(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())
    recorded(engagements, measure, 12)
    on_time = late_since(engagements, measure)

    engagements.it_becomes(LATER)
    engagements.it_becomes(LATER + timedelta(hours=1))
    while_late = late_since(engagements, measure)
    engagements.command("record_data_point", measure_id=measure["id"], on="2026-06-29", value=7)
    hear_all(engagements)

    (stale,) = engagements.said("data.stale")
    assert (on_time, while_late, late_since(engagements, measure)) == (None, "2026-06-01", None)
    assert (stale["data"]["latest"], stale["data"]["coach_id"]) == ("2026-01-12", "per_coach")
    assert [each["data"]["latest"] for each in engagements.said("data.fresh")] == ["2026-06-29"]


def test_a_batch_ends_the_lapse_too(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())
    hear_all(engagements)
    engagements.it_becomes(LATER)

    engagements.command("record_data_points", measure_id=measure["id"], data_points=[{"on": "2026-06-29", "value": 7}])
    hear_all(engagements)

    assert [len(engagements.said(f"data.{kind}")) for kind in ("stale", "fresh")] == [1, 1]


def test_nothing_is_late_while_the_work_rests_even_before_that_is_heard(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    measure = defined(engagements, engagement)
    hear_all(engagements)
    asked = {"engagement_id": engagement["id"], "version": None, "reason": "Summer"}
    engagements.command("pause_engagement", **asked)

    engagements.it_becomes(LATER)
    hear_all(engagements)
    engagements.it_becomes(LATER + timedelta(days=60))

    assert engagements.said("data.stale") == []
    assert late_since(engagements, measure) is None


def test_a_measure_that_waits_for_its_engagement_to_begin_is_not_late(engagements: EngagementsHarness) -> None:
    defined(engagements, engagements.agreed())
    hear_all(engagements)

    engagements.it_becomes(LATER)

    assert engagements.said("data.stale") == []


def test_a_data_point_costs_the_same_however_many_there_are_and_writes_no_watch(
    engagements: EngagementsHarness,
) -> None:
    measure = defined(engagements, engagements.active())
    recorded(engagements, measure, 12)
    watches = engagements.store.database["data_watches"]
    before = watches.find_one({})

    engagements.command("record_data_point", measure_id=measure["id"], on="2026-05-25", value=7)

    assert watches.find_one({}) == before


def test_data_are_asked_for_from_the_day_on_which_work_begins_or_goes_on(engagements: EngagementsHarness) -> None:
    engagement = engagements.agreed()
    defined(engagements, engagement)
    hear_all(engagements)
    begun = {"version": 2, "activated_on": "2026-01-12", "lead_coach_id": engagements.person()}
    active = engagements.command("activate_engagement", engagement_id=engagement["id"], **begun)
    hear_all(engagements)
    engagements.it_becomes(LATER)
    paused = {"engagement_id": engagement["id"], "version": active["version"], "reason": "Summer"}
    version = engagements.command("pause_engagement", **paused)["version"]
    hear_all(engagements)
    engagements.command("resume_engagement", engagement_id=engagement["id"], version=version)
    hear_all(engagements)

    engagements.it_becomes(LATER + timedelta(days=20))

    assert [each["data"]["period"] for each in engagements.said("data.stale")] == ["2026-06-01", "2026-06-29"]
    assert len(engagements.said("data.excused")) == 1
