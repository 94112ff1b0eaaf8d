"""Random histories delivered out of order: every service ends in the state that the history in order leads to."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import nameko
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from nameko.cli.utils.config import load_config

from chassis.persistence.unit_of_work import INBOX
from chassis.runtime.config import flattened, validated
from cli.connection.services import services
from cli.connection.settings import every_section
from cli.local.parts import Parts
from tests.integration.histories.canonical_state import State, canonical_form, state_of
from tests.integration.histories.event_feed import EventFeed
from tests.integration.histories.generated_history import History, Partner, histories
from tests.integration.histories.service_expectations import EXPECTATIONS, ServiceExpectations
from tests.service_harness import ServiceHarness
from tests.waiting import own_store

CONFIG = Path(__file__).resolve().parents[3] / "config.yml"
SERVICES = services()
# The same histories in each run, and a failing one as it was found: to shrink one would take minutes.
some = settings(
    max_examples=12, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip

NOT_PLAYED_YET = {
    "partners": ("partners.", "engagements.", "camps.", "notifications."),
    "engagements": (
        "partners.person.erased",
        "partners.partner.graduated",
        "partners.person.moved",
        "engagements.",
        "partners.fit.",
        "partners.leadership.",
        "partners.faculty.",
        "camps.camp.cancelled",
        "camps.commitment.",
        "camps.industry_lesson.",
    ),
    "camps": (
        "partners.person.erased",
        "partners.partner.graduated",
        "partners.person.moved",
        "engagements.initiative.",
        "engagements.pdsa.",
        "engagements.measure.",
        "engagements.signal.",
        "camps.ask.",
        "camps.offer.",
        "camps.match.",
        "camps.delegate.",
    ),
    "notifications": (
        "partners.person.erased",
        "partners.partner.graduated",
        "partners.person.moved",
        "partners.fit.",
        "partners.assessment.",
        "partners.term.",
        "partners.partner.renew",
        "partners.partner.not_renewed",
        "partners.faculty_access.",
        "partners.candidacy.",
        "camps.session.",
        "camps.waitlist.closed",
        "camps.guest.",
        "camps.harvest.",
        "partners.inquiry.",
        "camps.ask.",
        "camps.match.",
        "camps.commitment.",
        "engagements.initiative.",
        "engagements.signal.",
        "engagements.milestone.propos",
        "engagements.engagement.will_",
        "engagements.engagement.coach_conflict_",
        "engagements.coaching.conflict_",
        "partners.connection.",
    ),
}
"""What no history has yet. That their order does not matter is shown by test_measurement, test_what_data_say,
test_results_to_share, test_sessions, test_live_evidence, test_camp_sessions, test_stalled_initiatives,
test_equity_gaps and test_stale_data, and by the properties of test_signals and test_equity_gaps in
unit/engagements/measurement.
Of how partners fit, and what they did, by test_fit of partners and of notifications, and test_proposed_objectives.
Of a graduation by test_departures of architecture: whatever hears of a departure hears of it, and does the same.
Of terms by test_terms of partners and of notifications.
Of leaders that change by test_will of unit/engagements and of notifications.
Of conflicts of interest by the property of test_conflict_of_interest in unit/engagements, and by test_coach_conflict of
notifications; of connections by test_connections of both; of the timeline by the property of test_timeline.
Of inquiries by test_letters_about_inquiries, in every order.
Of who is invited by name by test_letters_to_guests, of a waitlist that is closed by test_waitlist.
Of promises by test_commitment, test_commitments and test_promised_tests; of asks and offers by test_asks_and_offers and
test_help_matches; of lessons of other industries by
test_industry_lessons."""


def a_steady_partner(id: str) -> Partner:
    """One that is invited to the camp, or waits for seats of it."""
    leaders, milestones = (f"per_of_{id}",), (f"mst_of_{id}",)
    return Partner(id=id, leaders=leaders, late_people=(), milestones=milestones, delivery_states=())


THREE = (a_steady_partner("prt_1"), a_steady_partner("prt_2"), a_steady_partner("prt_3"))
"""More than a camp of four seats has room for, or one of nine as long as all take four."""


AT_A_CAMP = History(
    partners=(replace(THREE[0], delegate_changes=("named", "confirmed", "changed"), releases=3),), capacity=120,
    camp_changes=("changed", "postponed", "rescheduled"),
)  # fmt: skip
"""People who come by name to a camp that is moved, and are told of its programme again and again."""


@pytest.fixture(params=sorted(SERVICES))
def service(request: pytest.FixtureRequest, parts: Parts) -> Iterator[ServiceHarness]:
    """Each service in turn, with what it needs beside its store made from the settings."""
    given = {"AMQP_URI": parts.amqp_uri, "MONGO_URI": parts.mongo_uri, "SMTP_URI": parts.smtp_uri}
    given |= {"LINK_SECRET": "a secret of these histories alone"}
    with (
        CONFIG.open() as file,
        nameko.config.patch(validated(flattened(load_config(file)) | given, every_section())),
        own_store(parts.mongo_uri, envelope_fields={"partnerid": "partner_id"}) as store,
    ):
        harness = ServiceHarness(SERVICES[request.param], store)
        harness.inject_dependencies()
        yield harness


@pytest.mark.slow
@pytest.mark.timeout(600)  # some 30 000 transactions, which a busy machine takes its time for
@given(history=histories(), seed=st.integers(0, 2**32))
@example(history=History(partners=THREE, capacity=4), seed=1)
@example(history=History(partners=THREE, capacity=9), seed=2)
@example(history=History(partners=THREE, capacity=9, is_cancelled=True), seed=3)
@example(history=History(partners=(*THREE[:2], replace(THREE[2], changes=("departed",))), capacity=4), seed=4)
@example(history=AT_A_CAMP, seed=5)
@some
def test_a_history_told_in_disorder_ends_as_the_tidy_one(service: ServiceHarness, history: History, seed: int) -> None:
    actions = expectations_of(service).actions(history)

    tidy = ended(service, history, lambda feed: feed.deliver_in_order(actions))
    disorderly = ended(service, history, lambda feed: feed.deliver_out_of_order(actions, Random(seed)))

    assert canonical_form(disorderly) == canonical_form(tidy)


def test_every_event_that_a_service_hears_happens_in_these_histories(service: ServiceHarness) -> None:
    changes = ("paused", "profile_changed", "resumed", "departed")
    partner = Partner(
        id="prt_1", leaders=("per_1",), late_people=(("per_late", "improver"),), milestones=("mst_1", "mst_2", "mst_3"),
        delivery_states=(("uncertain", "sent"),), reopened=frozenset({"mst_1"}), coached=frozenset({"mst_2"}),
        retracted=frozenset({"mst_3"}),
        answers=("accepted", "tentative", "camp_changed", "declined", "answer_undone", "expired", "withdrawn"),
        changes=changes, returned=frozenset({"per_late"}), rescheduled=frozenset({"mst_1"}), dropped=("mst_4",),
        restored=frozenset({"mst_4"}),
        session_changes=("coach_left", "coach_returned", "moved", "handed_over", "cancelled"),
        gap_changes=("widened", "as_before", "narrowed"), lapses=("stale", "fresh", "stale", "excused"),
        engagement_changes=("coach_left", "coach_returned", "coach_changed", "paused", "resumed", "closed", "reopened"),
        reach=("unreachable", "reachable"), waits=("joined", "reduced", "left", "joined", "promoted"),
        delegate_changes=("named", "changed", "confirmed", "substituted", "withdrawn"), releases=2,
    )  # fmt: skip
    camp_changes = ("changed", "postponed", "rescheduled")
    history = History(partners=(partner, *THREE[1:]), capacity=4, camp_changes=camp_changes)
    feed = EventFeed(service, history)

    feed.deliver_in_order(expectations_of(service).actions(history))
    feed.conclude(expectations_of(service).answers(history))

    played = {type for type in service.hears if not type.startswith(NOT_PLAYED_YET.get(service.name, ()))}
    assert played <= feed.types


def ended(service: ServiceHarness, history: History, deliver: Callable[[EventFeed], None]) -> State:
    """Deliver a history to the emptied service, and give its state without what may depend on the order."""
    for name in service.store.database.list_collection_names():
        service.store.database[name].delete_many({})
    feed = EventFeed(service, history)
    deliver(feed)
    feed.conclude(expectations_of(service).answers(history))
    state = state_of(service.store)
    assert {row["_id"] for row in service.store.database[INBOX].find()} == feed.expected_inbox
    expectations_of(service).check(history, state)
    return expectations_of(service).order_independent(state, history)


def expectations_of(service: ServiceHarness) -> ServiceExpectations:
    return EXPECTATIONS.get(service.name, ServiceExpectations())
