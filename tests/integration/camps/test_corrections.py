"""A partner never loses a better place by a correction; one that is paused keeps its place."""

from datetime import UTC, datetime, timedelta

from tests.integration.camps.harness import PERIODS, WINTER, CampsHarness

AFTER_THE_ANSWERS = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def test_a_milestone_reached_again_has_the_very_seats_it_had(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")

    camps.reopen("mst_prt_1", "prt_1")
    camps.pass_on()
    camps.reach("mst_prt_1", "prt_1", sequence=3)

    assert [camps.invitation_of(each)["state"] for each in ("prt_1", "prt_2")] == ["issued", "waitlisted"]
    assert (camps.seats(camp)["held"], camps.seats(camp)["in_grace"]) == (4, 0)


def test_a_summer_place_is_not_exchanged_for_the_winter_when_the_time_to_answer_is_over(camps: CampsHarness) -> None:
    summer = camps.inviting()
    camps.inviting(**WINTER | {"capacity": 4}, answer_by="2026-11-01")
    camps.invite("prt_1")
    camps.reopen("mst_prt_1", "prt_1")
    camps.it_becomes(AFTER_THE_ANSWERS)

    camps.reach("mst_prt_1", "prt_1", sequence=3)

    invitation = camps.invitation_of("prt_1")
    assert (invitation["camp_id"], invitation["state"], invitation["withdrawal"]) == (summer["id"], "issued", None)
    assert invitation["offer_until"] == "2026-07-03T09:00:00.000Z"
    assert camps.published("camps.invitation.issued")[-1]["data"]["offer_until"] == "2026-07-03T09:00:00.000Z"


def test_after_the_seats_were_given_away_who_comes_back_waits_before_those_that_came_later(camps: CampsHarness) -> None:
    camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3")
    camps.reopen("mst_prt_1", "prt_1")
    camps.time_goes_by(PERIODS.grace)
    assert camps.invitation_of("prt_2")["state"] == "issued"

    camps.reach("mst_prt_1", "prt_1", sequence=3)
    camps.answer("withdraw_invitation", "prt_2", reason="The camp is smaller")
    camps.pass_on()

    assert [camps.invitation_of(each)["state"] for each in ("prt_1", "prt_3")] == ["issued", "waitlisted"]


def test_who_waits_has_its_place_again_when_its_milestone_is_reached_again(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3")

    camps.reopen("mst_prt_2", "prt_2")
    camps.reach("mst_prt_2", "prt_2", sequence=3)

    waiting = [each["invitation_id"] for each in camps.ledger(camp)["waitlist"]]
    assert waiting == [camps.invitation_of(each)["id"] for each in ("prt_2", "prt_3")]
    assert camps.published("camps.waitlist.joined")[-1]["data"]["position"] == 1


def test_what_was_withdrawn_by_a_correction_cannot_be_answered(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.reopen("mst_prt_1", "prt_1")

    codes = [camps.answer(each, "prt_1")["fault"]["code"] for each in ("accept_invitation", "undo_answer")]

    assert codes == ["nothing_to_answer", "nothing_to_undo"]


def test_a_partner_that_departs_while_its_seats_are_kept_is_told_once_and_keeps_none(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1")
    camps.reopen("mst_prt_1", "prt_1")

    camps.hear("withdraw_open_invitations", sequence=3, partner_id="prt_1", reason="Merged", departed_on="2026-06-01")

    assert camps.seats(camp)["free"] == 120
    assert len(camps.published("camps.invitation.withdrawn")) == 1
    assert camps.invitation_of("prt_1")["withdrawal"]["kind"] == "partner_departed"


def test_a_paused_partner_keeps_its_place_and_is_passed_over(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3")
    camps.pause("prt_2")

    camps.answer("withdraw_invitation", "prt_1", reason="The camp is smaller")
    camps.pass_on()

    assert [camps.invitation_of(each)["state"] for each in ("prt_2", "prt_3")] == ["waitlisted", "issued"]
    assert camps.invitation_of("prt_2")["passed_over"] == ["partner_paused"]
    assert camps.seats(camp)["waiting"] == 1

    camps.resume("prt_2")
    camps.answer("withdraw_invitation", "prt_3", reason="The camp is smaller")
    camps.pass_on()

    assert (camps.invitation_of("prt_2")["state"], camps.invitation_of("prt_2")["passed_over"]) == ("issued", [])


def test_seats_that_are_free_while_the_only_one_who_waits_is_paused_are_offered_when_it_is_resumed(
    camps: CampsHarness,
) -> None:
    camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")
    camps.pause("prt_2")
    camps.answer("withdraw_invitation", "prt_1", reason="The camp is smaller")
    camps.pass_on()
    assert camps.invitation_of("prt_2")["state"] == "waitlisted"

    camps.resume("prt_2")

    assert camps.invitation_of("prt_2")["state"] == "issued"


def test_a_milestone_reached_during_a_pause_invites_when_the_partner_is_resumed(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting()
    camps.pause("prt_1")

    camps.reach("mst_1", "prt_1")
    camps.apply_pending_reasons()
    assert (camps.kept(), camps.all("list_invitations")) == (1, [])
    camps.resume("prt_1")

    assert (camps.kept(), camps.invitation_of("prt_1")["state"]) == (0, "issued")


def test_news_of_a_pause_that_is_over_changes_nothing(camps: CampsHarness) -> None:
    camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")
    camps.resume("prt_2", sequence=3)

    camps.pause("prt_2", sequence=2)

    assert camps.invitation_of("prt_2")["passed_over"] == []


def test_a_correction_within_the_grace_is_not_undone_by_the_end_of_the_grace(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.reopen("mst_prt_1", "prt_1")
    camps.reach("mst_prt_1", "prt_1", sequence=3)

    camps.time_goes_by(PERIODS.grace + timedelta(hours=1))

    assert camps.invitation_of("prt_1")["state"] == "issued"
