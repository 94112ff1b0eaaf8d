"""Counts the consequences in databases, queues, logs and mails after a fault run."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from amqp.exceptions import NotFound
from kombu import Connection
from pymongo import MongoClient

from chassis.messaging.connection import connect
from chassis.messaging.contracts import event_contracts
from chassis.messaging.dead_letters import DeadLetters
from chassis.messaging.topology import dead_letter_queue, inbox_queue, wait_queue
from chassis.persistence.unit_of_work import INBOX, OUTBOX
from dev.chaos.record import data_point_of

REACHED = "engagements.milestone.reached"
PLANNED, STORED, PUBLISHED = "planned", "reached", f"published {REACHED}"
FOLLOW_UP, REASON, SESSION = "coaching follow-up", "reason to invite", "speaking slot"
DATA_POINT, JUDGED = "data point", "data point in a series that was judged with it"
LEADERS_LETTERS, COACHS_LETTER = "letters to the leaders", "letter to the coach"
AWAITING = {"awaits_judgement_since": {"$ne": None}}
TIMEOUT_SECONDS = 5
_MESSAGE_ID = re.compile(r"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
Document = dict[str, Any]


def hearers() -> Sequence[str]:
    """Give the reactions that follow when a milestone is reached, as its contract lists them."""
    return list(event_contracts()[REACHED]["x-heard-by"])


@dataclass(frozen=True, kw_only=True)
class Observation:
    """The counts of all consequences."""

    consequences: Mapping[str, Counter[str]]
    """The count of each consequence by milestone; planning by title, for a lost answer leaves the id unknown; what is
    about a data point by its measure and its day."""
    letters: Counter[str]
    """By state."""
    sent: frozenset[str]
    """Message-IDs of the letters in state `sent`."""
    mails: Counter[str]
    """The number of mails that the mail server got, by Message-ID."""
    duplicates_suppressed: int
    dead_letters: int


class Observer:
    """Reads the data of an instance, bypassing the proxies."""

    def __init__(
        self,
        *,
        client: MongoClient[Document],
        amqp_uri: str,
        mails: Path,
        logs: Path,
        services: Sequence[str],
        wait_seconds: Sequence[int],
    ) -> None:
        """`mails` and `logs` are folders; each service has wait queues of `wait_seconds`."""
        self._databases = {name: client[name] for name in services}
        self._amqp_uri = amqp_uri
        self._mails = mails
        self._logs = logs
        self._wait_seconds = wait_seconds

    def observe(self) -> Observation:

        return Observation(
            consequences=self._consequences(),
            letters=Counter(self._each("notifications", "letters", "state")),
            sent=frozenset(self._each("notifications", "letters", "message_id", state="sent")),
            mails=Counter(map(_message_id, self._mails.glob("*.eml"))),
            duplicates_suppressed=sum(_count('"duplicate_suppressed"', log) for log in self._logs.glob("*.log")),
            dead_letters=self._kept_as_dead() + self._messages_in(map(dead_letter_queue, self._databases)),
        )

    def under_way(self) -> Mapping[str, int]:
        """Count unfinished work by kind; empty when the platform is quiet."""
        pending, unsent = {"published_at": None}, {"state": {"$in": ["ready", "sending"]}}
        counts = {
            "events to publish": sum(each[OUTBOX].count_documents(pending) for each in self._databases.values()),
            "series to judge": self._databases["engagements"]["charts"].count_documents(AWAITING),
            "letters to send": self._databases["notifications"]["letters"].count_documents(unsent),
            "messages to handle": self._messages_in(self._queues()),
        }
        return {what: count for what, count in counts.items() if count}

    def _consequences(self) -> Mapping[str, Counter[str]]:
        events, follow_ups = self._by_id("engagements", OUTBOX, "subject", type=REACHED), self._follow_ups()
        written = partial(self._each, "notifications", "letters", "about_id")
        return {
            PLANNED: Counter(self._each("engagements", "milestones", "title")),
            STORED: Counter(self._times_reached()),
            PUBLISHED: Counter(events.values()),
            **{reaction: Counter(self._heard(reaction, events)) for reaction in hearers()},
            FOLLOW_UP: Counter(follow_ups.values()),
            REASON: Counter(each["id"] for some in self._each("camps", "invitations", "reasons") for each in some),
            SESSION: Counter(self._each("camps", "sessions", "milestone_id")),
            DATA_POINT: Counter(data_points := [*self._data_points()]),
            JUDGED: Counter(self._judged(data_points)),
            LEADERS_LETTERS: Counter(written(category="milestone")),
            COACHS_LETTER: Counter(follow_ups[id] for id in written(category="follow_up")),
        }

    def _each(self, service: str, collection: str, field: str, **where: str) -> Iterator[Any]:
        for document in self._databases[service][collection].find(where, {field: 1}):
            yield document[field]

    def _by_id(self, service: str, collection: str, field: str, **where: str) -> Mapping[str, str]:
        return {each["_id"]: each[field] for each in self._databases[service][collection].find(where, {field: 1})}

    def _follow_ups(self) -> Mapping[str, str]:
        return self._by_id("notifications", "follow_ups", "milestone_id")

    def _times_reached(self) -> Iterator[str]:
        """Give each reached milestone once for each confirmation that was stored."""
        for milestone in self._databases["engagements"]["milestones"].find({"state": "reached"}, {"evidence": 1}):
            yield from [milestone["_id"]] * len(milestone["evidence"])

    def _data_points(self) -> Iterator[str]:
        for point in self._databases["engagements"]["data_points"].find({}, {"measure_id": 1, "period": 1}):
            yield data_point_of(point["measure_id"], point["period"])

    def _judged(self, data_points: Sequence[str]) -> Iterator[str]:
        """Give the data points of those series that were judged with as many as there are."""
        charts = self._databases["engagements"]["charts"].find(
            {"judged": {"$ne": None}}, {"measure_id": 1, "points": 1}
        )
        known = {each["measure_id"]: each["points"] for each in charts}
        there = Counter(each.partition(" ")[0] for each in data_points)
        yield from (each for each in data_points if known.get(of := each.partition(" ")[0]) == there[of])

    def _heard(self, reaction: str, events: Mapping[str, str]) -> Iterator[str]:
        service = reaction.partition(".")[0]
        for event_id in self._each(service, INBOX, "event_id", reaction=reaction):
            yield events.get(event_id, event_id)

    def _kept_as_dead(self) -> int:
        return sum(each[DeadLetters.collection].count_documents({}) for each in self._databases.values())

    def _queues(self) -> Iterator[str]:
        for service in self._databases:
            yield inbox_queue(service)
            yield from (wait_queue(service, seconds) for seconds in self._wait_seconds)

    def _messages_in(self, queues: Iterator[str]) -> int:
        with connect(self._amqp_uri, connect_timeout=TIMEOUT_SECONDS) as connection:
            return sum(_length(connection, queue) for queue in queues)


def _length(connection: Connection, queue: str) -> int:
    try:
        return int(connection.channel().queue_declare(queue, passive=True).message_count)
    except NotFound:
        return 0


def _count(text: str, log: Path) -> int:
    with log.open(encoding="utf-8", errors="replace") as lines:
        return sum(text in line for line in lines)


def _message_id(mail: Path) -> str:
    found = _MESSAGE_ID.search(mail.read_text(encoding="utf-8", errors="replace"))
    return found[1] if found else mail.name
