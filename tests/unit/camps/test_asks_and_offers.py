"""Every operation of asks, offers and matches is tried from every state; and what each says."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from services.camps.events.match import MatchReason
from services.camps.model.learning import ask, match_lifecycle, offer
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.match import (
    EndedBecause,
    Match,
    NotDeclinedByThem,
    NothingToMatch,
    NotOfTheMatch,
    OwnHelp,
    Refusal,
)
from services.camps.model.learning.match_lifecycle import MatchState
from services.camps.model.learning.notice import NoticeWithdrawal, NotInTheProgramme, WithdrawalKind
from services.camps.model.learning.notice_lifecycle import NoticeState
from services.camps.model.learning.offer import Offer
from tests.builders.help import SAID, a_match, a_partner, an_ask, an_offer
from tests.transition_walk import Try, Walk, refuse_unless, steps

JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
MOVED = NoticeWithdrawal(kind=WithdrawalKind.BY_HAND, reason="We found help", by="anna", at=JUNE)


def refusal(partner_id: str = "prt_2") -> Refusal:
    return Refusal(partner_id=partner_id, reason="Nobody is free", by="bo", at=JUNE)


def notices(noun: str) -> Mapping[str, Try]:
    return {
        f"change_{noun}": lambda it: it.change(words=None, text="Otherwise"),
        f"fulfil_{noun}": lambda it: it.fulfil(),
        f"withdraw_{noun}": lambda it: it.withdraw(MOVED),
        f"reopen_{noun}": lambda it: it.reopen(a_partner()),
    }


def match_that_is(state: str) -> Match:
    found = a_match(state=MatchState(state))
    found.accepted_by = ["prt_1", "prt_2"] if state == "accepted" else ["prt_1"]
    found.refusal = refusal() if state == "declined" else None
    return found


def ended(operation: str, because: EndedBecause, *, accepted_too: bool) -> Try:
    """The use case chooses which matches end."""

    def end(it: Match) -> None:
        chosen = it.state is MatchState.SUGGESTED or (accepted_too and it.state is MatchState.ACCEPTED)
        refuse_unless(chosen, match_lifecycle.TRANSITIONS, operation)
        it.end(because, by_partner_id="prt_1")

    return end


MATCHES: Mapping[str, Try] = {
    "suggest_match": lambda it: it.suggest_again(ask=an_ask(), offer=an_offer(), reasons=[]),
    "accept_match": lambda it: it.accept("prt_2"),
    "decline_match": lambda it: it.decline(refusal()),
    "reconsider_match": lambda it: it.reconsider("prt_2", ask=an_ask(), offer=an_offer()),
    "rest_matches": ended("rest_matches", EndedBecause.PARTNER_PAUSED, accepted_too=False),
    "fulfil_ask": ended("fulfil_ask", EndedBecause.ASK_FULFILLED, accepted_too=False),
    "withdraw_ask": ended("withdraw_ask", EndedBecause.ASK_WITHDRAWN, accepted_too=True),
}
AS_ANOTHER = (
    "fulfil_offer", "withdraw_offer", "withdraw_with_partner", "withdraw_of_earlier_admission",
    *match_lifecycle.BY_ITSELF,
)  # fmt: skip
OF_NOTICES = ("withdraw_with_partner", "withdraw_of_earlier_admission")
WALKS = (
    Walk(table=ask.TRANSITIONS, states=list(NoticeState), that_is=lambda state: an_ask(state=NoticeState(state)),
         tries=notices("ask"), as_another=OF_NOTICES),
    Walk(table=offer.TRANSITIONS, states=list(NoticeState), that_is=lambda state: an_offer(state=NoticeState(state)),
         tries=notices("offer"), as_another=OF_NOTICES),
    Walk(table=match_lifecycle.TRANSITIONS, states=list(MatchState), that_is=match_that_is, tries=MATCHES,
         as_another=AS_ANOTHER),
)  # fmt: skip


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set(), set(), set()]


@pytest.mark.parametrize("kind", [Ask, Offer])
def test_who_has_departed_asks_for_nothing_and_offers_nothing(kind: type[Ask] | type[Offer]) -> None:
    gone = a_partner(departed=True)
    with pytest.raises(NotInTheProgramme):
        kind.of(id="ask_1", partner=gone, words=[], said=SAID)
    with pytest.raises(NotInTheProgramme):
        (an_ask if kind is Ask else an_offer)(state=NoticeState.WITHDRAWN).reopen(gone)


def test_what_is_said_again_as_it_was_is_no_change() -> None:
    asked = an_ask()

    assert not asked.change(words=[], title=SAID["title"], topics=["huddles"])
    assert asked.recorded == []


def test_an_ask_that_is_opened_again_is_of_the_admission_that_its_partner_is_in() -> None:
    asked = an_ask(state=NoticeState.WITHDRAWN, withdrawal=MOVED)

    asked.reopen(a_partner(admission_number=2))

    assert (asked.state, asked.withdrawal, asked.admission_number) == ("open", None, 2)


def test_nobody_is_matched_with_itself_or_about_what_stands_no_more() -> None:
    with pytest.raises(OwnHelp):
        Match.suggest(id="mat_1", ask=an_ask(), offer=an_offer(partner_id="prt_1"), reasons=[])
    fulfilled, withdrawn = an_ask(state=NoticeState.FULFILLED), an_offer(state=NoticeState.WITHDRAWN)
    for asked, offered in ((fulfilled, an_offer()), (an_ask(), withdrawn)):
        with pytest.raises(NothingToMatch):
            Match.suggest(id="mat_1", ask=asked, offer=offered, reasons=[])


def test_two_are_connected_once_both_accept_whoever_is_first_and_however_often() -> None:
    for first, second in (("prt_1", "prt_2"), ("prt_2", "prt_1")):
        found = a_match()

        news = [found.accept(first), found.accept(first), found.accept(second)]

        assert (news, found.state) == ([True, False, True], "accepted")
        assert [(event.type, event.by_partner_id) for event in said(found)] == [("camps.ask.matched", second)]


def test_a_third_partner_has_no_say() -> None:
    with pytest.raises(NotOfTheMatch):
        a_match().accept("prt_3")
    with pytest.raises(NotOfTheMatch):
        a_match().decline(refusal("prt_3"))


def test_who_declined_takes_it_back_and_the_other_accepts_still() -> None:
    found = a_match()
    found.accept("prt_1")
    found.decline(refusal("prt_2"))
    with pytest.raises(NotDeclinedByThem):
        found.reconsider("prt_1", ask=an_ask(), offer=an_offer())

    found.reconsider("prt_2", ask=an_ask(), offer=an_offer())
    found.accept("prt_2")

    assert (found.state, found.refusal) == ("accepted", None)
    assert [event.type for event in said(found)] == [
        "camps.match.declined", "camps.match.suggested", "camps.ask.matched",
    ]  # fmt: skip


@pytest.mark.parametrize("was_accepted", [True, False])
def test_what_ends_says_whether_both_had_accepted(was_accepted: bool) -> None:
    ways: tuple[Try, ...] = (
        lambda it: it.decline(refusal()),
        lambda it: it.end(EndedBecause.ASK_WITHDRAWN, by_partner_id="prt_1"),
    )
    for how in ways:
        found = match_that_is("accepted" if was_accepted else "suggested")
        how(found)

        (event,) = said(found)
        assert event.was_accepted is was_accepted


def test_what_fits_no_more_ends_and_what_the_institute_suggested_does_not() -> None:
    asked, offered = an_ask(title="Falls"), an_offer()
    by_itself, by_hand = a_match(), a_match()
    by_hand.reasons = [MatchReason(kind="by_hand", what="You met")]

    by_itself.weigh(ask=asked, offer=offered, reasons=[])
    by_hand.weigh(ask=asked, offer=offered, reasons=[])

    assert (by_itself.state, by_itself.ended_because) == ("ended", "no_longer_fits")
    assert (by_hand.state, by_hand.ask_title, by_hand.reasons[0].kind) == ("suggested", "Falls", "by_hand")


def said(found: Match) -> list[Any]:
    return list(found.recorded)
