"""Inquiries on the real database: one of each organisation, who sees what, and what an accepted one becomes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chassis.domain.capabilities import Capability, CapabilityKeys
from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import Store
from chassis.schemas.mail_addresses import address_digest
from services.partners.model.inquiry.inquiry_link import InquiryLinks
from services.partners.service import PartnersService
from services.partners.use_cases.inquiry_due import forget_inquirers, note_overdue_inquiries
from tests.builders.partners import PERIODS
from tests.service_harness import ServiceHarness

KEYS = CapabilityKeys(("x" * 32,))
ASA = {"organisation": "Region Skåne", "country": "SE", "contact_name": "Åsa Påhittad",
       "contact_email": "asa@skane.example", "language": "sv", "message": "We want to make care safer.",
       "focus_areas": ["safer_care"], "population": 1_400_000}  # fmt: skip
BO = {**ASA, "contact_name": "Bo Ek", "contact_email": "bo@skane.example", "message": "So do I.", "language": "en"}
ACCEPTED = {"outcome": "accepted", "reason": "Leaders have the will", "answer": "We would be glad.",
            "kind": "region", "scope_level": "regional", "zone": "Europe/Stockholm"}  # fmt: skip
ALMOST = {"outcome": "almost", "reason": "Leaders are about to change", "answer": "Ask again in a year."}
DAY = timedelta(days=1)
Answer = dict[str, Any]
PARTNER = {"subject": "lead", "organisation": "prt_1", "roles": ["partner_lead"]}


@pytest.fixture
def partners(store: Store) -> ServiceHarness:
    return ServiceHarness(PartnersService, store, inquiry_periods=PERIODS, inquiry_links=InquiryLinks(keys=KEYS))


def listed(partners: ServiceHarness) -> list[Answer]:
    items: list[Answer] = partners.command("list_inquiries")["items"]
    return items


def only(partners: ServiceHarness) -> Answer:
    (inquiry,) = listed(partners)
    return inquiry


def become(partners: ServiceHarness, operation: str, **said: Any) -> Answer:
    inquiry = max(listed(partners), key=lambda each: str(each["id"]))
    return partners.call(operation, inquiry_id=inquiry["id"], version=inquiry["version"], **said)


def closed(partners: ServiceHarness, decided: Answer = ALMOST) -> Answer:
    partners.command("make_inquiry", **ASA)
    for operation, said in (("screen_inquiry", {}), ("determine_inquiry", decided), ("close_inquiry", {})):
        answer = become(partners, operation, **said)
    done: Answer = answer["ok"]
    return done


def token(inquiry: Answer, email: str = "asa@skane.example") -> str:
    digest = address_digest(email, of=inquiry["id"])
    return KEYS.token(Capability(thing_id=inquiry["id"], holder_id=inquiry["id"], address_digest=digest))


def form(partners: ServiceHarness, inquiry: Answer) -> Answer:
    shown: Answer = partners.command("show_inquiry_by_link", token=token(inquiry))
    return shown


def said_by_link(partners: ServiceHarness, inquiry: Answer, **said: Any) -> Answer:
    nonce = form(partners, inquiry)["nonce"]
    return partners.call("answer_inquiry_by_link", token=token(inquiry), nonce=nonce, **said)


def test_the_first_of_an_organisation_and_a_second_one_are_answered_alike_and_are_one_inquiry(
    partners: ServiceHarness,
) -> None:
    answers = [partners.command("make_inquiry", **each) for each in (ASA, BO)]

    assert answers == [{"status": "received"}] * 2
    assert [each["text"] for each in only(partners)["messages"]] == ["We want to make care safer.", "So do I."]


def test_twenty_at_once_make_one_inquiry_and_none_of_what_they_say_is_lost(partners: ServiceHarness) -> None:
    asked = [{**ASA, "contact_email": f"{each}@skane.example", "message": f"I am {each}"} for each in range(20)]

    with ThreadPoolExecutor(5) as at_once:
        answers = list(at_once.map(lambda each: partners.call("make_inquiry", **each), asked))

    assert [each.get("ok") for each in answers] == [{"status": "received"}] * 20
    assert {each["text"] for each in only(partners)["messages"]} == {each["message"] for each in asked}


def filled(partners: ServiceHarness) -> None:
    """An inquiry that holds no more, and two messages of one address beside it."""
    partners.command("make_inquiry", **ASA)
    inquiries = partners.store.database["inquiries"]
    (kept,) = inquiries.find()
    inquiries.update_one({}, {"$set": {"messages": kept["messages"] * 50}})
    for message in ("Do not lose this.", "Nor this."):
        partners.command("make_inquiry", **{**BO, "message": message})


def test_of_what_is_asked_beyond_what_one_inquiry_holds_nothing_is_lost(partners: ServiceHarness) -> None:
    filled(partners)

    beside = partners.command("list_inquiry_messages", inquiry_id=only(partners)["id"])["items"]

    assert [each["text"] for each in beside] == ["Do not lose this.", "Nor this."]
    assert (only(partners)["further_messages"], {each["by"]["email"] for each in beside}) == (2, {"bo@skane.example"})
    assert len(partners.published("partners.inquiry.asked_again")) == 1


def test_what_is_kept_beside_an_inquiry_is_forgotten_with_it(partners: ServiceHarness) -> None:
    filled(partners)
    become(partners, "withdraw_inquiry", reason="They wrote so")
    partners.it_becomes(partners.store.clock() + 181 * DAY)

    forget_inquirers(store=partners.store, claims=claims_of(partners))

    assert only(partners)["further_messages"] == 0
    assert list(partners.store.database["inquiry_messages"].find()) == []


def test_what_is_asked_after_an_inquiry_was_closed_is_another_one_that_shows_what_was_said_then(
    partners: ServiceHarness,
) -> None:
    before = closed(partners)
    partners.command("make_inquiry", **{**ASA, "population": 1_500_000, "message": "Leaders have changed."})
    again = max(listed(partners), key=lambda each: str(each["id"]))

    (earlier,) = partners.command("show_earlier_inquiries", inquiry_id=again["id"])["earlier"]

    assert (earlier["inquiry_id"], earlier["different"]) == (before["id"], ["population"])
    assert (earlier["outcome"], earlier["reason"]) == ("almost", "Leaders are about to change")
    assert earlier["messages"] == ["We want to make care safer."]


def test_a_closed_inquiry_is_not_taken_up_again_beside_an_open_one(partners: ServiceHarness) -> None:
    before = closed(partners)
    partners.command("make_inquiry", **ASA)

    refused = partners.call("reopen_inquiry", inquiry_id=before["id"], version=None, reason="They asked for it")

    assert refused["fault"]["code"] == "another_inquiry_is_open"


def test_an_accepted_inquiry_becomes_a_proposed_partner_with_all_that_is_known(partners: ServiceHarness) -> None:
    inquiry = closed(partners, ACCEPTED)

    partner = partners.command("show_partner", partner_id=inquiry["partner_id"])

    assert (partner["state"], partner["inquiry_id"]) == ("proposed", inquiry["id"])
    assert (partner["name"], partner["country"], partner["continent"]) == ("Region Skåne", "SE", "europe")
    assert (partner["language"], partner["focus_areas"]) == ("sv", ["safer_care"])
    served = partner["population_served"]
    assert (served["people"], inquiry["id"] in served["source"]) == (1_400_000, True)


def test_who_made_an_accepted_inquiry_is_a_leader_of_its_partner_when_they_are_told(partners: ServiceHarness) -> None:
    inquiry = closed(partners, ACCEPTED)
    leaders = partners.command("list_people", partner_id=inquiry["partner_id"])["items"]

    (leader,) = leaders
    assert {name: leader[name] for name in LEADER} == LEADER
    team = partners.command("show_leadership", partner_id=inquiry["partner_id"])
    assert [each["person_id"] for each in team["leaders"]] == [leader["id"]]
    partners.command("admit_partner", partner_id=inquiry["partner_id"], version=None, **TERM)


def test_who_is_of_the_partner_already_is_put_on_record_once(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    become(partners, "screen_inquiry")
    inquiry = become(partners, "determine_inquiry", **ACCEPTED)["ok"]
    partners.command("add_person", partner_id=inquiry["partner_id"], **{**LEADER, "email": "ASA@skane.example"})

    for step in ("close_inquiry", "reopen_inquiry", "close_inquiry"):
        assert "ok" in become(partners, step, **({"reason": "A mistake"} if step == "reopen_inquiry" else {}))

    assert len(partners.command("list_people", partner_id=inquiry["partner_id"])["items"]) == 1


def test_who_is_not_accepted_is_put_on_no_record(partners: ServiceHarness) -> None:
    closed(partners, ALMOST)

    assert partners.command("list_people")["items"] == []


def test_what_an_inquirer_does_not_say_is_asked_of_who_accepts(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    become(partners, "screen_inquiry")

    refused = become(partners, "determine_inquiry", **{**ACCEPTED, "zone": None})

    assert refused["fault"]["fields"][0]["pointer"] == "/zone"


def test_an_inquiry_accepted_once_more_is_the_same_partners(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    become(partners, "screen_inquiry")
    first = become(partners, "determine_inquiry", **ACCEPTED)["ok"]
    become(partners, "take_back_determination", reason="Too soon")

    assert become(partners, "determine_inquiry", **ACCEPTED)["ok"]["partner_id"] == first["partner_id"]
    assert len(partners.command("list_partners")["items"]) == 1


LEADER = {"name": "Åsa Påhittad", "email": "asa@skane.example", "role": "leader", "language": "sv",
          "zone": "Europe/Stockholm"}  # fmt: skip
TERM = {"reasons": ["Leaders have the will"], "term_starts_on": "2026-07-01", "term_ends_on": "2029-06-30"}


def test_an_inquiry_whose_partner_was_admitted_is_neither_decided_otherwise_nor_withdrawn(
    partners: ServiceHarness,
) -> None:
    partners.command("make_inquiry", **ASA)
    become(partners, "screen_inquiry")
    inquiry = become(partners, "determine_inquiry", **ACCEPTED)["ok"]
    partners.command("add_person", partner_id=inquiry["partner_id"], **LEADER)
    partners.command("admit_partner", partner_id=inquiry["partner_id"], version=None, **TERM)

    refused = (
        become(partners, "take_back_determination", reason="Too soon"),
        become(partners, "withdraw_inquiry", reason="They wrote so"),
        said_by_link(partners, inquiry, action="withdraw"),
    )

    assert {each["fault"]["code"] for each in refused} == {"partner_is_in_the_programme"}
    assert only(partners)["state"] == "determination"


def test_who_made_an_inquiry_sees_how_far_it_is_and_nothing_of_what_is_said_inside(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    become(partners, "screen_inquiry")
    inquiry = become(partners, "determine_inquiry", **ALMOST)["ok"]

    shown = form(partners, inquiry)

    assert (shown["state"], shown["outcome"], shown["answer"]) == ("determination", None, None)
    assert "Leaders are about to change" not in str(shown)
    become(partners, "close_inquiry")
    assert (form(partners, inquiry)["outcome"], form(partners, inquiry)["answer"]) == ("almost", "Ask again in a year.")


def test_a_question_is_answered_by_the_link(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    become(partners, "screen_inquiry")
    become(partners, "ask_inquirer", question="How many hospitals are there?")
    inquiry = only(partners)

    assert form(partners, inquiry)["question"] == "How many hospitals are there?"
    assert said_by_link(partners, inquiry, action="inform", message="Ten.")["ok"] == {"state": "screening"}


def test_an_inquiry_is_withdrawn_by_the_link(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    inquiry = only(partners)

    assert said_by_link(partners, inquiry, action="withdraw")["ok"] == {"state": "withdrawn"}
    assert only(partners)["history"][-1]["by"] == inquiry["id"]


def test_a_form_is_good_once(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    inquiry = only(partners)
    old = {"token": token(inquiry), "nonce": form(partners, inquiry)["nonce"], "action": "inform", "message": "Ten."}

    assert "ok" in partners.call("answer_inquiry_by_link", **old)
    assert partners.call("answer_inquiry_by_link", **old)["fault"]["code"] == "form_outdated"


def test_who_asked_second_has_no_link_to_the_first_ones_inquiry(partners: ServiceHarness) -> None:
    partners.command("make_inquiry", **ASA)
    partners.command("make_inquiry", **BO)

    refused = partners.call("show_inquiry_by_link", token=token(only(partners), "bo@skane.example"))

    assert refused["fault"]["code"] == "link_ended"


@pytest.mark.parametrize(("category", "state", "becomes"), [
    ("inquiry_received", "sent", "acknowledged"),
    ("inquiry_received", "failed", "received"),
    ("inquiry_to_answer", "sent", "received"),
])  # fmt: skip
def test_an_inquiry_is_acknowledged_when_its_inquirer_has_the_letter_that_says_so(
    partners: ServiceHarness, category: str, state: str, becomes: str
) -> None:
    partners.command("make_inquiry", **ASA)
    about = {"about_id": only(partners)["id"], "category": category, "state": state}

    partners.hear("acknowledge_delivered_inquiry", **about)

    assert only(partners)["state"] == becomes


def claims_of(partners: ServiceHarness) -> Claims:
    return Claims(partners.store, collection="inquiries", owner="test", lease_seconds=30)


def test_by_the_clock_an_inquiry_is_overdue_once_and_its_inquirer_forgotten_once(partners: ServiceHarness) -> None:
    inquiry = closed(partners)
    partners.command("make_inquiry", **ASA)
    now = partners.store.clock()
    claims = claims_of(partners)
    partners.it_becomes(now + 181 * DAY)

    for step in (note_overdue_inquiries, forget_inquirers) * 2:
        partial(step, store=partners.store, claims=claims)()

    assert len(partners.published("partners.inquiry.overdue")) == 1
    (forgotten,) = partners.published("partners.inquiry.forgotten")
    assert forgotten["data"] == {"inquiry_id": inquiry["id"]}
    kept = str(partners.store.database["inquiries"].find_one({"_id": inquiry["id"]}))
    assert "Åsa" not in kept
    assert "asa@" not in kept
    assert "make care safer" not in kept


def test_inquiries_are_the_institutes_alone(partners: ServiceHarness) -> None:
    inquiry = closed(partners, ACCEPTED)
    lead = {**PARTNER, "organisation": inquiry["partner_id"]}

    for operation, asked in (("list_inquiries", {}), ("show_inquiry", {"inquiry_id": inquiry["id"]})):
        assert partners.call(operation, lead, **asked)["fault"]["kind"] == "forbidden"
