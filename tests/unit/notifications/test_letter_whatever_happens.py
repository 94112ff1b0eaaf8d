"""Whatever happens to a letter, in whichever order: it is settled once, and never sent while anybody may have it."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.events import DeliverySettled
from services.notifications.model.letter import Answer, Outcome
from services.notifications.model.letter_lifecycle import TRANSITIONS, LetterState
from tests.builders.notifications import WRITTEN_AT, a_letter

MINUTE = timedelta(minutes=1)
SETTLED = (LetterState.SENT, LetterState.FAILED, LetterState.CANCELLED)
LATER = WRITTEN_AT + timedelta(seconds=2)


def answered(outcome: Outcome, detail: str = "as the server put it") -> Answer:
    return Answer(outcome=outcome, detail=detail)


HAPPENINGS = st.lists(st.one_of(st.sampled_from(["begin", "cancel"]), st.sampled_from(list(Outcome))), max_size=30)


@given(HAPPENINGS)
def test_whatever_happens_a_letter_is_settled_once_and_then_left_alone(happenings: list[str]) -> None:
    letter, accepted, at = a_letter(), 0, WRITTEN_AT

    for happening in happenings:
        at += MINUTE
        settled = letter.state in SETTLED
        before = (letter.state, len(letter.trail))
        began = letter.begin_sending(at=at) if happening == "begin" else False
        heard = letter.take_answer(answered(Outcome(happening)), at=at) if happening in list(Outcome) else False
        heard = letter.cancel("…", at=at) if happening == "cancel" else heard
        accepted += heard and happening == Outcome.ACCEPTED
        assert not (settled and (began or heard))
        assert (letter.state, len(letter.trail)) == before or began or heard

    news = [type(event) for event in letter.recorded]
    assert accepted <= 1
    assert news.count(DeliverySettled) == (letter.state in SETTLED)
    assert DeliverySettled not in news[:-1]


@given(HAPPENINGS)
def test_a_letter_is_never_begun_while_anybody_may_have_it(happenings: list[str]) -> None:
    letter = a_letter()

    for happening in happenings:
        may_be_out = letter.state is not LetterState.READY
        if happening == "begin":
            assert not (letter.begin_sending(at=LATER) and may_be_out)
        elif happening == "cancel":
            letter.cancel("…", at=LATER)
        else:
            letter.take_answer(answered(Outcome(happening)), at=LATER)


@given(HAPPENINGS)
def test_a_letter_changes_its_state_only_as_the_table_says(happenings: list[str]) -> None:
    letter, possible = (
        a_letter(),
        {(before, after) for row in TRANSITIONS for before in row.from_states for after in row.to},
    )

    for happening in happenings:
        if happening == "begin":
            letter.begin_sending(at=LATER)
        elif happening == "cancel":
            letter.cancel("…", at=LATER)
        else:
            letter.take_answer(answered(Outcome(happening)), at=LATER)

    states = [step.state for step in letter.trail]
    assert set(pairwise(states)) <= possible
