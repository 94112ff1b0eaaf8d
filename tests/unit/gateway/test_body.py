"""How a body is read: whole, in time, and to the letter of its chunks."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from eventlet import wsgi
from nameko import config

from chassis.domain.faults import Fault
from gateway.http.body import MAX_CHUNKS, Body
from gateway.http.connections import ClientConnection, Why


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    with config.patch({"CLIENT_SECONDS": 5}):
        yield


class Broken:
    """Whether the connection was told that it must end."""

    def __init__(self) -> None:
        self.told = False

    def __call__(self, why: Why) -> None:
        self.told = True


def body_of(sent: bytes, *, length: int | None = None, broken: Broken | None = None) -> Body:
    """A body of this length, or in chunks."""
    plain = wsgi.Input(BytesIO(sent), length, None, chunked_input=length is None)
    return Body(plain, connection=ClientConnection(None, ("192.0.2.1", 1)), on_broken=broken or Broken())


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"0\r\n\r\n", b""),
        (b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"2\r\nhe\r\n003\r\nllo\r\n0\r\n\r\n", b"hello"),
        (b"A\r\n0123456789\r\n0\r\n\r\n", b"0123456789"),
        (b"5;name=value\r\nhello\r\n0 ; x\r\n\r\n", b"hello"),
        (b"5\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n", b"hello"),
        (b"2\r\n\r\n\r\n0\r\n\r\n", b"\r\n"),
    ],
)
def test_chunks_are_put_together_and_what_follows_is_left(sent: bytes, read: bytes) -> None:
    for step in (None, 1, 3, 1000):
        body = body_of(sent + b"GET")
        pieces = [piece for _ in range(20) if (piece := body.read(step))]

        assert b"".join(pieces) == read
        assert body.rfile.read() == b"GET"
        assert not body.is_unread


@pytest.mark.parametrize(
    "sent",
    [
        b"0x2\r\nab\r\n0\r\n\r\n",
        b"+2\r\nab\r\n0\r\n\r\n",
        b"-2\r\nab\r\n0\r\n\r\n",
        b"1_0\r\n0123456789012345\r\n0\r\n\r\n",
        b" 2\r\nab\r\n0\r\n\r\n",
        b"2 \r\nab\r\n0\r\n\r\n",
        b"\r\nab\r\n0\r\n\r\n",
        b";x\r\nab\r\n0\r\n\r\n",
        b"g\r\nab\r\n0\r\n\r\n",
        b"123456789\r\nab\r\n0\r\n\r\n",
        b"2\nab\r\n0\r\n\r\n",
        b"2\rab\r\n0\r\n\r\n",
        b"2;\x00\r\nab\r\n0\r\n\r\n",
        b"2\r\nab\n0\r\n\r\n",
        b"2\r\nabc\r\n0\r\n\r\n",
        b"2\r\nabxx0\r\n\r\n",
        b"2\r\nab0\r\n\r\n",
        b"0\r\n\n",
        b"0\n\r\n",
        b"0\r\nX : a\r\n\r\n",
        b"0\r\nGET / HTTP/1.1\r\n\r\n",
        b"2;" + b"x" * 256 + b"\r\nab\r\n0\r\n\r\n",
        b"1\r\na\r\n" * MAX_CHUNKS + b"0\r\n\r\n",
    ],
)
def test_what_only_looks_like_chunks_is_malformed_and_ends_the_connection(sent: bytes) -> None:
    broken = Broken()

    with pytest.raises(Fault) as refusal:
        body_of(sent, broken=broken).read()

    assert refusal.value.kind in ("malformed", "headers_too_large")
    assert broken.told


@pytest.mark.parametrize(
    ("sent", "length"), [(b"ab", 3), (b"", 1), (b"5\r\nab", None), (b"2\r\nab\r\n", None), (b"", None)]
)
def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one(sent: bytes, length: int | None) -> None:
    broken = Broken()

    with pytest.raises((OSError, Fault)):
        body_of(sent, length=length, broken=broken).read(100)

    assert broken.told


def test_of_a_body_that_nobody_wants_2_mib_are_read_and_the_connection_ended_there() -> None:
    little, much = body_of(b" " * 10**6, length=10**6), body_of(b" " * 10**7, length=10**7)
    little.discard()

    with pytest.raises(OSError, match="too much"):
        much.discard()

    assert not little.is_unread
    assert much.rfile.tell() == 2 * 1024 * 1024
