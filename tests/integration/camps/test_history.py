"""Nobody is invited for what is entered as history, on the real database."""

from tests.integration.camps.harness import CampsHarness


def test_a_milestone_reached_in_history_invites_nobody_and_one_reached_now_does(camps: CampsHarness) -> None:
    camps.admit("prt_1", "prt_2")
    camps.inviting()

    camps.entering_history = True
    camps.reach("mst_1", "prt_1")
    camps.entering_history = False
    camps.reach("mst_2", "prt_2")

    (invitation,) = camps.all("list_invitations")
    assert invitation["partner_id"] == "prt_2"


def test_history_is_kept_for_no_later_camp(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.entering_history = True
    camps.reach("mst_1", "prt_1")
    camps.entering_history = False

    camps.inviting()

    assert (camps.kept(), camps.all("list_invitations")) == (0, [])


def test_history_proposes_no_speaking_slot_where_the_partner_is_invited(camps: CampsHarness) -> None:
    camps.inviting()
    (invited,) = camps.invite("prt_1")
    camps.entering_history = True

    camps.reach("mst_2", "prt_1")

    assert camps.all("list_sessions") == []
    assert camps.invitation_of("prt_1")["reasons"] == invited["reasons"]


def test_a_milestone_of_history_that_is_reopened_and_reached_now_invites(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting()
    camps.entering_history = True
    camps.reach("mst_1", "prt_1")
    camps.entering_history = False

    camps.reopen("mst_1", "prt_1", sequence=2)
    camps.reach("mst_1", "prt_1", sequence=3)

    assert [reason["id"] for reason in camps.invitation_of("prt_1")["reasons"]] == ["mst_1"]
