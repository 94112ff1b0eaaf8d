from hypothesis import given
from hypothesis import strategies as st

from services.notifications.model.copied import Recipient
from tests.builders.notifications import a_recipient


def test_what_nobody_told_us_before_is_news() -> None:
    assert a_recipient(seen_sequence=1).is_news_to(None)


def test_an_older_event_that_comes_late_is_no_news() -> None:
    known = a_recipient(seen_sequence=3)

    assert not a_recipient(seen_sequence=2).is_news_to(known)
    assert not a_recipient(seen_sequence=3).is_news_to(known)


@given(st.lists(st.integers(1, 9), min_size=1))
def test_in_whatever_order_events_are_heard_the_latest_is_kept(sequences: list[int]) -> None:
    kept: Recipient | None = None

    for sequence in sequences:
        heard = a_recipient(seen_sequence=sequence)
        kept = heard if heard.is_news_to(kept) else kept

    assert kept == a_recipient(seen_sequence=max(sequences))
