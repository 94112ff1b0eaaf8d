"""The token of a reply link is never logged, however its path is spelt."""

import pytest
from werkzeug.test import create_environ

from chassis.observability.logs import redact
from gateway.http.request import ClientRequest

SEAL = "Ff3_q0Yk-mCkX8h1yM2n4vQz5sT6uW7bA9cD0eE1gHi"
TOKEN = f"inv_01k9b2c3d4e5f6g7h8j9k0m1n2.per_01k9b2c3d4e5f6g7h8j9k0m1n2.3q2-7wZ_k1mC.{SEAL}"


def encoded(text: str) -> str:
    return "".join(f"%{ord(letter):02x}" for letter in text)


@pytest.mark.parametrize(
    "path",
    [
        f"/rsvp/{TOKEN}",
        f"/rsvp/{TOKEN}/delegates",
        f"/inquiry/{TOKEN}",
        f"//rsvp/{TOKEN}",
        f"/rsvp//{TOKEN}/",
        f"/%72svp/{TOKEN}",
        f"/rsvp%2F{TOKEN}",
        f"/%2572svp/{TOKEN}",
        f"/RSVP/{TOKEN}",
        f"/v1/invitations/{TOKEN}",
        f"/rsvp/{TOKEN.replace('.', '%2e')}",
        f"/rsvp/{encoded(TOKEN)}",
        f"/rsvp/{TOKEN[:-3]}",
    ],
)
def test_a_path_does_not_tell_a_link(path: str) -> None:
    request = ClientRequest(create_environ("/") | {"RAW_PATH_INFO": path})

    told = redact(f'{{"path": "{request.instance}"}}')

    assert SEAL[:8] not in told
    assert encoded(SEAL[:8]) not in told
    assert "inv_01k9b2c3d4e5f6g7h8j9k0m1n2.***" in told


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/v1/partners/prt_1", "/v1/partners/prt_1"),
        ("/v1/%70artners", "/v1/partners"),
        ('/v1/"\r\n', "/v1/%22%0D%0A"),
        ("/v1/%22%0a%ff", "/v1/%22%0A%FF"),
        ("/v1/100%25", "/v1/100%25"),
    ],
)
def test_a_path_is_told_in_one_spelling_in_which_it_does_no_harm(path: str, told: str) -> None:
    assert ClientRequest(create_environ("/") | {"RAW_PATH_INFO": path}).instance == told


def test_a_path_does_not_tell_the_link_that_is_passed_on() -> None:
    path = f"/harvest/cmp_01k9b2c3d4e5f6g7h8j9k0m1n2.everybody.everybody.{SEAL}"
    request = ClientRequest(create_environ("/") | {"RAW_PATH_INFO": path})

    assert redact(request.instance) == "/harvest/cmp_01k9b2c3d4e5f6g7h8j9k0m1n2.***"
