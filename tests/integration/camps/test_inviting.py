"""A milestone is reached, and what becomes of it: the rules of the catalogue, on the real database."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations

import pytest

from chassis.domain.errors import NotYetKnown
from tests.integration.camps.harness import WINTER, CampsHarness, took_effect

THE_SUMMER_ANSWERS_ARE_OVER = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
"""Midnight in Boston between 29 and 30 June."""
DEEDS = ("admit", "open", "reach mst_1", "reach mst_2")


def test_a_camp_is_announced_with_all_of_its_seats_free(camps: CampsHarness) -> None:
    camp = camps.announce(capacity=30)

    assert camp["state"] == "announced"
    assert [row["subject"] for row in camps.published("camps.camp.announced")] == [camp["id"]]
    assert camps.call("show_seats", camp_id=camp["id"])["ok"] == {
        "camp_id": camp["id"], "capacity": 30, "held": 0, "confirmed": 0, "in_grace": 0, "free": 30, "waiting": 0,
    }  # fmt: skip


def test_there_is_one_camp_of_each_season_a_year(camps: CampsHarness) -> None:
    camps.announce(season="summer", year=2026)
    camps.announce(**WINTER)
    camps.announce(year=2027, starts_on="2027-07-12", ends_on="2027-07-14")

    fault = camps.call("announce_camp", **WINTER)["fault"]

    assert (fault["kind"], fault["code"]) == ("conflict", "already_exists")
    assert fault["message"] == "there is already a camp with season 'winter', year 2026"


def test_invitations_are_opened_by_who_has_seen_the_latest_version(camps: CampsHarness) -> None:
    camp = camps.announce()

    fault = camps.call("open_invitations", camp_id=camp["id"], version=7, answer_by="2026-06-29")["fault"]

    assert fault["kind"] == "stale"


def test_a_milestone_of_a_partner_not_known_yet_waits_for_the_news_of_it(camps: CampsHarness) -> None:
    camps.inviting()

    with pytest.raises(NotYetKnown):
        camps.reach(partner_id="prt_1", id="evt_reached")
    camps.admit("prt_1")
    camps.reach(partner_id="prt_1", id="evt_reached")

    assert len(camps.all("list_invitations")) == 1


def test_a_reached_milestone_issues_an_invitation_and_holds_its_seats(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()

    camps.reach("mst_1", "prt_1", id="evt_reached")

    (invitation,) = camps.all("list_invitations")
    (said,) = camps.published("camps.invitation.issued")
    assert (invitation["state"], invitation["camp_id"], invitation["seats"]) == ("issued", camp["id"], 4)
    assert invitation["reasons"] == [{"kind": "milestone", "id": "mst_1", "title": "Reached mst_1"}]
    assert said["data"]["reasons"] == invitation["reasons"]
    assert (said["subject"], said["sequence"], said["causation_id"]) == (invitation["id"], 1, "evt_reached")
    assert said["extensions"] == {"partnerid": "prt_1"}
    assert camps.call("show_seats", camp_id=camp["id"])["ok"]["held"] == 4


def test_the_partner_is_invited_to_the_camp_that_begins_first(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting(**WINTER, answer_by="2026-11-01")
    summer = camps.inviting(season="summer")

    camps.reach(partner_id="prt_1")

    assert [each["camp_id"] for each in camps.all("list_invitations")] == [summer["id"]]


def test_nobody_is_invited_to_a_camp_that_has_begun(camps: CampsHarness, after_the_summer_camp_began: datetime) -> None:
    camps.admit("prt_1")
    camps.inviting(season="summer")
    winter = camps.inviting(**WINTER, answer_by="2026-11-01")
    camps.it_becomes(after_the_summer_camp_began)

    camps.reach(partner_id="prt_1")

    assert [each["camp_id"] for each in camps.all("list_invitations")] == [winter["id"]]


def test_once_the_time_to_answer_is_over_a_reason_is_kept_for_the_next_camp(camps: CampsHarness) -> None:
    camps.admit("prt_1", "prt_2")
    camps.inviting(season="summer", answer_by="2026-06-29")
    camps.reach("mst_1", "prt_1")
    camps.it_becomes(THE_SUMMER_ANSWERS_ARE_OVER)

    camps.reach("mst_2", "prt_1")
    camps.reach("mst_3", "prt_2")

    assert camps.all("list_invitations", partner_id="prt_2") == []
    assert [session["milestone_id"] for session in camps.all("list_sessions")] == ["mst_2"]
    winter = camps.inviting(**WINTER, answer_by="2026-11-01")
    assert camps.invitation_of("prt_2")["camp_id"] == winter["id"]


def test_one_milestone_more_adds_a_reason_and_proposes_a_session(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()

    camps.reach("mst_1", "prt_1")
    camps.reach("mst_2", "prt_1")

    (invitation,) = camps.all("list_invitations")
    (session,) = camps.all("list_sessions")
    assert [reason["id"] for reason in invitation["reasons"]] == ["mst_1", "mst_2"]
    assert (session["milestone_id"], session["title"], session["kind"]) == ("mst_2", "Reached mst_2", "result")
    assert len(camps.published("camps.invitation.issued")) == 1
    assert [row["subject"] for row in camps.published("camps.session.proposed")] == [session["id"]]
    assert camps.call("show_seats", camp_id=camp["id"])["ok"]["held"] == 4


def test_after_a_yes_a_milestone_more_is_a_session(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting()
    camps.reach("mst_1", "prt_1")
    camps.answer("accept_invitation", "prt_1")

    camps.reach("mst_2", "prt_1")

    (invitation,) = camps.all("list_invitations")
    assert invitation["state"] == "accepted"
    assert [reason["id"] for reason in invitation["reasons"]] == ["mst_1", "mst_2"]
    assert len(camps.all("list_sessions")) == 1
    assert len(camps.published("camps.invitation.issued")) == 1


@pytest.mark.parametrize("state", ["declined", "expired", "withdrawn"])
def test_what_is_closed_takes_no_reason_which_invites_to_the_next_camp(camps: CampsHarness, state: str) -> None:
    camps.admit("prt_1")
    summer = camps.inviting()
    camps.reach("mst_1", "prt_1")
    camps.store.database["invitations"].update_one({}, {"$set": {"state": state}})

    camps.reach("mst_2", "prt_1")
    camps.apply_pending_reasons()

    assert camps.kept() == 1
    winter = camps.inviting(**WINTER, answer_by="2026-11-01")
    invitations = {each["camp_id"]: each for each in camps.all("list_invitations")}
    assert {id: each["state"] for id, each in invitations.items()} == {summer["id"]: state, winter["id"]: "issued"}
    assert [reason["id"] for reason in invitations[winter["id"]]["reasons"]] == ["mst_2"]
    assert camps.kept() == 0


def test_a_reason_that_no_camp_can_take_up_keeps_none_behind_it_waiting(camps: CampsHarness) -> None:
    """Ten of them fill a tick; the eleventh is of another partner."""
    camps.admit("prt_1", "prt_2")
    camps.inviting()
    camps.reach("mst_1", "prt_1")
    camps.answer("decline_invitation", "prt_1")
    for number in range(11):
        camps.reach(f"mst_more_{number}", "prt_1")
    camps.store.database["pending_reasons"].update_one({"reason.id": "mst_more_10"}, {"$set": {"partner_id": "prt_2"}})

    for _ in range(2):
        camps.tick()

    assert camps.invitation_of("prt_2")["state"] == "issued"


def test_a_milestone_reached_again_changes_nothing(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting()
    camps.reach("mst_1", "prt_1")
    camps.reach("mst_2", "prt_1")
    before = camps.all("list_invitations")

    camps.reach("mst_1", "prt_1")
    camps.reach("mst_2", "prt_1")

    assert camps.all("list_invitations") == before
    assert len(camps.all("list_sessions")) == 1


def test_an_event_redelivered_changes_nothing(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()

    for _ in range(3):
        camps.reach("mst_1", "prt_1", id="evt_reached")

    assert len(camps.published("camps.invitation.issued")) == 1
    assert camps.call("show_seats", camp_id=camp["id"])["ok"]["held"] == 4


def test_without_enough_seats_the_partner_waits_and_its_further_milestones_are_recorded(camps: CampsHarness) -> None:
    camps.admit("prt_1", "prt_2")
    camp = camps.inviting(capacity=6)

    camps.reach("mst_1", "prt_1")
    camps.reach("mst_2", "prt_2")
    camps.reach("mst_3", "prt_2")

    (waiting,) = camps.all("list_invitations", state="waitlisted")
    (said,) = camps.published("camps.waitlist.joined")
    assert [reason["id"] for reason in waiting["reasons"]] == ["mst_2", "mst_3"]
    assert (said["data"]["invitation_id"], said["data"]["seats"], said["data"]["position"]) == (waiting["id"], 4, 1)
    assert camps.all("list_sessions") == []
    assert camps.call("show_seats", camp_id=camp["id"])["ok"] == {
        "camp_id": camp["id"], "capacity": 6, "held": 4, "confirmed": 0, "in_grace": 0, "free": 2, "waiting": 1,
    }  # fmt: skip


def test_reasons_are_kept_while_no_camp_is_inviting_and_applied_together_when_one_does(camps: CampsHarness) -> None:
    camps.admit("prt_1", "prt_2")
    camps.announce(**WINTER)
    camps.reach("mst_1", "prt_1")
    camps.reach("mst_2", "prt_1")
    camps.reach("mst_3", "prt_2")
    assert (camps.kept(), camps.all("list_invitations")) == (3, [])

    camps.inviting(season="summer")

    issued = {row["data"]["partner_id"]: row["data"]["reasons"] for row in camps.published("camps.invitation.issued")}
    assert [reason["id"] for reason in issued["prt_1"]] == ["mst_1", "mst_2"]
    assert [reason["id"] for reason in issued["prt_2"]] == ["mst_3"]
    assert camps.all("list_sessions") == []
    assert camps.kept() == 0


def test_a_kept_reason_is_gone_once_it_is_applied(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.reach("mst_1", "prt_1")
    camps.inviting(season="summer")

    winter = camps.inviting(**WINTER, answer_by="2026-11-01")

    assert camps.all("list_invitations", camp_id=winter["id"]) == []


def test_a_milestone_reached_twice_while_no_camp_is_inviting_is_kept_once(camps: CampsHarness) -> None:
    camps.admit("prt_1")

    camps.reach("mst_1", "prt_1")
    camps.reach("mst_1", "prt_1")

    assert camps.kept() == 1


def test_reasons_go_on_waiting_when_the_camp_has_begun_before_they_are_applied(
    camps: CampsHarness, after_the_summer_camp_began: datetime
) -> None:
    camps.admit("prt_1")
    camps.reach("mst_1", "prt_1")
    camp = camps.announce(season="summer")
    camps.call("open_invitations", camp_id=camp["id"], version=camp["version"], answer_by="2026-06-29")

    camps.it_becomes(after_the_summer_camp_began)
    camps.apply_pending_reasons()

    assert (camps.kept(), camps.all("list_invitations")) == (1, [])


@pytest.mark.parametrize("order", list(permutations(DEEDS)), ids=", ".join)
def test_in_whatever_order_things_happen_they_end_in_one_invitation(
    camps: CampsHarness, order: tuple[str, ...]
) -> None:
    camp, left = camps.announce(), list(order)
    deeds: dict[str, Callable[[], object]] = {
        "admit": lambda: camps.admit("prt_1"),
        "open": lambda: camps.open(camp),
        "reach mst_1": lambda: camps.reach("mst_1", "prt_1"),
        "reach mst_2": lambda: camps.reach("mst_2", "prt_1"),
    }

    while left:
        left = [deed for deed in left if not took_effect(deeds[deed])]

    (invitation,) = camps.all("list_invitations")
    assert invitation["state"] == "issued"
    assert sorted(reason["id"] for reason in invitation["reasons"]) == ["mst_1", "mst_2"]
    assert camps.call("show_seats", camp_id=camp["id"])["ok"]["held"] == 4
    assert camps.kept() == 0
