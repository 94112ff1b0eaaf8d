"""Camps are drafted, frozen, take place by the calendar, and are closed."""

from datetime import UTC, datetime
from typing import Any

from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import OUTBOX
from services.camps.use_cases.camp_life import follow_the_calendar
from tests.integration.camps.harness import SUMMER, CampsHarness

PARTNER_1 = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
Answer = dict[str, Any]
ANSWERS_OVER = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
CAMP_OVER = datetime(2026, 7, 15, 21, 0, tzinfo=UTC)


def told(camps: CampsHarness, operation: str, camp: Answer, **said: Any) -> Answer:
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]
    return camps.call(operation, camp_id=camp["id"], version=now["version"], **said)


def the_calendar_turns_to(camps: CampsHarness, instant: datetime, *, owner: str = "one") -> None:
    camps.it_becomes(instant)
    claims = Claims(camps.store, collection="camps", owner=owner, lease_seconds=30)
    follow_the_calendar(store=camps.store, claims=claims)


def said_of(camps: CampsHarness, camp: Answer) -> list[str]:
    """What was published about a camp, in order."""
    rows = camps.store.database[OUTBOX].find({"subject": camp["id"]}).sort("sequence")
    return [row["type"].removeprefix("camps.camp.") for row in rows]


def test_a_draft_is_for_the_institute_alone_until_it_is_announced(camps: CampsHarness) -> None:
    draft = camps.call("plan_camp", **SUMMER)["ok"]
    shown = {"camp_id": draft["id"]}
    assert camps.call("show_camp", **shown)["ok"]["state"] == "draft"
    assert camps.call("show_camp", PARTNER_1, **shown)["fault"]["code"] == "not_found"
    assert camps.call("list_camps", PARTNER_1, limit=10)["ok"]["items"] == []
    assert camps.call("plan_camp", **SUMMER)["fault"]["code"] == "already_exists"

    told(camps, "announce_planned_camp", draft)

    assert camps.call("show_camp", PARTNER_1, **shown)["ok"]["state"] == "announced"
    assert len(camps.call("list_camps", PARTNER_1, limit=10)["ok"]["items"]) == 1


def test_a_draft_that_was_given_up_stays_unseen_and_leaves_its_season_free(camps: CampsHarness) -> None:
    draft = camps.call("plan_camp", **SUMMER)["ok"]
    told(camps, "cancel_camp", draft, reason="The place was not to be had")

    assert camps.call("show_camp", PARTNER_1, camp_id=draft["id"])["fault"]["code"] == "not_found"
    assert camps.announce()["state"] == "announced"


def test_only_the_institute_leads_a_camp_through_its_life(camps: CampsHarness) -> None:
    camp = camps.inviting()
    for operation in ("announce_planned_camp", "freeze_camp", "unfreeze_camp", "close_camp", "reopen_camp"):
        refused = camps.call(operation, PARTNER_1, camp_id=camp["id"], version=camp["version"])
        assert refused["fault"]["code"] == "needs_every_organisation"
    assert camps.call("plan_camp", PARTNER_1, **SUMMER)["fault"]["code"] == "needs_every_organisation"


def test_seats_that_become_free_after_the_freeze_go_to_nobody_until_it_is_taken_back(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")
    camps.answer("accept_invitation", "prt_1", seats=4)
    camps.it_becomes(ANSWERS_OVER)
    assert told(camps, "freeze_camp", camp)["ok"]["state"] == "frozen"
    camps.answer("withdraw_invitation", "prt_1", reason="The partner called")
    camps.pass_on()
    camps.close_waitlists()
    assert camps.invitation_of("prt_2")["state"] == "waitlisted"
    asked = {"camp_id": camp["id"], "partner_id": "prt_1", "reason": "They are the host"}
    assert camps.call("issue_invitation", **asked)["fault"]["code"] == "camp_frozen"

    told(camps, "unfreeze_camp", camp)

    assert camps.invitation_of("prt_2")["state"] == "issued"
    assert camps.ledger(camp)["is_over"] is False


def test_a_camp_takes_place_by_the_calendar_and_is_closed_by_hand(camps: CampsHarness) -> None:
    camp = camps.announce()
    told(camps, "open_invitations", camp, answer_by="2026-06-29", freezes_on="2026-07-06")
    assert told(camps, "close_camp", camp)["fault"]["code"] == "not_from_this_state"

    the_calendar_turns_to(camps, datetime(2026, 7, 6, 4, 0, tzinfo=UTC))
    assert camps.call("show_camp", camp_id=camp["id"])["ok"]["state"] == "frozen"
    the_calendar_turns_to(camps, datetime(2026, 7, 13, 13, 0, tzinfo=UTC))
    assert camps.call("show_camp", camp_id=camp["id"])["ok"]["state"] == "running"
    the_calendar_turns_to(camps, CAMP_OVER)
    told(camps, "close_camp", camp, nothing_to_publish="A storm sent everybody home")
    told(camps, "reopen_camp", camp)

    assert told(camps, "close_camp", camp, nothing_to_publish="A storm")["ok"]["state"] == "closed"
    said = ["announced", "invitations_opened", "frozen", "started", "ended", "closed", "reopened", "closed"]
    assert said_of(camps, camp) == said


def test_whoever_turns_the_calendar_each_step_is_taken_once_and_what_was_missed_is_caught_up(
    camps: CampsHarness,
) -> None:
    camp = camps.inviting()

    for owner in ("one", "another", "one"):
        the_calendar_turns_to(camps, CAMP_OVER, owner=owner)

    assert said_of(camps, camp) == ["announced", "invitations_opened", "started", "ended"]


def test_a_camp_stored_by_an_earlier_release_takes_place_too(camps: CampsHarness) -> None:
    camp = camps.inviting()
    later = ("next_step_at", "opens_at", "closes_at", "freezes_on", "anchor_revision", "is_announced")
    camps.store.database["camps"].update_one({"_id": camp["id"]}, {"$unset": dict.fromkeys(later, "")})

    the_calendar_turns_to(camps, datetime(2026, 7, 13, 12, 59, tzinfo=UTC))
    assert camps.call("show_camp", PARTNER_1, camp_id=camp["id"])["ok"]["state"] == "inviting"
    the_calendar_turns_to(camps, datetime(2026, 7, 13, 13, 0, tzinfo=UTC))

    assert camps.call("show_camp", camp_id=camp["id"])["ok"]["state"] == "running"
