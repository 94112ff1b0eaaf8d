"""Guests, faculty and the institute's own people hold seats, wait and answer as partners do, on the real database."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.integration.camps.guests import KIM, by_link, do, guest, invite, letter_sent, link, shown
from tests.integration.camps.harness import PERIODS, Answer, CampsHarness
from tests.integration.camps.test_concurrency import at_once

LEADER = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
FACULTY = {"subject": "coach", "organisation": "*", "roles": ["faculty"], "assigned": ["prt_1"]}


@pytest.fixture
def camp(camps: CampsHarness) -> Answer:
    return camps.inviting(capacity=4)


def coach(camps: CampsHarness, id: str = "per_coach", role: str = "coach", **about: Any) -> None:
    camps.person(id, partner_id=None, role=role, name="Ada", **({"email": f"{id}@institute.example"} | about))


def states(camps: CampsHarness) -> list[str]:
    return [each["state"] for each in camps.all("list_guests")]


def delegates(camps: CampsHarness) -> list[tuple[str, str, str]]:
    return [(each["name"], each["kind"], each["state"]) for each in camps.all("list_delegates")]


def test_a_guest_is_invited_with_what_they_bring_to_one_seat(camps: CampsHarness, camp: Answer) -> None:
    brings = {"organisation": "Nordic Airlines", "industry": "Aviation", "lesson": "Anybody may stop a take-off",
              "hypothesis": "Operations are stopped sooner"}  # fmt: skip

    kim = invite(camps, camp, **brings)["ok"]

    assert (kim["state"], kim["kind"], kim["lesson"]) == ("issued", "guest", brings["lesson"])
    assert camps.seats(camp)["held"] == 1
    (asked,) = camps.published("camps.guest.invited")
    assert (asked["data"]["email"], asked["data"]["reasons"][0]["title"]) == (KIM["email"], "What flying has learned")


@pytest.mark.parametrize("who", [LEADER, FACULTY], ids=["a partner", "faculty"])
def test_nobody_but_the_institute_invites_or_sees_somebody_by_name(
    camps: CampsHarness, camp: Answer, who: Answer
) -> None:
    kim = invite(camps, camp)["ok"]

    asked = {"camp_id": camp["id"], "kind": "guest", "reason": "Learning"} | KIM
    assert camps.call("list_invitations", who)["ok"]["items"] == []
    assert camps.call("show_invitation", who, invitation_id=kim["id"])["fault"]["kind"] == "not_found"
    do(camps, "accept_invitation", kim["id"])
    assert camps.call("list_delegates", who)["ok"]["items"] == []
    for operation, said in (("invite_guest", asked), ("list_guests", {}), ("show_guest", {"guest_id": kim["id"]})):
        refused = camps.call(operation, LEADER, **said)["fault"]["kind"]
        assert refused in ("forbidden", "not_found")


def test_faculty_and_the_institutes_people_are_invited_as_they_are_on_record(camps: CampsHarness, camp: Answer) -> None:
    coach(camps)
    coach(camps, "per_staff", role="staff")

    ada = invite(camps, camp, kind="faculty", person_id="per_coach")["ok"]
    staff = invite(camps, camp, kind="institute", person_id="per_staff")["ok"]

    assert (ada["name"], ada["email"]) == ("Ada", "per_coach@institute.example")
    assert staff["kind"] == "institute"


def test_who_is_not_of_the_kind_they_are_invited_as_is_refused_where_it_stands(
    camps: CampsHarness, camp: Answer
) -> None:
    coach(camps, "per_staff", role="staff")
    camps.person("per_1")
    refused = {
        "faculty on no record": invite(camps, camp, kind="faculty", **KIM),
        "staff as faculty": invite(camps, camp, kind="faculty", person_id="per_staff"),
        "a partner's leader": invite(camps, camp, kind="institute", person_id="per_1"),
        "a guest on record": invite(camps, camp, kind="guest", person_id="per_staff"),
        "described beside the record": invite(camps, camp, kind="institute", person_id="per_staff", name="Bo"),
        "nobody knows": invite(camps, camp, kind="institute", person_id="per_nobody"),
    }
    pointers = {what: answer["fault"]["fields"][0]["pointer"] for what, answer in refused.items()}

    assert pointers == dict.fromkeys(refused, "/person_id") | {"described beside the record": "/name"}
    assert states(camps) == []


def test_nobody_is_invited_twice_or_beside_a_seat_they_have(camps: CampsHarness, camp: Answer) -> None:
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1", seats=1)
    camps.call("name_delegate", invitation_id=camps.invitation_of("prt_1")["id"], name="Bo", email="bo@x.example",
               role="Nurse")  # fmt: skip
    invite(camps, camp)

    assert invite(camps, camp, email="Kim@Airline.example")["fault"]["code"] == "already_invited"
    assert invite(camps, camp, email="bo@x.example")["fault"]["code"] == "already_comes"


def test_a_guest_waits_behind_the_partners_before_and_is_offered_a_freed_seat_in_turn(
    camps: CampsHarness, camp: Answer
) -> None:
    camps.invite("prt_1", "prt_2")
    kim = invite(camps, camp)["ok"]
    assert kim["state"] == "waitlisted"
    waiting = camps.call("show_waitlist", camp_id=camp["id"])["ok"]["waiting"]
    assert [(each["kind"], each["partner_name"]) for each in waiting] == [("partner", "Region prt_2"), ("guest", None)]

    camps.answer("withdraw_invitation", "prt_2", reason="It has other plans")
    camps.answer("accept_invitation", "prt_1", seats=3)
    camps.pass_on()

    assert guest(camps, kim["id"])["state"] == "issued"
    (offered,) = camps.published("camps.guest.offered")
    assert offered["data"]["offer_until"] is not None


def test_a_seat_that_a_guest_gives_up_goes_to_the_partner_who_waits(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    camps.invite("prt_1")
    assert camps.invitation_of("prt_1")["state"] == "waitlisted"

    do(camps, "decline_invitation", kim["id"], reason="An air show")
    camps.time_goes_by(PERIODS.grace)

    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_who_accepts_is_a_delegate_for_sure_who_goes_and_comes_again_with_their_answer(
    camps: CampsHarness, camp: Answer
) -> None:
    kim = invite(camps, camp)["ok"]

    do(camps, "accept_invitation", kim["id"])
    assert delegates(camps) == [("Kim", "guest", "confirmed")]
    do(camps, "decline_invitation", kim["id"])
    assert delegates(camps) == [("Kim", "guest", "withdrawn")]
    do(camps, "undo_answer", kim["id"])

    assert delegates(camps) == [("Kim", "guest", "confirmed")]
    assert camps.seats(camp)["confirmed"] == 1


def test_a_delegate_who_was_invited_by_name_is_neither_substituted_nor_withdrawn_nor_described_otherwise(
    camps: CampsHarness, camp: Answer
) -> None:
    do(camps, "accept_invitation", invite(camps, camp)["ok"]["id"])
    (comes,) = camps.all("list_delegates")
    of = {"delegate_id": comes["id"], "version": comes["version"]}

    refused = [
        camps.call("withdraw_delegate", **of),
        camps.call("substitute_delegate", **of, name="Bo", email="bo@x.example"),
        camps.call("change_delegate", **of, email="bo@x.example"),
    ]

    assert {each["fault"]["code"] for each in refused} == {"invited_by_name"}


def test_a_guest_sees_and_answers_their_invitation_by_their_link(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    form = shown(camps, link(kim["id"]))["ok"]

    assert (form["kind"], form["partner_name"], form["language"]) == ("guest", None, "sv")
    assert form["answers"] == ["accepted", "tentative", "declined"]
    assert by_link(camps, link(kim["id"]), "accepted")["ok"] == {"state": "accepted"}
    (said,) = camps.published("camps.guest.accepted")
    assert said["data"]["via"] == "rsvp"


def test_somebody_on_record_answers_by_the_link_that_was_sent_to_them_and_nobody_else(
    camps: CampsHarness, camp: Answer
) -> None:
    coach(camps)
    coach(camps, "per_other")
    ada = invite(camps, camp, kind="faculty", person_id="per_coach")["ok"]
    own = link(ada["id"], holder_id="per_coach", email="per_coach@institute.example")
    of_another = link(ada["id"], holder_id="per_other", email="per_other@institute.example")

    assert shown(camps, of_another)["fault"]["code"] == "link_ended"
    assert by_link(camps, own, "accepted")["ok"]["state"] == "accepted"


def test_a_link_ends_with_the_address_it_was_sent_to(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    before = link(kim["id"])

    do(camps, "change_guest", kim["id"], email="kim@home.example")

    assert shown(camps, before)["fault"]["code"] == "link_ended"
    assert shown(camps, link(kim["id"], email="kim@home.example"))["ok"]["state"] == "issued"
    # They are asked anew where they are written to now.
    assert [each["data"]["email"] for each in camps.published("camps.guest.invited")] == [
        *(KIM["email"], "kim@home.example")
    ]


def test_what_is_known_of_a_guest_is_put_right_for_who_comes_too(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    do(camps, "accept_invitation", kim["id"])

    changed = do(camps, "change_guest", kim["id"], name="Kim B", lesson="Anybody may stop a take-off")["ok"]

    assert (changed["name"], changed["lesson"]) == ("Kim B", "Anybody may stop a take-off")
    assert delegates(camps) == [("Kim B", "guest", "confirmed")]
    coach(camps)
    ada = invite(camps, camp, kind="faculty", person_id="per_coach")["ok"]
    fault = do(camps, "change_guest", ada["id"], name="Bo")["fault"]
    assert (fault["code"], fault["fields"][0]["pointer"]) == ("not_of_this_kind", "/name")


def test_a_guest_who_was_told_and_says_nothing_in_time_loses_the_seat(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    letter_sent(camps, kim["id"])

    camps.time_goes_by(timedelta(days=30))

    assert guest(camps, kim["id"])["state"] == "expired"
    assert camps.seats(camp)["free"] == 4


def test_who_was_withdrawn_is_invited_again_on_purpose(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    do(camps, "accept_invitation", kim["id"])

    do(camps, "withdraw_invitation", kim["id"], reason="The programme is full")
    assert (states(camps), delegates(camps)) == (["withdrawn"], [("Kim", "guest", "withdrawn")])
    (said,) = camps.published("camps.guest.withdrawn")
    assert (said["data"]["reason"], said["data"]["withdrawn_for"]) == ("The programme is full", "by_staff")
    do(camps, "reissue_invitation", kim["id"], reason="Somebody fell ill")
    do(camps, "accept_invitation", kim["id"])

    assert delegates(camps) == [("Kim", "guest", "confirmed")]


def test_a_coach_who_leaves_is_neither_invited_nor_comes_any_more(camps: CampsHarness, camp: Answer) -> None:
    coach(camps)
    ada = invite(camps, camp, kind="faculty", person_id="per_coach")["ok"]
    do(camps, "accept_invitation", ada["id"])

    camps.hear("keep_departure", sequence=2, person_id="per_coach", partner_id=None)

    assert (states(camps), [state for _, _, state in delegates(camps)]) == (["withdrawn"], ["withdrawn"])
    assert camps.seats(camp)["free"] == 4
    assert do(camps, "reissue_invitation", ada["id"], reason="Come")["fault"]["code"] == "delegate_of_another"


def test_with_a_cancelled_camp_the_invitations_by_name_end_too(camps: CampsHarness, camp: Answer) -> None:
    kim = invite(camps, camp)["ok"]
    do(camps, "accept_invitation", kim["id"])
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]

    camps.call("cancel_camp", camp_id=camp["id"], version=now["version"], reason="A storm")

    assert (states(camps), delegates(camps)) == (["withdrawn"], [("Kim", "guest", "withdrawn")])
    (said,) = camps.published("camps.guest.withdrawn")
    assert said["data"]["withdrawn_for"] == "camp_cancelled"


def test_whoever_is_invited_by_name_is_told_what_is_otherwise_about_the_camp(camps: CampsHarness, camp: Answer) -> None:
    invite(camps, camp)
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]

    camps.call("change_camp", camp_id=camp["id"], version=now["version"], place="Chicago")

    (said,) = camps.published("camps.guest.camp_changed")
    assert (said["data"]["place"], said["data"]["before"]["place"], said["data"]["state"]) == (
        *("Chicago", "Boston"),
        "issued",
    )


def test_when_a_partner_and_guests_ask_for_the_last_seat_at_once_one_of_them_has_it(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=1, seats_per_invitation=1)
    camps.admit("prt_1", "prt_2")
    guests = [partial(invite, camps, camp, email=f"kim{number}@airline.example") for number in range(6)]

    at_once([*guests, *(partial(camps.reach, f"mst_{each}", each) for each in ("prt_1", "prt_2"))])

    found = [each["state"] for each in camps.all("list_invitations", camp_id=camp["id"])]
    assert sorted(found) == ["issued", *["waitlisted"] * 7]
    ledger = camps.ledger(camp)
    assert (len(ledger["allocations"]), len(ledger["waitlist"])) == (1, 7)


def test_who_is_invited_by_name_twice_at_once_is_invited_once(camps: CampsHarness, camp: Answer) -> None:
    at_once([partial(invite, camps, camp) for _ in range(6)])

    assert states(camps) == ["issued"]
    assert camps.seats(camp)["held"] == 1
