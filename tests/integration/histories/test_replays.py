"""Every reaction hears every event once more, as if for the first time: nothing is created or told twice."""

from collections.abc import Mapping

from chassis.persistence.unit_of_work import INBOX, OUTBOX
from tests.integration.histories.canonical_state import BOOKKEEPING
from tests.integration.histories.event_feed import EventFeed
from tests.integration.histories.generated_history import History, Partner
from tests.integration.histories.service_expectations import EXPECTATIONS, ServiceExpectations
from tests.integration.histories.test_histories import service
from tests.service_harness import ServiceHarness

__all__ = ["service"]
CHANGES = ("paused", "profile_changed", "resumed")


def a_partner(
    id: str, *, answers: tuple[str, ...], changes: tuple[str, ...], engagement_changes: tuple[str, ...]
) -> Partner:
    return Partner(
        id=id, leaders=(f"per_{id}",), late_people=((f"per_late_{id}", "improver"),),
        milestones=(f"mst_{id}_1", f"mst_{id}_2"), delivery_states=(("uncertain", "sent"),),
        reopened=frozenset({f"mst_{id}_1"}), coached=frozenset({f"mst_{id}_2"}), answers=answers, changes=changes,
        engagement_changes=engagement_changes, session_changes=("coach_left", "moved", "handed_over", "cancelled"),
        rescheduled=frozenset({f"mst_{id}_2"}), gap_changes=("widened", "as_before", "widened"), lapses=("stale",),
        returned=frozenset({f"per_late_{id}"}), delegate_changes=("named", "changed", "confirmed"), releases=2,
    )  # fmt: skip


def test_a_replay_of_every_reaction_creates_nothing_twice_and_writes_no_letter_twice(service: ServiceHarness) -> None:
    partners = (
        a_partner("prt_1", answers=("accepted", "tentative", "declined", "answer_undone"), changes=CHANGES,
                  engagement_changes=("coach_left", "coach_returned", "coach_changed", "closed", "reopened")),
        a_partner("prt_2", answers=("expired", "withdrawn"), changes=(*CHANGES, "departed"),
                  engagement_changes=("coach_left", "closed")),
    )  # fmt: skip
    history = History(partners=partners, capacity=120, camp_changes=("changed", "postponed", "rescheduled"))
    expectations = EXPECTATIONS.get(service.name, ServiceExpectations())
    feed = EventFeed(service, history)
    feed.deliver_in_order(expectations.actions(history))
    feed.conclude(expectations.answers(history))
    before, said = things(service), created(service)

    service.store.database[INBOX].delete_many({})
    feed.deliver_again()

    assert things(service) == before
    assert created(service) == said


def things(service: ServiceHarness) -> Mapping[str, set[str]]:
    """Everything there is, letters too, by its id."""
    database = service.store.database
    kept = set(database.list_collection_names()) - BOOKKEEPING
    return {name: {row["_id"] for row in database[name].find({}, {"_id": 1})} for name in kept}


def created(service: ServiceHarness) -> set[str]:
    """The subjects of everything that was published: something new would be one more."""
    return {row["subject"] for row in service.store.database[OUTBOX].find({}, {"subject": 1})}
