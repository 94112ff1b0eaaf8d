"""Sessions are drafted, proposed, decided about, told of, confirmed and taken back, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from tests.integration.camps.harness import WINTER, Answer, CampsHarness

OWN: Answer = {"subject": "erik", "organisation": "prt_1", "roles": ["partner_editor"]}
OTHERS: Answer = {"subject": "olga", "organisation": "prt_2", "roles": ["partner_lead"]}
REASON = "There were more proposals than slots"


@pytest.fixture
def invited(camps: CampsHarness) -> CampsHarness:
    """A partner that is invited for a milestone, and another one."""
    camps.camp = camps.inviting()  # type: ignore[attr-defined]
    camps.invite("prt_1", "prt_2")
    return camps


def drafted(camps: CampsHarness, scope: Answer = OWN, **content: Any) -> Answer:
    said = {"camp_id": camps.camp["id"], "title": "Huddles", "kind": "workshop"}  # type: ignore[attr-defined]
    session: Answer = camps.call("draft_session", scope, **({"partner_id": "prt_1"} | said | content))["ok"]
    return session


def do(camps: CampsHarness, operation: str, session: Answer, scope: Answer | None = None, **said: Any) -> Answer:
    now = camps.call("show_session", session_id=session["id"])["ok"]
    asked = {"session_id": session["id"], "version": now["version"], **said}
    return camps.call(operation, scope, **asked) if scope else camps.call(operation, **asked)


def done(camps: CampsHarness, *operations: str, session: Answer | None = None, **said: Any) -> Answer:
    session = session or drafted(camps)
    for operation in operations:
        session = do(camps, operation, session, **said)["ok"]
    return session


def proposed(camps: CampsHarness) -> Answer:
    return done(camps, "submit_session")


def told(camps: CampsHarness) -> list[str]:
    return [row["data"]["decision"] for row in camps.published("camps.session.decided")]


def test_an_editor_drafts_a_session_of_their_partner_and_proposes_it(invited: CampsHarness) -> None:
    session = drafted(
        invited, abstract="Each day\nbegins alike", materials=[{"title": "How", "url": "https://a.example/"}]
    )

    after = do(invited, "submit_session", session, OWN)["ok"]

    assert (session["state"], after["state"], after["kind"]) == ("draft", "proposed", "workshop")
    assert after["materials"] == [{"title": "How", "url": "https://a.example/"}]
    assert [row["data"]["title"] for row in invited.published("camps.session.proposed")] == ["Huddles"]


def test_nobody_drafts_a_session_of_another_partner_and_only_the_institute_one_of_none(invited: CampsHarness) -> None:
    said = {"camp_id": invited.camp["id"], "title": "Huddles"}  # type: ignore[attr-defined]

    of_another = invited.call("draft_session", OTHERS, partner_id="prt_1", **said)["fault"]
    of_none = invited.call("draft_session", OWN, **said)["fault"]
    plenary = invited.call("draft_session", kind="plenary", **said)["ok"]

    assert [of_another["kind"], of_none["kind"]] == ["invalid", "invalid"]
    assert invited.call("show_session", OWN, session_id=plenary["id"])["fault"]["kind"] == "not_found"


def test_what_may_transfer_is_said_of_another_industry(invited: CampsHarness) -> None:
    pilot = {"lesson": "Anybody may stop", "hypothesis": "So in theatres"}

    of_a_workshop = invited.call("draft_session", OWN, camp_id=invited.camp["id"], partner_id="prt_1", title="A",  # type: ignore[attr-defined]
                                 kind="workshop", **pilot)["fault"]  # fmt: skip
    of_a_pilot = drafted(invited, kind="other_industry", **pilot)

    assert of_a_workshop["fields"][0]["pointer"] == "/lesson"
    assert (of_a_pilot["lesson"], of_a_pilot["hypothesis"]) == ("Anybody may stop", "So in theatres")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/x", "https://", "https://u@a.example/", "a b"])
def test_materials_are_links_of_the_web_and_nothing_else(invited: CampsHarness, url: str) -> None:
    said = {"camp_id": invited.camp["id"], "partner_id": "prt_1", "title": "A"}  # type: ignore[attr-defined]

    refused = invited.call("draft_session", OWN, **said, materials=[{"title": "How", "url": url}])["fault"]

    assert refused["fields"][0]["pointer"] == "/materials/0/url"


def test_what_is_decided_and_not_told_is_shown_to_the_institute_alone(invited: CampsHarness) -> None:
    session = proposed(invited)

    done(invited, "decide_session", session=session, verdict="declined", reason=REASON)

    seen = invited.call("show_session", OWN, session_id=session["id"])["ok"]
    (untold,) = invited.call("list_untold_decisions")["ok"]["items"]
    assert (seen["state"], seen["decision"], "untold" in seen) == ("proposed", None, False)
    assert (untold["session_id"], untold["verdict"], untold["reason"]) == (session["id"], "declined", REASON)
    assert invited.call("list_untold_decisions", OWN)["fault"]["kind"] == "forbidden"
    assert told(invited) == []


def test_disclosing_tells_what_was_decided_once(invited: CampsHarness) -> None:
    session = done(invited, "decide_session", session=proposed(invited), verdict="accepted")

    after = done(invited, "disclose_decision", session=session)
    again = do(invited, "disclose_decision", session)["fault"]

    assert (after["state"], after["decision"]["verdict"], told(invited)) == ("accepted", "accepted", ["accepted"])
    assert again["code"] == "not_from_this_state"


def test_what_is_decided_and_not_told_can_be_taken_back_and_not_decided_over(invited: CampsHarness) -> None:
    session = done(invited, "decide_session", session=proposed(invited), verdict="accepted")

    over = do(invited, "decline_session", session, reason=REASON)["fault"]
    done(invited, "take_back_decision", session=session)
    declined = done(invited, "decline_session", session=session, reason=REASON)

    assert (over["code"], declined["state"], told(invited)) == ("decision_not_yet_told", "declined", ["declined"])


def test_a_no_needs_a_reason_also_when_it_is_told_later(invited: CampsHarness) -> None:
    refused = do(invited, "decide_session", proposed(invited), verdict="declined")["fault"]

    assert refused["fields"][0]["pointer"] == "/reason"


@pytest.mark.parametrize("at_once", [True, False])
def test_two_organisers_who_decide_at_once_make_one_decision(invited: CampsHarness, at_once: bool) -> None:
    session = proposed(invited)
    either = [("accept_session", {}), ("decline_session", {"reason": REASON})]
    if not at_once:
        either = [("decide_session", {"verdict": "accepted"}), ("decide_session", {"verdict": "accepted"})]

    def decide(what: tuple[str, Answer]) -> Answer:
        return invited.call(what[0], session_id=session["id"], version=session["version"], **what[1])

    with ThreadPoolExecutor(2) as organisers:
        answers = list(organisers.map(decide, either))

    assert sorted("ok" in answer for answer in answers) == [False, True]
    assert len(told(invited)) == at_once


def test_only_what_was_accepted_is_confirmed_and_what_was_cancelled_is_reinstated_as_accepted(
    invited: CampsHarness,
) -> None:
    session = done(invited, "accept_session", "confirm_session", session=proposed(invited))
    cancelled = done(invited, "cancel_session", session=session, reason="The room is not to be had")

    back = done(invited, "reinstate_session", session=session)

    assert (cancelled["state"], cancelled["cancellation"]["by"], back["state"]) == ("cancelled", "anna", "accepted")
    assert [row["data"]["reason"] for row in invited.published("camps.session.cancelled")] == [
        "The room is not to be had"
    ]


def test_a_session_is_delivered_once_the_camp_has_begun(
    invited: CampsHarness, after_the_summer_camp_began: datetime
) -> None:
    session = done(invited, "accept_session", "confirm_session", session=proposed(invited))
    before = do(invited, "deliver_session", session)["fault"]

    invited.it_becomes(datetime(2026, 7, 13, 15, tzinfo=UTC))
    delivered = done(invited, "deliver_session", session=session)
    back = done(invited, "undo_delivery", session=session)

    assert (before["code"], delivered["state"], back["state"]) == ("camp_not_begun", "delivered", "confirmed")


def test_of_a_partner_that_departs_all_is_withdrawn_that_was_to_come(invited: CampsHarness) -> None:
    accepted, draft = done(invited, "accept_session", session=proposed(invited)), drafted(invited)
    given = done(invited, "accept_session", "confirm_session", session=proposed(invited))
    invited.store.database["sessions"].update_one({"_id": given["id"]}, {"$set": {"state": "delivered"}})

    invited.hear("withdraw_open_invitations", sequence=9, partner_id="prt_1")

    states = {each["id"]: each["state"] for each in invited.all("list_sessions", partner_id="prt_1")}
    assert (states[accepted["id"]], states[draft["id"]], states[given["id"]]) == ("withdrawn", "withdrawn", "delivered")


def test_with_a_cancelled_camp_everything_that_was_to_be_shared_is_withdrawn(invited: CampsHarness) -> None:
    session = done(invited, "accept_session", session=proposed(invited))

    invited.call("cancel_camp", camp_id=invited.camp["id"], version=None, reason="A storm")  # type: ignore[attr-defined]

    after = invited.call("show_session", session_id=session["id"])["ok"]
    assert (after["state"], after["withdrawn_because"]) == ("withdrawn", "camp_cancelled")
    assert do(invited, "submit_session", session)["fault"]["code"] in ("camp_cancelled", "partner_not_invitable")


@pytest.fixture
def result(invited: CampsHarness) -> Answer:
    """A session about a second milestone of the partner, that is to take place."""
    invited.reach("mst_2")
    (session,) = invited.all("list_sessions", partner_id="prt_1")
    return done(invited, "accept_session", session=session)


def evidence(camps: CampsHarness) -> list[str]:
    return [row["data"]["evidence"] for row in camps.published("camps.session.evidence_changed")]


def test_a_session_that_is_to_take_place_stays_and_says_that_its_milestone_was_reopened(
    invited: CampsHarness, result: Answer
) -> None:
    invited.reopen("mst_2", "prt_1")
    without = invited.call("show_session", session_id=result["id"])["ok"]
    invited.reach("mst_2", sequence=3)
    with_it = invited.call("show_session", session_id=result["id"])["ok"]

    assert (result["evidence"], without["evidence"], with_it["evidence"]) == ("current", "gone", "current")
    assert (without["state"], with_it["state"], evidence(invited)) == ("accepted", "accepted", ["gone", "current"])


def test_what_is_only_proposed_goes_with_its_milestone_and_what_was_decided_about_it_is_never_told(
    invited: CampsHarness,
) -> None:
    invited.reach("mst_2")
    (session,) = invited.all("list_sessions", partner_id="prt_1")
    done(invited, "decide_session", session=session, verdict="accepted")

    invited.reopen("mst_2", "prt_1")

    after = invited.call("show_session", session_id=session["id"])["ok"]
    assert (after["state"], invited.call("list_untold_decisions")["ok"]["items"]) == ("withdrawn", [])


def test_what_a_partner_has_withdrawn_itself_is_not_proposed_again_by_the_next_event(
    invited: CampsHarness, result: Answer
) -> None:
    done(invited, "withdraw_session", session=result)

    invited.reopen("mst_2", "prt_1")
    invited.reach("mst_2", sequence=3)

    after = invited.call("show_session", session_id=result["id"])["ok"]
    assert (after["state"], after["withdrawn_because"]) == ("withdrawn", "by_hand")


ACTED = {"partner_id": "prt_1", "cycle_id": "pds_1", "idea": "insertion_checklist"}


def acted(camps: CampsHarness, decision: str | None, *, sequence: int = 1) -> None:
    """Both reactions hear it, as on the broker; without a decision it is reconsidered, which one hears."""
    for reaction in ("propose_what_was_adopted", "withdraw_what_was_adopted"):
        if decision is not None or reaction == "withdraw_what_was_adopted":
            camps.hear(reaction, sequence=sequence, **ACTED, **({"decision": decision} if decision else {}))


def test_an_adopted_change_is_proposed_and_when_that_is_reconsidered_no_longer(invited: CampsHarness) -> None:
    acted(invited, "adopt", sequence=1)
    (session,) = invited.all("list_sessions", partner_id="prt_1")
    acted(invited, None, sequence=2)
    (after,) = invited.all("list_sessions", partner_id="prt_1")

    assert (session["cycle_id"], session["title"]) == ("pds_1", "Adopted after a test: insertion checklist")
    assert (session["state"], after["state"], after["withdrawn_because"]) == (
        "proposed", "withdrawn", "decision_reconsidered",
    )  # fmt: skip


@pytest.mark.parametrize("decision", ["adapt", "abandon"])
def test_what_is_not_adopted_is_not_proposed(invited: CampsHarness, decision: str) -> None:
    acted(invited, decision)

    assert invited.all("list_sessions", partner_id="prt_1") == []


def test_an_adopted_change_invites_nobody(camps: CampsHarness) -> None:
    camps.inviting()
    camps.admit("prt_1")

    acted(camps, "adopt")

    assert (camps.all("list_invitations"), camps.all("list_sessions"), camps.kept()) == ([], [], 0)


@pytest.mark.parametrize("order", list(permutations([(1, "adopt"), (2, None), (3, "adopt")])), ids=str)
def test_in_whatever_order_decisions_on_a_test_are_heard_the_newest_holds(
    invited: CampsHarness, order: tuple[tuple[int, str | None], ...]
) -> None:
    for sequence, decision in order:
        try:
            acted(invited, decision, sequence=sequence)
        except Superseded:
            continue

    assert [each["state"] for each in invited.all("list_sessions", partner_id="prt_1")] == ["proposed"]


def test_a_change_adopted_by_a_partner_not_known_yet_is_waited_for(camps: CampsHarness) -> None:
    with pytest.raises(NotYetKnown):
        acted(camps, "adopt")


def test_an_adopted_change_is_shared_at_the_camp_that_comes_first(invited: CampsHarness) -> None:
    invited.inviting(**WINTER, answer_by="2026-11-20")

    acted(invited, "adopt")

    assert [each["camp_id"] for each in invited.all("list_sessions", partner_id="prt_1")] == [invited.camp["id"]]  # type: ignore[attr-defined]


def test_what_is_told_of_a_session_says_who_presents_it(invited: CampsHarness) -> None:
    invited.answer("accept_invitation", "prt_1", seats=1)
    somebody = {"name": "Maria Souza", "email": "maria@region.example", "role": "Nurse"}
    invitation = invited.invitation_of("prt_1")
    presenter = invited.command("name_delegate", invitation_id=invitation["id"], **somebody)["id"]

    done(invited, "submit_session", "accept_session", session=drafted(invited, presenter_ids=[presenter]))

    (told,) = invited.published("camps.session.decided")
    assert told["data"]["presenter_ids"] == [presenter]
