"""Which partners a coach is assigned to, on the real database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.integration.engagements.harness import EngagementsHarness


def test_a_coach_is_assigned_to_the_partners_whose_engagements_they_lead(engagements: EngagementsHarness) -> None:
    for partner_id in ("prt_2", "prt_1"):
        engagements.active(partner_id)
    engagements.draft("prt_3")

    assert engagements.command("show_assignment", person_id="per_coach")["partner_ids"] == ["prt_1", "prt_2"]
    assert engagements.command("show_assignment", person_id="per_other")["partner_ids"] == []


END, LAST_DAY = date(2026, 6, 10), date(2026, 7, 10)


def seen_on(engagements: EngagementsHarness, day: date) -> list[str]:
    engagements.it_becomes(datetime.combine(day, time(12), UTC))
    seen: list[str] = engagements.command("show_assignment", person_id="per_coach")["partner_ids"]
    return seen


def close(engagements: EngagementsHarness, engagement: dict[str, object]) -> None:
    asked = {"engagement_id": engagement["id"], "version": engagement["version"], "reason": "Its aims are reached"}
    engagements.it_becomes(datetime.combine(END, time(18), UTC))
    engagements.command("close_engagement", **asked)


def depart(engagements: EngagementsHarness, engagement: dict[str, object]) -> None:
    ended = {"partner_id": engagement["partner_id"], "reason": "It merged", "departed_on": END.isoformat()}
    engagements.hear("close_with_partner", sequence=2, **ended)


def leave(engagements: EngagementsHarness, engagement: dict[str, object]) -> None:
    engagements.hear("keep_departure", sequence=2, person_id="per_coach", partner_id=None, left_on=END.isoformat())


@pytest.mark.parametrize("ends", [close, depart, leave])
def test_access_ends_with_what_gave_it_after_the_days_that_are_set(engagements: EngagementsHarness, ends) -> None:
    ends(engagements, engagements.active("prt_1"))

    assert seen_on(engagements, LAST_DAY) == ["prt_1"]
    assert seen_on(engagements, LAST_DAY + timedelta(days=1)) == []


def test_a_coach_who_is_back_sees_again_whom_they_lead(engagements: EngagementsHarness) -> None:
    leave(engagements, engagements.active("prt_1"))
    assert seen_on(engagements, LAST_DAY + timedelta(days=1)) == []

    engagements.hear("keep_person", sequence=3, person_id="per_coach", partner_id=None, name="Ada", role="coach",
                     zone="America/Chicago")  # fmt: skip

    assert seen_on(engagements, LAST_DAY + timedelta(days=2)) == ["prt_1"]
