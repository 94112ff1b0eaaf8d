"""`./partnerships events …`: show, trace and replay events."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from chassis.audit.records import record_operator
from chassis.audit.refusals import AuditedAction
from chassis.domain.causation import Cause
from chassis.domain.identity import new_id, rfc3339, utc_now
from chassis.messaging.contracts import event_contracts
from chassis.messaging.envelope import schema_base
from chassis.messaging.publisher import ConfirmedPublisher
from chassis.messaging.replay import Replay, Selection, archived_events
from chassis.persistence.unit_of_work import INBOX, OUTBOX
from cli.connection.instance_address import RunningInstance, operator, running_instance, store_of
from cli.connection.settings import settings
from cli.local.errors import CannotStart
from cli.operations.trace import PUBLISHED, REACTED, Step, consequences_of, why

Row = dict[str, Any]
LOOK_SECONDS = 1.0
LATE = timedelta(seconds=10)
"""How much later than others of its time an event may be seen: twice what a transaction may take."""


class Archive:
    """The events of all services of an instance, from their outboxes and inboxes."""

    def __init__(self, instance: RunningInstance) -> None:

        self._instance = instance
        self._databases = instance.databases
        self._contracts = event_contracts()
        self._reactions = {type: list(each["x-heard-by"]) for type, each in self._contracts.items()}

    def tail(self, *, last: int, follow: bool = False, as_json: bool = False) -> Iterator[str]:
        """Give the last events of all services, a line for each, the newest last; with `follow`, all later ones too."""
        told = self._newest({}, limit=last)[-last:]
        yield from (_told(row, as_json=as_json) for row in told)
        since = told[-1]["time"] if told else utc_now()
        known = {row["_id"] for row in told}
        while follow:
            time.sleep(LOOK_SECONDS)
            # A transaction may be seen later than one that began after it.
            new = [row for row in self._newest({"time": {"$gte": since - LATE}}) if row["_id"] not in known]
            yield from (_told(row, as_json=as_json) for row in new)
            since = max([since, *(row["time"] for row in new)])
            known |= {row["_id"] for row in new}

    def _newest(self, where: dict[str, Any], *, limit: int = 0) -> list[Row]:
        """Give matching events of all services by time, at most `limit` of each."""
        found = (each[OUTBOX].find(where).sort("time", -1).limit(limit) for each in self._databases.values())
        return sorted(chain(*found), key=lambda row: row["time"])

    def show(self, event_id: str) -> Iterator[str]:
        """Give one event and the reactions that processed it, and record the access; raises CannotStart."""
        row = self._event(event_id)
        self._record(row["type"].partition(".")[0], "show_event", (event_id, row["subject"]), row["type"])
        yield json.dumps({**row, "time": rfc3339(row["time"])}, indent=2, default=str, ensure_ascii=False)
        for service, database in self._databases.items():
            for heard in database[INBOX].find({"event_id": event_id}):
                yield f"processed by {service}: {heard['reaction']} at {rfc3339(heard['heard_at'])}"

    def trace(self, id: str) -> Iterator[str]:
        """Give the causes and consequences of an event or of a request; raises CannotStart when the id is unknown."""
        event = self._find_event(id)
        trace = self._instance.trace_of(event["correlation_id"] if event else id)
        steps = sorted([*trace.new_steps(), *trace.waiting(self._reactions)])
        if not steps:
            raise CannotStart(f"no event or reaction was caused by {id!r}: give an event id or a request id.")
        begun = steps[0].at
        yield f"{rfc3339(begun)}  request {event['correlation_id'] if event else id}"
        if event:
            yield from ("", "Why did this happen?")
            yield from (self._line(depth, step, begun) for depth, step in enumerate(why(steps, id)))
            yield from ("", "What came of it?")
        for depth, step in consequences_of(steps, id if event else None):
            yield self._line(depth, step, begun)

    def replayed(self, selection: Selection, *, reaction: str, dry_run: bool) -> Iterator[str]:
        """Replay every matching event to the reaction, a line for each; raises CannotStart and NotConfirmed."""
        done = 0
        with closing(self._replay(reaction)) as replay:
            if not dry_run:
                about = (selection.subject,) if selection.subject else ()
                self._record(reaction.partition(".")[0], "replay_events", about, f"to {reaction}: {selection}")
            for row in self._chosen(selection, reaction):
                done += 1
                if not dry_run:
                    replay.replay_event(row)
                yield f"{rfc3339(row['time'])}  {row['type']}  {row['subject']}  {row['_id']}"
        yield f"{done} events {'would be' if dry_run else 'are'} replayed to {reaction}"

    def _chosen(self, selection: Selection, reaction: str) -> Iterator[Row]:
        heard = [type for type, contract in self._contracts.items() if reaction in contract["x-heard-by"]]
        if not heard:
            raise CannotStart(f"no contract names the reaction {reaction!r}: give {{service}}.{{deed}}.")
        for type in heard if selection.type is None else {selection.type} & set(heard):
            yield from self._said(type, selection)

    def _replay(self, reaction: str) -> Replay:
        service = reaction.partition(".")[0]
        if service not in self._databases:
            raise CannotStart(f"there is no service {service!r}: a reaction is written {{service}}.{{deed}}.")
        if not self._instance.amqp:
            raise CannotStart(f"AMQP_URI is empty: that of the instance at {self._instance.gateway} is expected.")
        hearer = self._databases[service]
        publisher = ConfirmedPublisher(self._instance.amqp)
        base = schema_base(settings()["PUBLIC_URL"])
        return Replay(reaction=reaction, hearer=hearer, publisher=publisher, schema_base=base)

    def _record(self, service: str, operation: str, about: tuple[str, ...], detail: str) -> None:
        """Record in a service's audit trail what is done to its database directly, before it is done."""
        action = AuditedAction(operation=f"{service}.{operation}", scope=operator(), about=about)
        store = store_of(self._databases[service], service=service)
        record_operator(store, action, detail=detail, cause=Cause(correlation_id=new_id("cmd")))

    def _said(self, type: str, selection: Selection) -> Iterator[Row]:
        only = Selection(type=type, subject=selection.subject, since=selection.since, until=selection.until)
        return archived_events(self._databases[type.partition(".")[0]], only)

    def _find_event(self, id: str) -> Row | None:
        found = (database[OUTBOX].find_one({"_id": id}) for database in self._databases.values())
        return next((row for row in found if row), None)

    def _event(self, id: str) -> Row:
        row = self._find_event(id)
        if row is None:
            raise CannotStart(f"no service has published an event with the id {id!r}.")
        return row

    def _line(self, depth: int, step: Step, begun: datetime) -> str:
        after = round((step.at - begun).total_seconds() * 1000)
        return f"{after:>7} ms  {'  ' * depth}{step.service}: {self._in_words(step)}  [{step.id}]"

    def _in_words(self, step: Step) -> str:
        """Describe a step by the contracts, for readers who do not know the code."""
        if step.kind == PUBLISHED:
            what_it_means, _, _ = self._contracts.get(step.what, {}).get("description", "").partition(". ")
            return f"{step.what}: {what_it_means}"
        effect = self._contracts.get(step.about or "", {}).get("x-heard-by", {}).get(step.what, step.what)
        return effect if step.kind == REACTED else f"{step.kind.upper()} ({effect}){step.detail}"


def _told(row: Row, *, as_json: bool) -> str:
    if as_json:
        shown = {"time": rfc3339(row["time"]), "type": row["type"], "subject": row["subject"], "id": row["_id"]}
        return json.dumps({**shown, "is_published": row["published_at"] is not None})
    pending = "" if row["published_at"] else "  (still in the outbox)"
    return f"{rfc3339(row['time'])}  {row['type']:<40} {row['subject']:<32} {row['_id']}{pending}"


def open_archive() -> Archive:
    """Open the archive of the running instance; raises CannotStart when none is running."""
    return Archive(running_instance())


def selection(*, type: str | None, subject: str | None, since: str | None, until: str | None) -> Selection:
    """Parse a selection from command-line options; raises CannotStart naming an invalid time."""
    return Selection(type=type, subject=subject, since=instant(since), until=instant(until))


def instant(text: str | None) -> datetime | None:
    """Parse a day, which begins at midnight UTC, or an instant, in UTC unless it has a zone; raises CannotStart."""
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise CannotStart(f"{text!r} is no day or instant: write 2026-06-01 or 2026-06-01T09:00Z.") from None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read
