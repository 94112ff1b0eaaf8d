"""What notifications ends with, whatever the order: letters and follow-ups of which it is sure, and checks of them.

What is undone before it arrives may leave no trace; late leaders may be unknown yet.
"""

from collections import Counter
from functools import cached_property

from chassis.persistence.unit_of_work import Document
from tests.integration.histories.canonical_state import State, without
from tests.integration.histories.generated_history import History, Partner
from tests.integration.histories.partner_at_camp import OF_COMING, OF_PROGRAMMES
from tests.integration.histories.published_event import COACH, SUCCESSOR

ALERTS = ("milestone_at_risk", "milestone_missed")
ASKED = ("follow_up", "follow_up_reopened")
"""Letters that ask a coach to follow up: the second, when it was heard first that it is done."""
OF_DATA = ("equity_gap_widened", "data_late")
TO_THE_COACH = (*ASKED, "coaching_taken_over", *ALERTS, *OF_DATA)
"""Letters to whoever leads an engagement when they are written, of late data also to the leaders, unless it rests or
has ended."""
OF_STANDING = {"paused": "coaching_paused", "resumed": "coaching_resumed", "reopened": "coaching_resumed",
               "closed": "coaching_ended"}  # fmt: skip
"""What the coach is told by the event that tells where the engagement stands."""
PASSING = ("notifications.follow_up.reassigned", "notifications.follow_up.reopened")
"""What is published of a follow-up only if it was closed, or another's, before: the rest of it is compared."""
CLOSING = ("notifications.follow_up.completed", "notifications.follow_up.cancelled")
"""What is published of a follow-up that was closed, of one that is open again only if it was heard to be closed."""
LISTING = ("coach_wanted", "coaching_resumed")
"""Letters that list what is open when they are written."""
NEED = ("coach_left", "coach_returned")
"""What is published of a session's coach, and tells nothing of when it is."""
FOR_DIARIES = ("diary_entry", "diary_cancelled")
OF_WORK = ("work_paused", "work_resumed")
"""Letters that the news of a whole partnership overtakes."""


def order_independent_notifications(state: State, history: History) -> State:
    """Letters to those who lead a partner since it was admitted are written once; to others, if they are known."""
    written = [(each["occasion"], each["recipient_id"]) for each in state.get("letters", [])]
    assert len(set(written)) == len(written)
    sure = WhatIsSure(state, history)
    # How often diaries were told something depends on the order; test_diaries shows what they have in the end.
    return without(state, "calendar_entries") | {
        "letters": sure.letters(),
        "follow_ups": sure.follow_ups(),
        "engagements": sure.engagements(),
        "milestones": sure.milestones(),
        "data_watches": sure.data_watches(),
        "invitations": [_without_offer(each) for each in state.get("invitations", [])],
        "camps": [without(each, "terms") if each["is_postponed"] else each for each in state.get("camps", [])],
        "events": sure.events(),
    }


class WhatIsSure:
    """The part of a state that is the same in whatever order the events of a history are heard."""

    def __init__(self, state: State, history: History) -> None:
        self._state, self._partners = state, history.partners

    @cached_property
    def _handed(self) -> set[str]:
        """The partners whose coaching another coach took over: what is open then is listed in that one's letter."""
        return {partner.id for partner in self._partners if partner.has_a_successor}

    @cached_property
    def _stirred(self) -> set[str]:
        """Those whose work rested or ended: what is open when it goes on is listed in a letter."""
        return {partner.id for partner in self._partners if partner.happens_to_engagement(*OF_STANDING)}

    @cached_property
    def _reopened(self) -> set[str]:
        return {partner.id for partner in self._partners if _may_open_again(partner)}

    @cached_property
    def _in_the_news(self) -> set[str]:
        return {partner.id for partner in self._partners if set(partner.changes) - {"profile_changed"}}

    @cached_property
    def _undone(self) -> set[str]:
        """The ids of what may never have been made: cancelled letters and follow-ups, but those sure to have been."""
        sure = {id for partner in self._partners for id in _ended_with_the_engagement(partner)}
        letters = {each["_id"] for each in self._of("letters") if each["state"] == "cancelled"}
        return letters | {
            each["_id"]
            for each in self._of("follow_ups")
            if each["state"] == "cancelled" and each["milestone_id"] not in sure
        }

    @cached_property
    def _asked_again(self) -> set[str]:
        """The follow-ups of milestones whose session was retracted."""
        retracted = {id for partner in self._partners for id in partner.retracted}
        return {each["_id"] for each in self._of("follow_ups") if each["milestone_id"] in retracted}

    def letters(self) -> list[Document]:
        return [_without_trail(each) for each in self._of("letters") if self._is_written_in_any_order(each)]

    def _is_written_in_any_order(self, letter: Document) -> bool:
        partner, category = letter["partner_id"], letter["category"]
        return not (
            letter["recipient_id"].startswith("per_late")
            or letter["_id"] in self._undone
            or (partner in self._handed | self._stirred and category in TO_THE_COACH)
            or (partner in self._in_the_news and category in OF_WORK)
            or (category in ASKED and letter["about_id"] in self._asked_again)
            or category in FOR_DIARIES  # whose diary had it then depends on the order
        )

    def follow_ups(self) -> list[Document]:
        return [
            _however_often(_whoever_coaches(each, self._handed), self._reopened)
            for each in self._of("follow_ups")
            if each["_id"] not in self._undone
        ]

    def engagements(self) -> list[Document]:
        """Nobody is introduced to who has departed, so whether one was before depends on the order."""
        departed = {partner.engagement_id for partner in self._partners if partner.departs}
        return [
            without(each, "introduced_sequence") if each["_id"] in departed else each
            for each in self._of("engagements")
            if each["coach_sequence"] or each["need_sequence"]
        ]

    def milestones(self) -> list[Document]:
        told = ("reopened_sequence", "rescheduled_sequence", "sessions")
        return [each for each in self._of("milestones") if any(each[name] for name in told)]

    def data_watches(self) -> list[Document]:
        """While an engagement rests, that its data are late may be heard in vain."""
        return [each for each in self._of("data_watches") if each["_id"].partition("_of_")[2] not in self._stirred]

    def events(self) -> list[Document]:
        return [
            _said_however_often(_said_whoever_coaches(each, self._handed), self._reopened)
            for each in self._of("events")
            if self._is_said_in_any_order(each)
        ]

    def _is_said_in_any_order(self, event: Document) -> bool:
        closes_again = event["type"] in CLOSING and event["data"]["partner_id"] in self._reopened
        return not (event["subject"] in self._undone or event["type"] in PASSING or closes_again)

    def _of(self, kind: str) -> list[Document]:
        return self._state.get(kind, [])


def _whoever_coaches(document: Document, handed: set[str]) -> Document:
    """Who is to follow up in the end is checked by itself; who was to before depends on the order."""
    return without(document, "coach_id", "sequence") if document.get("partner_id") in handed else document


def _however_often(follow_up: Document, reopened: set[str]) -> Document:
    """Whether it was closed before it was open again, and is so for a reason, depends on the order."""
    is_open = ("reason",) if follow_up["state"] in ("planned", "resting") else ()
    return without(follow_up, "sequence", *is_open) if follow_up["partner_id"] in reopened else follow_up


def _said_however_often(event: Document, reopened: set[str]) -> Document:
    return without(event, "sequence") if event["data"].get("partner_id") in reopened else event


def _said_whoever_coaches(event: Document, handed: set[str]) -> Document:
    """Whether a follow-up was another's before, and so how many events it has, depends on the order."""
    if not event["type"].startswith("notifications.follow_up.") or event["data"]["partner_id"] not in handed:
        return event
    return without(event, "sequence") | {"data": without(event["data"], "coach_id")}


def _without_trail(letter: Document) -> Document:
    """Its first address, its cause among equal events, which follow-ups were open, and who held a session then.

    Also whether it was written because somebody is named, or anew because their camp is otherwise.
    """
    lists_follow_ups = ("body",) if letter["category"] in LISTING else ()
    told_anew = ("occasion", "about_sequence") if letter["category"] in OF_COMING else ()
    names_the_coach = ("subject", "body") if letter["about_id"].startswith("cos_of_") else ()
    return without(letter, "trail", "origin", "calendar", *lists_follow_ups, *names_the_coach, *told_anew)


def _without_offer(invitation: Document) -> Document:
    """An end supersedes earlier events, an answer the one before it, an offer or a wait what was before."""
    if not invitation["ended_sequence"]:
        since = max(invitation["offered_sequence"], invitation["waiting_sequence"])
        left = ("answered_sequence",) if invitation["answered_sequence"] < since else ()
        return without(invitation, "comes", "left_open_sequence", "waiting_sequence", "fewer_sequence", *left)
    return {name: invitation[name] for name in ("_id", "ended_sequence")}


# --- what must be there in the end, by the history itself ---


def check_notifications(history: History, state: State) -> None:
    standing = [each for each in state["letters"] if each["state"] != "cancelled"]
    about = Counter((each["category"], each["recipient_id"]) for each in standing)
    ends = {each["milestone_id"]: each["state"] for each in state.get("follow_ups", []) if each["state"] != "cancelled"}
    assert ends == {id: end for partner in history.partners for id, end in _follow_ups_of(partner).items()}
    _check_letters_to_coaches(history, standing)
    _check_letters_about_data(history, standing)
    _check_successions(history, state, about)
    for partner in history.partners:
        staying = 0 if partner.departs else 1
        invitations = 0 if {"withdrawn", "expired"} & set(partner.answers) else staying
        for leader in partner.leaders:
            counted = tuple(about[category, leader] for category in ("welcome", "milestone"))
            assert counted == (staying, len(partner.milestones) - len(partner.reopened))
            assert about["invitation", leader] + about["camp_changed", leader] == invitations
            in_the_end = [about[f"waitlist_{each}", leader] for each in ("offer", "left", "joined", "reduced")]
            ends = ("promoted", "left", "reduced")
            assert in_the_end == [*(staying * (partner.waits[-1] == each) for each in ends), 0]
            _check_sessions(partner, about, leader)
        told = [each for each in (*OF_COMING, *OF_PROGRAMMES) for _ in range(about[each, partner.delegate_id])]
        is_postponed = history.camp_changes[-1:] == ("postponed",)
        assert told == ([] if partner.departs else partner.letters_to_who_comes(is_postponed=is_postponed))
    lasting = [each for each in standing if each["category"] not in FOR_DIARIES]  # which concern one address alone
    assert {each["to"] for each in lasting if each["recipient_id"] in _moved(history)} == {
        f"{id}@moved.example" for id in _moved(history)
    }


def _check_letters_to_coaches(history: History, standing: list[Document]) -> None:
    about = Counter((each["partner_id"], each["category"]) for each in standing)
    for partner in history.partners:
        counts = [about[partner.id, alert] for alert in ALERTS]
        told = {category: about[partner.id, category] for category in OF_STANDING.values()}
        if not partner.happens_to_engagement(*OF_STANDING):
            assert counts == [0, len(partner.rescheduled & partner.reopened) + len(partner.restored)]
            planned = list(_follow_ups_of(partner).values()).count("planned")
            asked = sum(about[partner.id, category] for category in ASKED)
            assert partner.has_a_successor or asked == planned
        elif partner.engagement_standing != "open":
            assert counts == [0, 0]
            assert [about[partner.id, category] for category in ASKED] == [0, 0]
        assert max(counts, default=0) <= len([*partner.milestones, *partner.restored])
        last = [OF_STANDING[change] for change, _ in partner.engagement_life if change in OF_STANDING][-1:]
        assert [category for category, count in told.items() for _ in range(count)] == last


def _check_letters_about_data(history: History, standing: list[Document]) -> None:
    """What the data said last is told once, to the coach, and to each leader who is asked for data; a correction never.

    Nobody has any of these letters yet, so that none needs to be taken back.
    """
    told = Counter((each["partner_id"], each["category"], each["recipient_id"]) for each in standing)
    assert not any(category == "equity_gap_not_wider" for _, category, _ in told)
    for partner in history.partners:
        is_open = partner.engagement_standing == "open"
        may_be = [is_open and partner.gap_changes[-1:] == ("widened",), is_open and partner.lapses[-1:] == ("stale",)]
        coached = [sum(told[partner.id, each, coach] for coach in (COACH, SUCCESSOR)) for each in OF_DATA]
        asked = [told[partner.id, "data_late", leader] for leader in partner.leaders]
        assert all(count <= most for count, most in zip(coached, may_be, strict=True))
        assert max(asked) <= may_be[1]
        if not partner.happens_to_engagement(*OF_STANDING):
            assert (coached, asked) == ([int(each) for each in may_be], [int(may_be[1])] * len(asked))


def _check_sessions(partner: Partner, about: Counter[tuple[str, str]], leader: str) -> None:
    """Of what became of a session only the last news stands; of one that ended with all work there is none."""
    told = [each for each in partner.session_events() if not each.type.endswith(NEED)][-1]
    news = [] if told.data["with_engagement"] else [told.type.rpartition(".")[2]]
    for kind in ("moved", "cancelled", "handed_over"):
        assert about[f"session_{kind}", leader] == news.count(kind)
    assert about["session_scheduled", leader] == news.count("scheduled") + partner.has_a_successor


def _check_successions(history: History, state: State, about: Counter[tuple[str, str]]) -> None:
    handed = [partner for partner in history.partners if partner.has_a_successor]
    asked = [partner for partner in history.partners if _needs_a_coach(partner)]
    assert about["coach_wanted", "contact"] == len(asked)
    assert about["coaching_taken_over", SUCCESSOR] == about["coaching_passed_on", COACH] == len(handed)
    sessions = [[each.type.rpartition(".")[2] for each in partner.session_events()] for partner in history.partners]
    assert about["session_coach_wanted", "contact"] == [each[-1] for each in sessions].count("coach_left")
    assert about["session_taken_over", SUCCESSOR] == len(handed) + [each[-1] for each in sessions].count("handed_over")
    for follow_up in state.get("follow_ups", []):
        if follow_up["state"] in ("planned", "resting"):
            partner = next(each for each in history.partners if each.id == follow_up["partner_id"])
            assert follow_up["coach_id"] == (SUCCESSOR if partner.has_a_successor else COACH)


def _follow_ups_of(partner: Partner) -> dict[str, str]:
    """How each of a partner's follow-ups ends that is not cancelled."""
    ended = partner.engagement_standing == "closed"
    waits = "resting" if partner.engagement_standing == "paused" else "planned"
    kept = () if ended else [id for id in partner.milestones if id not in partner.reopened]
    return {id: "completed" if id in partner.coached else waits for id in kept}


def _may_open_again(partner: Partner) -> bool:
    """Whether what was closed with its engagement, or by a session, is open again."""
    return partner.happens_to_engagement("reopened") or bool(partner.retracted)


def _ended_with_the_engagement(partner: Partner) -> set[str]:
    """The milestones of which a follow-up is cancelled because the engagement has ended, whatever is heard first."""
    ended = partner.engagement_standing == "closed" and not partner.departs
    return partner.standing if ended else set()


def _needs_a_coach(partner: Partner) -> bool:
    """Whether its coach has left, and nobody came back or took over, nor has work ended."""
    answers = ("coach_left", "coach_returned", "coach_changed", "closed")
    return [change for change, _ in partner.engagement_life if change in answers][-1:] == ["coach_left"]


def _moved(history: History) -> set[str]:
    return {partner.leaders[0] for partner in history.partners}
