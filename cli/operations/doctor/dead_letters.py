"""Tests the path of a dead letter end to end: inbox, rejected, dead-lettered by the broker, collected, stored."""

import time
from collections.abc import Iterator

from chassis.domain.identity import new_id
from chassis.messaging.dead_letter_path import send_probes, take_arrival
from chassis.messaging.publisher import NotConfirmed
from chassis.messaging.topology import message_count, parked_queue
from cli.connection.datastores import Datastores
from cli.connection.services import services
from cli.operations.doctor.finding import Finding, finding

PATIENCE_SECONDS = 5.0
LOOKS_A_SECOND = 20
SYMPTOM = "docs/operations.md, “DeadLettersStuck”"


def dead_letters(place: Datastores, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[Finding]:
    """Send each subscribing service a probe that it rejects, check that it is stored, and count parked messages."""
    sent = {name: new_id("prb") for name in place.served() if services()[name].reactions}
    try:
        send_probes(place.amqp, sent)
    except NotConfirmed as error:
        yield finding("ways of dead letters", f"probes are not taken: {error}", bad=True, to_do=SYMPTOM)
        return
    arrived = _arrived(place, sent, until=time.monotonic() + patience_seconds)
    for name in sent:
        seen = "a probe arrived" if name in arrived else f"a probe did not arrive in {patience_seconds:g} s"
        yield finding(f"{name}: way of dead letters", seen, bad=name not in arrived, to_do=SYMPTOM)
    for name in place.databases:
        count = message_count(place.amqp, parked_queue(name))
        to_do = "docs/operations.md, “DeadLettersParked”"
        yield finding(f"{name}: parked messages", f"{count}", bad=count > 0, to_do=to_do)


def _arrived(place: Datastores, sent: dict[str, str], *, until: float) -> set[str]:
    arrived: set[str] = set()
    while True:
        waited_for = sent.keys() - arrived
        arrived |= {name for name in waited_for if take_arrival(place.databases[name], id=sent[name])}
        if len(arrived) == len(sent) or time.monotonic() >= until:
            return arrived
        time.sleep(1 / LOOKS_A_SECOND)
