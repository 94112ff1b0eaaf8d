"""What came out of a camp is told to whom the camp concerned, and read by the link in their letter or passed on."""

from typing import Any

import pytest

from chassis.domain.capabilities import Capability
from chassis.persistence.claims import Claims
from chassis.schemas.mail_addresses import address_digest
from services.camps.use_cases.learning.harvest import tell_of_harvests
from tests.integration.camps.harness import KEYS, STAFF, Answer, CampsHarness
from tests.integration.camps.test_commitments import OF_ANOTHER, OF_PARTNER, at_the_camp, promise
from tests.integration.camps.test_experiences import captured, do
from tests.integration.camps.test_harvest import closed

__all__ = ["at_the_camp"]
ADDRESSES = {"per_1": "anna@region.example", "per_staff": "staff@institute.example", "per_coach": "coach@x.example"}


@pytest.fixture
def harvested(at_the_camp: CampsHarness) -> CampsHarness:
    """At the camp one partner was, and promised something; one experience is for partners and one for everybody."""
    at_the_camp.person("per_staff", partner_id=None, role="staff", email=ADDRESSES["per_staff"])
    at_the_camp.person("per_coach", partner_id=None, role="coach", email=ADDRESSES["per_coach"])
    at_the_camp.person("per_2", partner_id="prt_2", email="leader@other.example")
    promise(at_the_camp)
    share(at_the_camp, "partners", title="Read out at night")
    return at_the_camp


def share(camps: CampsHarness, visibility: str, scope: Answer = OF_PARTNER, **told: Any) -> Answer:
    reviewed = do(camps, "review_experience", captured(camps, scope, **told), STAFF)
    return do(camps, "share_experience", reviewed, scope, visibility=visibility, camp_id=camp_id(camps))


def camp_id(camps: CampsHarness) -> str:
    return str(camps.invitation_of("prt_1")["camp_id"])


def tell(camps: CampsHarness, owner: str = "test") -> None:
    claims = Claims(camps.store, collection="harvest_mailings", owner=owner, lease_seconds=30)
    tell_of_harvests(store=camps.store, claims=claims)


def told(camps: CampsHarness) -> list[Answer]:
    tell(camps)
    return [each["data"] for each in camps.published("camps.harvest.offered")]


def reopen(camps: CampsHarness) -> None:
    camps.command("reopen_camp", camp_id=camp_id(camps), version=None)


def close_again(camps: CampsHarness, **said: str) -> None:
    camps.command("close_camp", camp_id=camp_id(camps), version=None, **said)


def delegate_of(camps: CampsHarness) -> Answer:
    (delegate,) = camps.all("list_delegates")
    return delegate


def link(camps: CampsHarness, holder_id: str, email: str) -> str:
    digest = address_digest(email, of=holder_id)
    return KEYS.token(Capability(thing_id=camp_id(camps), holder_id=holder_id, address_digest=digest))


def read(camps: CampsHarness, token: str) -> Answer:
    return camps.call("show_harvest_by_link", token=token)


def test_who_was_there_who_leads_them_and_the_staff_are_told_once(harvested: CampsHarness) -> None:
    closed(harvested)
    for owner in ("one", "another"):
        tell(harvested, owner)

    readers = [(each["as_whom"], each["name"], each["partner_id"]) for each in told(harvested)]

    assert sorted(readers, key=str) == [
        ("delegate", "Bo", "prt_1"),
        ("leader", "Anna", "prt_1"),
        ("staff", "Anna", None),
    ]
    (first, *_) = told(harvested)
    assert (first["experiences"], first["lessons"], first["promises"], first["edition"]) == (1, 0, 1, 1)


def test_who_was_named_and_not_there_is_not_told(harvested: CampsHarness) -> None:
    recorded = harvested.all("list_attendances")[0]
    harvested.command("correct_attendance", attendance_id=recorded["id"], version=None, presence="absent")
    closed(harvested)

    assert [each["as_whom"] for each in told(harvested)] == ["staff"]


def test_whose_address_is_not_kept_any_more_is_not_told(harvested: CampsHarness) -> None:
    harvested.store.database["delegates"].update_many({}, {"$set": {"name": "", "email": ""}})
    closed(harvested)

    assert sorted(each["as_whom"] for each in told(harvested)) == ["leader", "staff"]


def test_closed_again_with_the_same_nobody_is_told_and_with_something_else_everybody(harvested: CampsHarness) -> None:
    closed(harvested)
    first = len(told(harvested))
    reopen(harvested)
    close_again(harvested)
    same = len(told(harvested))
    reopen(harvested)
    share(harvested, "public", title="A huddle")
    close_again(harvested)

    assert (first, same, [each["edition"] for each in told(harvested)]) == (3, 3, [1, 1, 1, 2, 2, 2])


def test_of_a_camp_of_which_nothing_came_out_nobody_is_told(at_the_camp: CampsHarness) -> None:
    at_the_camp.person("per_staff", partner_id=None, role="staff", email=ADDRESSES["per_staff"])
    closed(at_the_camp, nothing_to_publish="A storm sent everybody home")

    assert told(at_the_camp) == []


@pytest.mark.parametrize("holder_id", ["per_1", "per_staff", "the delegate"])
def test_a_partners_people_and_the_staff_read_all_that_is_shared(harvested: CampsHarness, holder_id: str) -> None:
    closed(harvested)
    delegate = delegate_of(harvested)
    holder = (holder_id, ADDRESSES[holder_id]) if holder_id in ADDRESSES else (delegate["id"], delegate["email"])

    shown = read(harvested, link(harvested, *holder))["ok"]

    assert (shown["kind"], shown["is_closed"], shown["everybodys_token"]) == ("partners", True, None)
    assert [each["title"] for each in shown["harvest"]["experiences"]] == ["Read out at night"]
    assert [each["what"] for each in shown["harvest"]["promises"]] == ["A checklist"]


def test_whoever_it_was_passed_on_to_reads_what_is_everybodys_alone(harvested: CampsHarness) -> None:
    origin = share(harvested, "partners", OF_ANOTHER, title="A huddle of few")
    share(harvested, "public", title="A huddle of all", based_on_id=origin["id"])
    closed(harvested)
    token = read(harvested, link(harvested, "per_1", ADDRESSES["per_1"]))["ok"]["everybodys_token"]

    shown = read(harvested, token)["ok"]

    assert (shown["kind"], shown["language"], shown["harvest"]) == ("public", None, None)
    assert [each["title"] for each in shown["experiences"]] == ["A huddle of all"]
    (credit,) = shown["experiences"][0]["credits"]
    assert (credit["partner_name"], credit["title"]) == ("Region prt_2", None)


def test_what_is_taken_back_is_there_no_more_for_whoever_has_the_link(harvested: CampsHarness) -> None:
    public = share(harvested, "public", title="A huddle")
    closed(harvested)
    token = read(harvested, link(harvested, "per_1", ADDRESSES["per_1"]))["ok"]["everybodys_token"]

    do(harvested, "take_experience_back", public, reason="A number in it is wrong")

    assert read(harvested, token)["ok"]["experiences"] == []


def test_a_guest_of_another_industry_reads_what_is_everybodys(harvested: CampsHarness) -> None:
    closed(harvested)
    delegate = delegate_of(harvested)
    harvested.store.database["delegates"].update_one({"_id": delegate["id"]}, {"$set": {"kind": "guest"}})

    shown = read(harvested, link(harvested, delegate["id"], delegate["email"]))["ok"]

    assert (shown["kind"], shown["harvest"], shown["experiences"]) == ("public", None, [])


def test_whose_partner_has_departed_reads_what_is_everybodys(harvested: CampsHarness) -> None:
    closed(harvested)
    harvested.hear("withdraw_open_invitations", sequence=9, partner_id="prt_1", reason="It was enough")

    shown = read(harvested, link(harvested, "per_1", ADDRESSES["per_1"]))["ok"]

    assert (shown["kind"], shown["harvest"]) == ("public", None)


@pytest.mark.parametrize(
    ("holder_id", "email"),
    [
        ("per_1", "old@region.example"),
        ("per_2", "leader@other.example"),
        ("per_coach", "coach@x.example"),
        ("per_unknown", "nobody@x.example"),
    ],
    ids=["another address", "a partner that was not there", "a coach who was not there", "nobody we know"],
)
def test_the_link_of_who_has_nothing_to_do_with_it_has_ended(
    harvested: CampsHarness, holder_id: str, email: str
) -> None:
    closed(harvested)

    assert read(harvested, link(harvested, holder_id, email))["fault"]["kind"] == "gone"


def test_the_link_of_a_delegate_ends_with_the_address_it_was_sent_to(harvested: CampsHarness) -> None:
    closed(harvested)

    assert (
        read(harvested, link(harvested, delegate_of(harvested)["id"], "old@region.example"))["fault"]["kind"] == "gone"
    )


def test_before_the_camp_is_over_and_of_something_else_there_is_no_harvest(harvested: CampsHarness) -> None:
    early = read(harvested, link(harvested, "per_1", ADDRESSES["per_1"]))["fault"]
    other = read(harvested, harvested.token())["fault"]

    assert (early["kind"], other["kind"]) == ("not_found", "not_found")


def test_a_camp_that_is_gathered_on_says_so(harvested: CampsHarness) -> None:
    closed(harvested)
    reopen(harvested)

    assert read(harvested, link(harvested, "per_1", ADDRESSES["per_1"]))["ok"]["is_closed"] is False
