"""An initiative that faculty scores 4.0 or more is a result to share, as a milestone is, on the real database."""

from itertools import permutations

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from tests.integration.camps.harness import WINTER, Answer, CampsHarness

BUNDLE = {"initiative_id": "ini_1", "partner_id": "prt_1", "title": "Fewer infections"}


def scored(camps: CampsHarness, faculty_score: str | None, *, sequence: int = 1, **about: object) -> None:
    """Both reactions hear it, as they do on the broker."""
    for reaction in ("invite_to_present", "withdraw_presentation"):
        camps.hear(reaction, sequence=sequence, faculty_score=faculty_score, **BUNDLE | about)


def sessions(camps: CampsHarness) -> list[Answer]:
    return camps.all("list_sessions")


def reasons(camps: CampsHarness) -> list[str]:
    return [reason["id"] for reason in camps.invitation_of("prt_1")["reasons"]]


@pytest.fixture
def invited(camps: CampsHarness) -> CampsHarness:
    """A partner that is invited for a milestone."""
    camps.inviting()
    camps.invite("prt_1")
    return camps


def test_a_partner_that_is_invited_already_is_proposed_a_speaking_slot(invited: CampsHarness) -> None:
    scored(invited, "4.0")

    (session,) = sessions(invited)
    said = invited.published("camps.session.proposed")[0]["data"]
    assert (session["initiative_id"], session["milestone_id"], session["title"]) == ("ini_1", None, "Fewer infections")
    assert (session["state"], said["initiative_id"], said["milestone_id"]) == ("proposed", "ini_1", None)
    assert reasons(invited) == ["mst_prt_1", "ini_1"]


def test_a_partner_that_is_not_invited_yet_is_and_proposed_no_slot(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting()

    scored(camps, "4.5")

    assert (camps.invitation_of("prt_1")["state"], reasons(camps), sessions(camps)) == ("issued", ["ini_1"], [])


def test_where_no_camp_is_inviting_the_reason_is_kept_for_the_next(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    scored(camps, "4.0")
    kept = camps.kept()

    camps.inviting()

    assert (kept, reasons(camps)) == (1, ["ini_1"])


@pytest.mark.parametrize("score", ["3.5", "0.5", None])
def test_what_faculty_scores_lower_or_not_at_all_is_no_reason(invited: CampsHarness, score: str | None) -> None:
    scored(invited, score)

    assert (sessions(invited), reasons(invited)) == ([], ["mst_prt_1"])


def test_each_month_that_it_stays_high_says_nothing_new(invited: CampsHarness) -> None:
    for sequence, score in enumerate(("4.0", "4.5", "4.5"), 1):
        scored(invited, score, sequence=sequence)

    assert len(sessions(invited)) == 1
    assert len(invited.published("camps.session.proposed")) == 1


def test_when_the_score_falls_the_slot_is_withdrawn_and_when_it_rises_it_is_proposed_again(
    invited: CampsHarness,
) -> None:
    scored(invited, "4.0", sequence=1)
    scored(invited, "3.5", sequence=2)
    (fallen,), without = sessions(invited), reasons(invited)
    scored(invited, "4.0", sequence=3)

    (said,) = invited.published("camps.session.withdrawn")
    assert (fallen["state"], fallen["withdrawn_because"], without) == ("withdrawn", "score_fell", ["mst_prt_1"])
    assert (said["data"]["because"], said["data"]["initiative_id"]) == ("score_fell", "ini_1")
    assert [each["state"] for each in sessions(invited)] == ["proposed"]


def test_an_unanswered_invitation_for_nothing_else_is_withdrawn_when_the_score_falls(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camps.inviting()

    scored(camps, "4.0", sequence=1)
    scored(camps, "3.5", sequence=2)

    assert camps.invitation_of("prt_1")["state"] == "withdrawn"


@pytest.mark.parametrize("order", list(permutations([(1, "4.0"), (2, "3.5"), (3, "4.5")])), ids=str)
def test_in_whatever_order_the_scores_are_heard_the_newest_holds(
    invited: CampsHarness, order: tuple[tuple[int, str], ...]
) -> None:
    for sequence, score in order:
        try:
            scored(invited, score, sequence=sequence)
        except Superseded:
            continue

    assert reasons(invited) == ["mst_prt_1", "ini_1"]
    assert [each["state"] for each in sessions(invited)] == ["proposed"]


def test_a_partner_has_a_slot_for_each_initiative_and_each_milestone(invited: CampsHarness) -> None:
    scored(invited, "4.0")
    scored(invited, "4.0", initiative_id="ini_2", title="Fewer falls")
    invited.reach("mst_2")
    invited.reach("mst_3")

    about = [(each["initiative_id"], each["milestone_id"]) for each in sessions(invited)]
    assert sorted(about, key=str) == sorted(
        [("ini_1", None), ("ini_2", None), (None, "mst_2"), (None, "mst_3")], key=str
    )


def test_when_its_camp_is_cancelled_it_is_a_reason_for_the_next(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()
    scored(camps, "4.0")

    camps.call("cancel_camp", camp_id=camp["id"], version=None, reason="A storm")
    camps.inviting(**WINTER, answer_by="2026-11-20")

    issued = [each for each in camps.all("list_invitations", partner_id="prt_1") if each["state"] == "issued"]
    assert [[reason["id"] for reason in each["reasons"]] for each in issued] == [["ini_1"]]


def test_a_score_of_history_invites_nobody_and_proposes_nothing(invited: CampsHarness) -> None:
    invited.entering_history = True

    scored(invited, "4.5")

    assert (sessions(invited), reasons(invited)) == ([], ["mst_prt_1"])


def test_a_partner_not_known_yet_is_waited_for(camps: CampsHarness) -> None:
    with pytest.raises(NotYetKnown):
        scored(camps, "4.0")
