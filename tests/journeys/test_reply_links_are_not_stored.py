"""What authorises stands in the letter as it arrives, and in no event, no document and no queue of the platform."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kombu import Connection, Queue
from nameko.rpc import get_rpc_exchange
from pymongo import MongoClient

from chassis.messaging.topology import events_exchange
from cli.connection.services import services
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_answer_by_link import browse, leader_of, link_sent_to
from tests.waiting import eventually

CALLS = get_rpc_exchange().name
Overheard = Callable[[], list[tuple[str, str]]]


@contextmanager
def overheard(platform: PlatformDriver) -> Iterator[Overheard]:
    """Hear all that the exchanges for events and calls are given, as an administrator could; by the exchange."""
    heard: list[tuple[str, str]] = []

    with Connection(platform.instance.parts.amqp_uri) as connection, connection.channel() as channel:
        queue = Queue("", exclusive=True, auto_delete=True)(channel)
        queue.declare()
        for exchange in [CALLS, *(events_exchange(service).name for service in services())]:
            queue.bind_to(exchange, routing_key="#")

        def so_far() -> list[tuple[str, str]]:
            while message := queue.get(no_ack=True):
                heard.append((message.delivery_info["exchange"], f"{message.body!s} {message.headers}"))
            return heard

        yield so_far


def code_in(link: str) -> str:
    """What of a link authorises; without it the rest is known to many."""
    return link.rpartition(".")[2]


def stored(platform: PlatformDriver) -> dict[str, str]:
    """All documents of each service as a dump has them."""
    with MongoClient[dict[str, Any]](platform.instance.parts.mongo_uri) as client:
        databases = {service: client[platform.instance.prefix + service] for service in services()}
        return {
            service: "".join(str(each) for name in found.list_collection_names() for each in found[name].find())
            for service, found in databases.items()
        }


def test_whoever_hears_every_exchange_or_reads_every_database_cannot_answer(platform: PlatformDriver) -> None:
    with overheard(platform) as so_far:
        partner = platform.invited_partner()
        link = link_sent_to(platform, leader_of(platform, partner)["email"])
        eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
        (invitation,) = platform.invitations(partner["id"])
        before = list(so_far())
        browse(link, {"nonce": browse(link).nonce, "answer": "accepted", "seats": "4"})
        eventually(lambda: "You are expected" in platform.subjects_to(leader_of(platform, partner)["email"]))
        after = so_far()[len(before) :]

    assert not [text for _, text in before if code_in(link) in text or re.search(r"/rsvp/inv_", text)]
    assert {exchange for exchange, text in after if code_in(link) in text} == {CALLS}  # the gateway asks camps by it
    events = {exchange for exchange, text in before if invitation["id"] in text}
    assert {"camps.events", "notifications.events"} <= events
    documents = stored(platform)
    assert [service for service, text in documents.items() if code_in(link) in text] == []
    assert {service for service, text in documents.items() if invitation["id"] in text} == {
        "camps", "notifications", "partners",  # whose timeline tells that it was issued
    }  # fmt: skip
