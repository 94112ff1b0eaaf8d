"""A letter of which no message can be made: a mistake of ours, which staff sees and its recipient is not blamed for."""

from datetime import timedelta

from services.notifications.repository import Letters
from tests.integration.notifications.harness import NotificationsHarness


def forged(notifications: NotificationsHarness) -> None:
    """One letter, to a leader, that would be read with other headers than are meant."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.tell()
    other = {"$set": {"subject": "Well done\r\nBcc: all@example.org"}}
    notifications.store.database[Letters.collection].update_one({}, other)


def test_a_letter_that_would_be_read_with_other_headers_is_not_sent_and_needs_staff(
    notifications: NotificationsHarness,
) -> None:
    forged(notifications)
    now, letters = notifications.store.clock(), notifications.store.database[Letters.collection]
    assert letters.count_documents(dict(Letters.needs_staff.as_of(now))) == 0

    notifications.post()

    (kept,) = notifications.letters()
    assert (kept["state"], notifications.arrived()) == ("ready", [])
    assert "unwritable: Unwritable: Subject has a line break in it" in kept["trail"][-1]["detail"]
    assert letters.count_documents(dict(Letters.needs_staff.as_of(now))) == 1


def test_a_letter_that_could_never_be_written_does_not_make_its_recipient_unreachable(
    notifications: NotificationsHarness,
) -> None:
    forged(notifications)
    notifications.post()

    notifications.it_is(notifications.store.clock() + timedelta(days=6))
    notifications.post()

    assert (notifications.states(), notifications.unreachable()) == ({"failed"}, [])
