"""The timeline of a partner on the real database: what happened in all services, once, heard in whatever order."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import INBOX, Store
from services.partners.service import PartnersService
from tests.service_harness import Answer, ServiceHarness, an_event

ITS_LEAD: Answer = {"subject": "leader", "roles": ["partner_lead"]}
TOLD: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("engagements.engagement.activated", "2026-06-02T09:00:00.000Z", {"activated_on": "2026-01-15"}),
    ("engagements.milestone.reached", "2026-06-03T09:00:00.000Z", {"title": "First ward", "reached_on": "2026-02-01"}),
    ("camps.invitation.issued", "2026-06-03T09:00:01.000Z", {}),
    ("camps.invitation.declined", "2026-06-04T23:30:00.000Z", {"reason": "An election that week"}),
    ("engagements.milestone.reopened", "2026-06-05T09:00:00.000Z", {"title": "First ward", "reason": "Too early"}),
    ("notifications.follow_up.due", "2026-06-06T09:00:00.000Z", {}),
)
IN_ORDER = [
    ("notifications.follow_up.due", "2026-06-06"),
    ("engagements.milestone.reopened", "2026-06-05"),
    ("camps.invitation.declined", "2026-06-05"),
    ("camps.invitation.issued", "2026-06-03"),
    ("engagements.milestone.reached", "2026-02-01"),
    ("engagements.engagement.activated", "2026-01-15"),
]
"""The newest first; half past eleven at night in UTC is the next day in Stockholm."""


class TimelineHarness(ServiceHarness):
    """Partners with a database of its own and one partner in Stockholm."""

    def __init__(self, store: Store) -> None:
        super().__init__(PartnersService, store)
        self.partner_id = self.a_partner()

    def a_partner(self) -> str:
        described = {
            "name": uuid4().hex, "country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region",
            "scope_level": "regional", "focus_areas": ["safer_care"],
        }  # fmt: skip
        id: str = self.command("propose_partner", **described)["id"]
        return id

    def tell(self, event: Envelope, **data: Any) -> None:
        self.react("note_on_timeline", event, {"partner_id": self.partner_id, **data})

    def timeline(self, **asked: Any) -> list[Answer]:
        items: list[Answer] = self.call("list_timeline", partner_id=self.partner_id, **asked)["ok"]["items"]
        return items

    def days(self, **asked: Any) -> list[tuple[str, str]]:
        return [(each["kind"], each["happened_on"]) for each in self.timeline(**asked)]


@pytest.fixture
def partners(store: Store) -> TimelineHarness:
    return TimelineHarness(store)


def test_who_moves_does_so_on_the_timelines_of_both_partners_once(partners: TimelineHarness) -> None:
    there, moved = partners.a_partner(), an_event(id="evt_9", type="partners.person.moved")

    for _ in range(2):
        partners.tell(moved, former_partner_id=there, moved_on="2026-05-04", left_on="2026-05-01")
        partners.store.database[INBOX].delete_many({})
    entries = [partners.timeline(), partners.call("list_timeline", partner_id=there)["ok"]["items"]]

    assert [[(each["event_id"], each["happened_on"]) for each in those] for those in entries] == [
        [("evt_9", "2026-05-04")], [("evt_9", "2026-05-04")],
    ]  # fmt: skip


def test_what_two_partners_do_stands_on_the_timelines_of_both_once_and_is_the_institutes(
    partners: TimelineHarness,
) -> None:
    there, made = partners.a_partner(), an_event(id="evt_9", type="partners.connection.made")
    its_lead = {**ITS_LEAD, "organisation": partners.partner_id}

    for _ in range(2):
        partners.tell(made, partner_id=None, partner_ids=[there, partners.partner_id], starts_on="2026-05-04")
        partners.store.database[INBOX].delete_many({})
    entries = [partners.timeline(), partners.call("list_timeline", partner_id=there)["ok"]["items"]]

    assert [[(each["event_id"], each["happened_on"]) for each in those] for those in entries] == [
        [("evt_9", "2026-05-04")], [("evt_9", "2026-05-04")],
    ]  # fmt: skip
    assert partners.timeline(scope=its_lead) == []


def test_the_days_of_its_term_are_on_the_timeline_of_a_partner_without_when_its_renewal_is_due(
    partners: TimelineHarness,
) -> None:
    for number, key in enumerate(("anniversary", "renewal_due", "ended")):
        partners.tell(an_event(id=f"evt_{number}", type=f"partners.term.{key}"), on=f"2026-05-0{number + 1}")
    its_lead = {**ITS_LEAD, "organisation": partners.partner_id}

    assert partners.days(scope=its_lead) == [
        ("partners.term.ended", "2026-05-03"), ("partners.term.anniversary", "2026-05-01"),
    ]  # fmt: skip


def event_of(number: int) -> tuple[Envelope, dict[str, str]]:
    type, time, data = TOLD[number]
    return replace(an_event(id=f"evt_{number}", type=type), time=time), data


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(copies=st.lists(st.integers(0, len(TOLD) - 1), max_size=3), data=st.data())
def test_a_timeline_is_the_same_in_whatever_order_and_however_often_events_are_heard(
    partners: TimelineHarness, copies: list[int], data: st.DataObject
) -> None:
    for collection in ("timeline", INBOX):
        partners.store.database[collection].delete_many({})

    for number in data.draw(st.permutations([*range(len(TOLD)), *copies])):
        event, told = event_of(number)
        partners.tell(event, **told)

    assert partners.days() == IN_ORDER


def test_what_happened_is_told_with_why_by_whom_and_what_it_followed_from(partners: TimelineHarness) -> None:
    declined = an_event(id="evt_9", type="camps.invitation.declined", history=True)
    partners.tell(replace(declined, subject="inv_1", causationid="evt_8", actor="leader"), reason="An election")

    (happened,) = partners.timeline()

    assert happened == {
        "event_id": "evt_9", "kind": "camps.invitation.declined", "about_id": "inv_1", "title": None,
        "what": "The partner declined an invitation to a camp.", "happened_on": "2026-06-01",
        "said_at": "2026-06-01T09:00:00.000Z", "reason": "An election", "by": "leader",
        "correlation_id": "req_test", "causation_id": "evt_8", "entered_as_history": True,
    }  # fmt: skip


def test_what_is_heard_again_to_fill_in_what_was_before_stands_there_once(partners: TimelineHarness) -> None:
    event, told = event_of(1)
    partners.tell(event, **told)
    partners.store.database[INBOX].delete_many({})
    partners.tell(event, **told)

    assert len(partners.timeline()) == 1


def test_a_partner_reads_its_own_timeline_without_what_is_internal_and_no_other(partners: TimelineHarness) -> None:
    for number in range(len(TOLD)):
        event, told = event_of(number)
        partners.tell(event, **told)
    its_lead = {**ITS_LEAD, "organisation": partners.partner_id}

    assert partners.days(scope=its_lead) == IN_ORDER[1:]
    other = {**ITS_LEAD, "organisation": partners.a_partner()}
    assert partners.call("list_timeline", other, partner_id=partners.partner_id)["fault"]["kind"] == "not_found"


def test_a_timeline_is_read_a_page_at_a_time(partners: TimelineHarness) -> None:
    for number in range(len(TOLD)):
        event, told = event_of(number)
        partners.tell(event, **told)

    first = partners.call("list_timeline", partner_id=partners.partner_id, limit=4)["ok"]
    assert partners.days(limit=4) == IN_ORDER[:4]
    assert partners.days(limit=4, cursor=first["next_cursor"]) == IN_ORDER[4:]


def test_what_became_of_its_inquiry_is_on_the_timeline_of_a_partner_and_the_institutes_own_people_are_on_none(
    partners: TimelineHarness,
) -> None:
    partners.react("note_inquiry_on_timeline", an_event(type="partners.inquiry.received"), {"inquiry_id": "inq_1"})
    partners.react("note_inquiry_on_timeline", an_event(id="evt_2", type="partners.inquiry.received"),
                   {"inquiry_id": "inq_2"})  # fmt: skip
    partners.tell(an_event(id="evt_3", type="partners.person.joined"), partner_id=None)
    partners.store.database["partners"].update_one({"_id": partners.partner_id}, {"$set": {"inquiry_id": "inq_1"}})

    assert [each["event_id"] for each in partners.timeline()] == ["evt_1"]
    assert partners.timeline(scope={**ITS_LEAD, "organisation": partners.partner_id}) == []
