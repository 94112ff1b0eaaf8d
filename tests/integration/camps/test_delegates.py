"""Partners name who comes, on the real database: within their seats, until the camp is frozen, and as things change."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from tests.integration.camps.harness import STAFF, CampsHarness
from tests.integration.camps.test_concurrency import at_once

LEADER = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
EDITOR = LEADER | {"subject": "editor", "roles": ["partner_editor"]}
STRANGER = LEADER | {"organisation": "prt_2"}
BO = {"name": "Bo", "email": "bo@region.example", "role": "Improver"}
CY = {"name": "Cy", "email": "cy@region.example", "role": "Nurse"}
A_DAY_BEFORE_IT_BEGINS = datetime(2026, 7, 12, 4, 0, tzinfo=UTC)


@pytest.fixture
def camp(camps: CampsHarness) -> dict[str, Any]:
    """A camp to which `prt_1` comes with two people."""
    camp = camps.inviting(capacity=10)
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1", seats=2)
    return camp


def name(camps: CampsHarness, who: dict[str, Any] = EDITOR, partner_id: str = "prt_1", **somebody: Any) -> Any:
    return camps.call("name_delegate", who, invitation_id=camps.invitation_of(partner_id)["id"], **somebody)


def do(camps: CampsHarness, what: str, delegate: dict[str, Any], who: dict[str, Any] = EDITOR, **said: Any) -> Any:
    now = camps.call("show_delegate", delegate_id=delegate["id"])["ok"]
    return camps.call(f"{what}_delegate", who, delegate_id=now["id"], version=now["version"], **said)


def states(camps: CampsHarness) -> list[str]:
    return [each["state"] for each in camps.all("list_delegates")]


def freeze(camps: CampsHarness, camp: dict[str, Any]) -> dict[str, Any]:
    camps.it_becomes(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    return camps.call("freeze_camp", camp_id=camp["id"], version=camp["version"])


@pytest.mark.parametrize("who", [LEADER, EDITOR, STAFF], ids=["leader", "editor", "staff"])
def test_a_partners_own_people_and_staff_name_who_comes(
    camps: CampsHarness, camp: dict[str, Any], who: dict[str, Any]
) -> None:
    named = name(camps, who, **BO)["ok"]

    assert (named["state"], named["camp_id"], named["partner_id"]) == ("named", camp["id"], "prt_1")
    # Who is named without a language and a zone is written to in English, with the hours of the camp.
    assert (named["language"], named["zone"], named["attends"]) == ("en", "America/New_York", "in_person")
    (told,) = camps.published("camps.delegate.named")
    assert (told["data"]["email"], told["data"]["begins_at"]) == ("bo@region.example", "2026-07-13T13:00:00.000Z")


def test_nobody_names_or_sees_who_comes_for_another_partner(camps: CampsHarness, camp: dict[str, Any]) -> None:
    named = name(camps, **BO)["ok"]

    assert name(camps, STRANGER, **CY)["fault"]["code"] == "unknown_reference"
    assert do(camps, "withdraw", named, STRANGER)["fault"]["kind"] == "not_found"
    assert camps.call("list_delegates", STRANGER)["ok"]["items"] == []


def test_somebody_on_record_comes_by_what_is_on_record(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.person("per_1", name="Anna", email="anna@region.example")

    named = name(camps, person_id="per_1", role="Leader")["ok"]

    assert (named["name"], named["email"]) == ("Anna", "anna@region.example")
    assert name(camps, person_id="per_1", role="Leader", name="Bo")["fault"]["fields"][0]["pointer"] == "/name"


def test_who_comes_in_a_partners_seat_is_one_of_its_people_and_present(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.person("per_2", partner_id="prt_2")
    camps.person("per_3")
    camps.leave("per_3")

    codes = [name(camps, person_id=each, role="Guest")["fault"]["code"] for each in ("per_2", "per_3", "per_4")]

    assert codes == ["delegate_of_another", "delegate_of_another", "unknown_reference"]


def test_who_is_neither_on_record_nor_described_is_refused_where_it_stands(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    fault = name(camps, role="Nurse", name="Cy")["fault"]

    assert (fault["code"], fault["fields"][0]["pointer"]) == ("name_and_address_expected", "/email")


def test_nobody_comes_twice_whatever_the_spelling_of_the_address(camps: CampsHarness, camp: dict[str, Any]) -> None:
    first = name(camps, **BO)["ok"]

    assert name(camps, **(BO | {"email": "Bo@Region.example"}))["fault"]["code"] == "already_comes"
    other = name(camps, **CY)["ok"]
    assert do(camps, "change", other, email="BO@region.example")["fault"]["code"] == "already_comes"
    do(camps, "withdraw", first)
    assert name(camps, **BO)["ok"]["state"] == "named"


def test_a_partner_names_as_many_as_it_has_seats(camps: CampsHarness, camp: dict[str, Any]) -> None:
    name(camps, **BO)
    name(camps, **CY)

    assert name(camps, name="Di", email="di@region.example", role="Nurse")["fault"]["code"] == "no_seat_left"


def test_a_partner_that_comes_with_fewer_withdraws_who_is_too_many_first(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    named = [name(camps, **each)["ok"] for each in (BO, CY)]

    fault = camps.answer("accept_invitation", "prt_1", seats=1)["fault"]
    do(camps, "withdraw", named[0])

    assert fault["code"] == "more_delegates_than_seats"
    assert all(each["id"] in fault["message"] for each in named)
    assert camps.answer("accept_invitation", "prt_1", seats=1)["ok"]["seats"] == 1


def test_a_substitute_takes_the_seat_and_the_first_comes_back_when_they_step_aside(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.answer("accept_invitation", "prt_1", seats=1)
    first = do(camps, "confirm", name(camps, **BO)["ok"])["ok"]

    substituted = do(camps, "substitute", first, name="Cy", email="cy@region.example")["ok"]
    substitute = camps.call("show_delegate", delegate_id=substituted["substitute_id"])["ok"]
    assert (substitute["state"], substitute["role"], substitute["substitute_for"]) == ("named", "Improver", first["id"])
    assert do(camps, "restore", first)["fault"]["code"] == "no_seat_left"

    do(camps, "withdraw", substitute)
    assert do(camps, "restore", first)["ok"]["state"] == "named"


def test_a_substitute_is_somebody_whom_the_partner_has(camps: CampsHarness, camp: dict[str, Any]) -> None:
    first = name(camps, **BO)["ok"]

    refused = do(camps, "substitute", first, person_id="per_nobody")["fault"]

    assert (refused["code"], refused["fields"][0]["pointer"]) == ("unknown_reference", "/person_id")
    assert camps.call("show_delegate", delegate_id=first["id"])["ok"]["state"] == "named"


@pytest.mark.parametrize("answer", ["decline_invitation", "answer_tentatively"])
def test_who_has_no_seat_does_not_come_and_comes_as_before_when_the_partner_does(
    camps: CampsHarness, camp: dict[str, Any], answer: str
) -> None:
    do(camps, "confirm", name(camps, **BO)["ok"])
    withdrawn = do(camps, "withdraw", name(camps, **CY)["ok"])["ok"]

    camps.answer(answer, "prt_1")
    without = states(camps)
    camps.answer("accept_invitation", "prt_1")

    assert without == ["withdrawn", "withdrawn"]
    assert states(camps) == ["confirmed", "withdrawn"]
    assert [row["data"]["because"] for row in camps.published("camps.delegate.withdrawn")] == ["by_hand", "invitation"]
    assert do(camps, "restore", withdrawn)["ok"]["state"] == "named"


def test_a_partner_that_accepts_again_for_fewer_comes_with_who_was_named_first(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    for each in (BO, CY):
        name(camps, **each)
    camps.answer("answer_tentatively", "prt_1")

    camps.answer("accept_invitation", "prt_1", seats=1)

    assert states(camps) == ["named", "withdrawn"]


def test_with_a_withdrawn_invitation_a_cancelled_camp_or_the_partner_its_delegates_go(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=20)
    for partner_id in ("prt_1", "prt_2", "prt_3"):
        camps.invite(partner_id)
        camps.answer("accept_invitation", partner_id, seats=1)
        name(camps, STAFF, partner_id, **(BO | {"email": f"bo@{partner_id.replace('_', '')}.example"}))

    camps.answer("withdraw_invitation", "prt_1", reason="By mistake")
    camps.hear("withdraw_open_invitations", sequence=9, partner_id="prt_2")
    assert states(camps) == ["withdrawn", "withdrawn", "named"]

    now = camps.call("show_camp", camp_id=camp["id"])["ok"]
    camps.command("cancel_camp", camp_id=camp["id"], version=now["version"], reason="A storm")
    assert states(camps) == ["withdrawn"] * 3
    assert len(camps.published("camps.delegate.withdrawn")) == 3


def test_who_leaves_the_partner_comes_no_longer_and_again_when_that_was_a_mistake(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.person("per_1", name="Anna", email="anna@region.example")
    name(camps, person_id="per_1", role="Leader")

    camps.leave("per_1")
    away = states(camps)
    camps.person("per_1", name="Anna", email="anna@region.example", sequence=3)

    assert (away, states(camps)) == (["withdrawn"], ["named"])


def test_who_moves_to_another_partner_comes_for_the_one_before_no_longer(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.person("per_1", name="Anna", email="anna@region.example")
    name(camps, person_id="per_1", role="Leader")

    camps.person("per_1", partner_id="prt_2", name="Anna", email="anna@other.example", sequence=2)
    away = states(camps)
    camps.person("per_1", name="Anna", email="anna@region.example", sequence=3)

    assert (away, states(camps)) == (["withdrawn"], ["named"])


def test_who_is_back_does_not_come_when_the_seat_has_gone_to_another(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("accept_invitation", "prt_1", seats=1)
    camps.person("per_1")
    name(camps, person_id="per_1", role="Leader")
    camps.leave("per_1")
    name(camps, **BO)

    camps.person("per_1", sequence=3)

    assert states(camps) == ["withdrawn", "named"]


def test_a_departure_heard_after_the_return_takes_nobody_away(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.person("per_1", sequence=3)
    name(camps, person_id="per_1", role="Leader")

    camps.leave("per_1", sequence=2)

    assert states(camps) == ["named"]


def test_a_new_address_on_record_is_told_with_the_one_before(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.person("per_1", email="anna@region.example")
    name(camps, person_id="per_1", role="Leader")

    camps.person("per_1", email="anna@new.example", sequence=2)

    (told,) = camps.published("camps.delegate.changed")
    assert (told["data"]["email"], told["data"]["email_before"]) == ("anna@new.example", "anna@region.example")
    assert camps.all("list_delegates")[0]["email"] == "anna@new.example"


def test_a_camp_that_has_begun_keeps_who_is_there_when_they_leave_their_partner(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.person("per_1")
    name(camps, person_id="per_1", role="Leader")
    camps.it_becomes(datetime(2026, 7, 13, 13, 0, tzinfo=UTC))

    camps.leave("per_1")

    assert states(camps) == ["named"]


def test_when_the_camp_is_frozen_only_the_institute_changes_who_comes(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    named = name(camps, **BO)["ok"]
    assert "ok" in freeze(camps, camp)

    assert name(camps, **CY)["fault"]["code"] == "camp_frozen"
    for what in ("confirm", "withdraw", "change"):
        assert do(camps, what, named)["fault"]["code"] == "camp_frozen"
    assert do(camps, "substitute", named, name="Cy", email="cy@region.example")["fault"]["code"] == "camp_frozen"
    assert do(camps, "substitute", named, STAFF, name="Cy", email="cy@region.example")["ok"]["state"] == "substituted"


def test_editors_who_name_at_once_name_no_more_than_there_are_seats(camps: CampsHarness, camp: dict[str, Any]) -> None:
    somebody = [{"name": f"N{number}", "email": f"n{number}@region.example", "role": "Nurse"} for number in range(8)]

    at_once([partial(name, camps, **each) for each in somebody])

    assert states(camps) == ["named", "named"]


def test_a_seat_given_up_at_once_with_one_that_is_filled_is_never_both(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    naming = [partial(name, camps, **each) for each in (BO, CY)]

    at_once([*naming, partial(camps.answer, "accept_invitation", "prt_1", seats=1)])

    assert len(camps.all("list_delegates")) <= camps.invitation_of("prt_1")["seats"]


def test_a_substitution_at_once_with_the_freeze_is_before_it_or_refused(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    named = name(camps, **BO)["ok"]
    camps.it_becomes(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    ends: list[Any] = []

    def substitute() -> None:
        ends.append(do(camps, "substitute", named, name="Cy", email="cy@region.example"))

    at_once([substitute, lambda: ends.append(freeze(camps, camp))])

    (frozen,) = camps.published("camps.camp.frozen") or [ends]
    told = camps.published("camps.delegate.substituted")
    assert [row["_id"] < frozen["_id"] for row in told] == [True] * len(told)
    assert len(told) == sum("substitute_id" in each.get("ok", {}) for each in ends), ends
