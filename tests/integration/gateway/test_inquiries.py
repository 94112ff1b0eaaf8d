"""What anybody may send without a token: how much and how often, and who hears what of whom."""

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from pymongo.database import Database

from cli.local.ports import free_port
from tests.integration.gateway.conftest import ServiceProcess, SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient, Reply

Inquiries = Database[dict[str, Any]]
SENDERS, WELL_MEANT, TAKEN_AN_HOUR = 20, 8, 7
LONGEST = 5000
TURNS_WHAT_IS_READ = {chr(each) for each in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
NO_CHARACTER = {"Cc", "Cs", "Cn"}
"""The categories of controls, of halves of characters, and of what stands for nothing."""
EVERY_CHARACTER = "".join(
    each
    for each in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(each) not in NO_CHARACTER and each not in TURNS_WHAT_IS_READ
)
IN_PIECES = [EVERY_CHARACTER[begin : begin + LONGEST] for begin in range(0, len(EVERY_CHARACTER), LONGEST)]


@pytest.fixture(scope="module")
def door(system: SystemUnderTest) -> Iterator[tuple[ServiceProcess, GatewayClient]]:
    """A gateway behind a proxy, and a client of it that has no token."""
    port = free_port()
    own = {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "TRUSTED_PROXIES": "1", "RPC_DEADLINE_SECONDS": "30",
           "INQUIRIES_PER_HOUR": str(TAKEN_AN_HOUR)}  # fmt: skip
    with service_running("gateway", system.settings | own) as gateway:
        yield gateway, GatewayClient(port=port, token="")


def asked(sender: int, number: int) -> dict[str, Any]:
    """What each says who asks for one of ten regions, each time in another spelling."""
    region, mark = sender // 2, f"mark-{sender}-{number}."
    spelt = (f"Région {region}", f"REGION {region}", f"region, {region} Ltd")[number % 3]
    piece = IN_PIECES[(sender * WELL_MEANT + number) % len(IN_PIECES)]
    return {"organisation": spelt, "country": "SE", "contact_name": f"Somebody {mark}", "language": "en",
            "contact_email": f"{mark}a@region-{region}.example", "message": piece}  # fmt: skip


def submissions(sender: int) -> list[Any]:
    """What one sender sends: inquiries, one that says what nobody asked for, and one that is 1 MB long."""
    spam = {**asked(sender, 0), "buy": "https://spam.example", "contact_email": "no address"}
    long = {**asked(sender, 0), "message": "x" * 1024 * 1024}
    return [*(asked(sender, number) for number in range(WELL_MEANT)), spam, long]


def send(client: GatewayClient, sender: int, body: Any) -> Reply:
    return client.post("/v1/inquiries", body, X_Forwarded_For=f"192.0.2.{sender}")


def words(text: str) -> str:
    """A text as it is kept: it begins and ends with something to see."""
    return unicodedata.normalize("NFC", text).strip()


def test_of_two_hundred_at_once_nothing_is_lost_doubled_or_shown_to_another(
    door: tuple[ServiceProcess, GatewayClient], partners_database: Inquiries
) -> None:
    gateway, client = door
    sent = [(sender, body) for sender in range(SENDERS) for body in submissions(sender)]

    with ThreadPoolExecutor(len(sent)) as at_once:
        replies = list(at_once.map(lambda each: send(client, *each), sent))

    assert len(sent) == 200
    answered = list(zip(sent, replies, strict=True))
    taken = [(sender, body) for (sender, body), reply in answered if reply.status == 200]
    assert {reply.status for reply in replies} == {200, 413, 422, 429}
    assert {str(reply.body) for reply in replies if reply.status == 200} == {"{'status': 'received'}"}
    assert max(Counter(sender for sender, _ in taken).values()) <= TAKEN_AN_HOUR
    kept = list(partners_database["inquiries"].find({"organisation": {"$regex": "(?i)r.gion.* [0-9]"}}))
    assert Counter(each["text"] for one in kept for each in one["messages"]) == Counter(
        words(body["message"]) for _, body in taken
    )
    assert len(kept) == SENDERS // 2
    for (sender, body), reply in answered:
        others = {f"mark-{other}-" for other in range(SENDERS)} - {f"mark-{sender}-"}
        assert not [each for each in others if each in str(reply.body)], body["contact_name"]
    assert all(0 < int(each.headers["Retry-After"]) <= 3600 for each in replies if each.status == 429)
    assert not gateway.logged("mark-")


@pytest.mark.parametrize(("character", "status"), [("\0", 400), ("\x1b", 422), ("\u202e", 422), ("\u2066", 422)])
def test_a_character_that_is_none_or_turns_what_is_read_is_refused_where_it_stands(
    door: tuple[ServiceProcess, GatewayClient], character: str, status: int
) -> None:
    refused = send(door[1], 100, {**asked(0, 0), "message": f"We{character}ask"})

    assert (refused.status, [each["pointer"] for each in refused.problem["errors"]]) == (status, ["/message"])


def test_a_second_one_of_an_organisation_is_answered_to_the_letter_as_its_first(
    door: tuple[ServiceProcess, GatewayClient],
) -> None:
    body = {**asked(0, 0), "organisation": "Twins", "contact_email": "a@twins.example"}
    varying = {"Date", "X-Request-Id", "traceparent"}

    first, second = (send(door[1], 101, {**body, "message": each}) for each in ("One", "Two"))

    assert (first.status, first.body) == (second.status, second.body)
    same = [{name: value for name, value in each.headers.items() if name not in varying} for each in (first, second)]
    assert same[0] == same[1]


def test_an_inquiry_sent_again_with_its_key_is_one(
    door: tuple[ServiceProcess, GatewayClient], partners_database: Inquiries
) -> None:
    body = {**asked(0, 0), "organisation": "Sent twice", "contact_email": "a@sent-twice.example"}

    replies = [door[1].post("/v1/inquiries", body, X_Forwarded_For="192.0.2.102", Idempotency_Key="once") for _ in "12"]

    assert [each.status for each in replies] == [200, 200]
    (kept,) = partners_database["inquiries"].find({"organisation": "Sent twice"})
    assert len(kept["messages"]) == 1


def test_history_is_not_entered_without_a_token(door: tuple[ServiceProcess, GatewayClient]) -> None:
    refused = door[1].post("/v1/inquiries", asked(0, 0), X_Forwarded_For="192.0.2.103", Entered_As="history")

    assert (refused.status, refused.problem["code"]) == (403, "role_missing")


def test_whoever_has_a_token_makes_one_likewise_and_who_has_none_reads_none(
    door: tuple[ServiceProcess, GatewayClient],
) -> None:
    body = {**asked(0, 0), "organisation": "By a member", "contact_email": "a@by-a-member.example"}
    member = replace(door[1].as_("prt_1", "partner_viewer"))

    assert send(member, 104, body).body == {"status": "received"}
    assert door[1].get("/v1/inquiries").status == 401
