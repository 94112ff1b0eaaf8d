"""The form of an inquiry, through a gateway: taken once, shown again when it is not taken, told to nobody."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest
from pymongo.database import Database

from cli.local.ports import free_port
from gateway.pages.form_seal import FormSeals
from tests.integration.gateway.conftest import ServiceProcess, SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import SECRET

A_MINUTE_AGO = FormSeals(SECRET, clock=lambda: time.time() - 60).seal()
TYPED = {"organisation": "Formulär", "country": "SE", "contact_name": "Åsa Påhittad", "message": "We want it.\r\nNow.",
         "contact_email": "asa@formular.example", "form": A_MINUTE_AGO}  # fmt: skip
VARYING = {"Date", "X-Request-Id", "traceparent"}


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Door:
    gateway: ServiceProcess
    port: int

    def opened(self, path: str) -> Answered:
        return self._answered("GET", path, None)

    def sent(self, sender: str = "192.0.2.1", **typed: str) -> Answered:
        return self._answered("POST", "/inquiry", urlencode({**TYPED, **typed}), sender)

    def _answered(self, method: str, path: str, body: str | None, sender: str = "192.0.2.1") -> Answered:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=40)
        said = {"X-Forwarded-For": sender, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body=body, headers=said)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answered(answer.status, dict(answer.headers), text)


@pytest.fixture(scope="module")
def door(system: SystemUnderTest) -> Iterator[Door]:
    port = free_port()
    own = {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "TRUSTED_PROXIES": "1", "RPC_DEADLINE_SECONDS": "30",
           "INQUIRIES_PER_HOUR": "2", "PAGES_PER_SECOND": "10000"}  # fmt: skip
    with service_running("gateway", system.settings | own) as gateway:
        yield Door(gateway, port)


def kept(database: Database[dict[str, Any]], organisation: str = "Formulär") -> list[str]:
    found = database["inquiries"].find({"organisation": organisation})
    return [each["text"] for one in found for each in one["messages"]]


def test_a_form_is_taken_once_however_often_it_is_sent_and_a_twin_is_answered_alike(
    door: Door, partners_database: Database[dict[str, Any]]
) -> None:
    again = [door.sent(), door.sent()]
    twin = door.sent("192.0.2.2", message="So do I.", contact_email="bo@formular.example")

    answers = [
        (each.status, each.text, {name: value for name, value in each.headers.items() if name not in VARYING})
        for each in (*again, twin)
    ]
    assert answers[0] == answers[1] == answers[2]
    assert (twin.status, twin.headers["Location"]) == (303, "/inquiry-received?lang=en")
    assert kept(partners_database) == ["We want it.\nNow.", "So do I."]
    assert "A letter is on its way" in door.opened(twin.headers["Location"]).text


@pytest.mark.parametrize(("typed", "status", "says"), [
    ({"form": FormSeals(SECRET, clock=lambda: time.time() + 86_400).seal()}, 409, "faster than people write"),
    ({"form": "1.forged"}, 409, "was opened long ago"),
    ({"subject": "Buy"}, 409, "a field that people do not see"),
    ({"contact_email": "nowhere"}, 422, "An address such as name@example.org is expected"),
    ({"country": "XX"}, 422, "One of these countries is expected"),
    ({"buy": "https://spam.example"}, 422, "some of it was not understood"),
    ({"population": "many"}, 422, "A number in the digits 0 to 9"),
    ({"message": "We\x1bask"}, 422, "without invisible ones"),
])  # fmt: skip
def test_what_is_not_taken_is_shown_again_with_what_was_typed_and_is_not_kept(
    door: Door, partners_database: Database[dict[str, Any]], typed: dict[str, str], status: int, says: str
) -> None:
    shown = door.sent("192.0.2.3", organisation="Region <b>", **typed)

    assert (shown.status, says in shown.text) == (status, True)
    assert 'value="Region &lt;b&gt;"' in shown.text
    assert ("Now.</textarea>" in shown.text) == ("message" not in typed)
    assert kept(partners_database, "Region <b>") == []


def test_a_form_that_was_not_taken_is_taken_when_it_is_sent_once_more(
    door: Door, partners_database: Database[dict[str, Any]]
) -> None:
    first = door.sent("192.0.2.4", organisation="Once more", contact_email="a@once-more.example", subject="Buy")
    seal = first.text.split('name="form" value="')[1].split('"')[0]

    assert seal == A_MINUTE_AGO
    door.sent("192.0.2.4", organisation="Once more", contact_email="a@once-more.example", form=seal)
    assert len(kept(partners_database, "Once more")) == 1


def test_whose_network_has_sent_enough_keeps_what_was_typed_and_reads_when_to_send_it(door: Door) -> None:
    for name in ("One", "Two"):
        assert door.sent("192.0.2.5", organisation=name, contact_email=f"a@{name}.example").status == 303

    refused = door.sent("192.0.2.5", organisation="Three")

    assert (refused.status, 'value="Three"' in refused.text) == (429, True)
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert "please send it in 60 minutes" in refused.text


def test_a_form_of_a_megabyte_is_too_long_and_the_longest_that_people_write_is_not(
    door: Door, partners_database: Database[dict[str, Any]]
) -> None:
    longest = dict.fromkeys(("organisation", "contact_name", "contact_role"), "😀" * 200)

    assert door.sent("192.0.2.6", message="x" * 1024 * 1024).status == 413
    taken = door.sent("192.0.2.6", message="😀" * 5000, contact_email="a@long.example", **longest)
    assert taken.status == 303
    assert kept(partners_database, longest["organisation"]) == ["😀" * 5000]


def test_neither_a_referrer_nor_a_log_nor_a_cache_learns_what_was_typed(door: Door) -> None:
    for page in (door.opened("/inquiry"), door.sent("192.0.2.7", subject="Buy"), door.sent("192.0.2.7", country="XX")):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert "script-src" not in page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not [words for words in ("formular.example", "hittad", "want it") if door.gateway.logged(words)]
