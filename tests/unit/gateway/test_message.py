"""What is an HTTP/1 message, to the letter of RFC 9112, and what only looks like one."""

from io import BytesIO

import pytest

from chassis.domain.faults import Fault
from gateway.http import message


def kind_of_refusal(line: bytes) -> str:
    with pytest.raises(Fault) as refusal:
        message.request_line(line)
    return refusal.value.kind


@pytest.mark.parametrize("method", ["GET", "PATCH", "M-SEARCH", "x"])
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
def test_a_request_line_is_a_method_a_target_and_a_version(method: str, version: str) -> None:
    line = f"{method} /v1/partners?state=%20 {version}\r\n".encode()

    assert message.request_line(line) == (method, "/v1/partners?state=%20", version)


@pytest.mark.parametrize(
    ("line", "target"),
    [
        (b"GET http://example.org/v1/camps?limit=1 HTTP/1.1\r\n", "/v1/camps?limit=1"),
        (b"GET HTTPS://[::1]:8000/v1 HTTP/1.1\r\n", "/v1"),
        (b"GET http://example.org HTTP/1.1\r\n", "/"),
        (b"GET http://example.org?a=b HTTP/1.1\r\n", "/?a=b"),
        (b"OPTIONS * HTTP/1.1\r\n", "*"),
    ],
)
def test_an_absolute_target_is_its_path_and_options_may_ask_about_all(line: bytes, target: str) -> None:
    assert message.request_line(line).target == target


@pytest.mark.parametrize("version", ["1.2", "1.9", "2.0", "3.0", "0.9", "9.9"])
def test_another_version_is_not_supported(version: str) -> None:
    assert kind_of_refusal(f"GET / HTTP/{version}\r\n".encode()) == "version"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\r\n",
        b"GET /\r\n",
        b"GET / HTTP/1.1",
        b"GET / HTTP/1.1\n",
        b"GET / HTTP/1.1\r",
        b"GET / HTTP/1.1\r\r\n",
        b"GET / HTTP/1.1 \r\n",
        b" GET / HTTP/1.1\r\n",
        b"GET  / HTTP/1.1\r\n",
        b"GET /  HTTP/1.1\r\n",
        b"GET\t/ HTTP/1.1\r\n",
        b"GET\x0b/\x0bHTTP/1.1\r\n",
        b"GET /a b HTTP/1.1\r\n",
        b"GET / http/1.1\r\n",
        b"GET / HTTP/01.1\r\n",
        b"GET / HTTP/1.01\r\n",
        b"GET / HTTP/11\r\n",
        b"GET / HTTP/+1.1\r\n",
        b"G\x1b[31mT / HTTP/1.1\r\n",
        b"G\xc9T / HTTP/1.1\r\n",
        b"GET( / HTTP/1.1\r\n",
        b"G" * 33 + b" / HTTP/1.1\r\n",
        b"GET /\x1b HTTP/1.1\r\n",
        b"GET /\x7f HTTP/1.1\r\n",
        b"GET /\xff HTTP/1.1\r\n",
        b"GET /#a HTTP/1.1\r\n",
        b"GET livez HTTP/1.1\r\n",
        b"GET ?a=b HTTP/1.1\r\n",
        b"GET * HTTP/1.1\r\n",
        b"OPTIONS ** HTTP/1.1\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\n",
        b"GET http:///livez HTTP/1.1\r\n",
        b"GET http://user@example.org/livez HTTP/1.1\r\n",
        b"GET ftp://example.org/livez HTTP/1.1\r\n",
    ],
)
def test_what_only_looks_like_a_request_line_is_malformed(line: bytes) -> None:
    assert kind_of_refusal(line) == "malformed"


def test_fields_are_read_to_the_empty_line_and_no_further() -> None:
    file = BytesIO(b"Host: a\r\nX-Name: \t Jos\xe9 b \t\r\nX-Empty:\r\nx-name: c\r\n\r\nrest")

    fields = message.read_fields(file)

    assert fields.get_all("X-Name") == ["José b", "c"]
    assert (fields["Host"], fields["X-Empty"]) == ("a", "")
    assert file.read() == b"rest"


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"\r",
        b"Host: a\n",
        b"Host: a\r",
        b"Host: a",
        b"Host: a\rX: b\r\n",
        b"Host: a\r\r\n",
        b"Host: a\nX: b\r\n",
        b"X: a\r\n b\r\n",
        b"X: a\x00b\r\n",
        b"X: \x1b[31m\r\n",
        b"X : a\r\n",
        b" X: a\r\n",
        b": a\r\n",
        b"X\r\n",
        b"X\x0b: a\r\n",
        b"X\xe9: a\r\n",
        b"X(: a\r\n",
    ],
)
def test_what_only_looks_like_a_field_is_malformed(line: bytes) -> None:
    with pytest.raises(Fault) as refusal:
        message.read_fields(BytesIO(line + b"\r\n"))

    assert refusal.value.kind == "malformed"


class Endless:
    """A client that never comes to the end of a line."""

    given = 0

    def readline(self, size: int = -1) -> bytes:
        assert size > 0, "a line is read without a bound"
        self.given += size
        return b"1" * size


def test_of_a_line_that_never_ends_no_more_is_read_than_a_line_may_have() -> None:
    field, chunk = Endless(), Endless()

    with pytest.raises(Fault, match="shorter headers"):
        message.read_fields(field)
    with pytest.raises(Fault, match="malformed"):
        message.read_chunk_size(chunk)

    assert (field.given, chunk.given) == (8192, 256)


@pytest.mark.parametrize(
    ("fields", "is_read"),
    [
        (b"X: a\r\n" * 100, True),
        (b"X: a\r\n" * 101, False),
        (b"X: " + b"a" * (8192 - 6) + b"\r\n", True),
        (b"X: " + b"a" * (8192 - 5) + b"\r\n", False),
        ((b"X: " + b"a" * 8000 + b"\r\n") * 8, True),
        ((b"X: " + b"a" * 8000 + b"\r\n") * 9, False),
    ],
)
def test_there_are_100_fields_of_8_kib_and_64_kib_in_all(fields: bytes, is_read: bool) -> None:
    if is_read:
        assert message.read_fields(BytesIO(fields + b"\r\n"))
    else:
        with pytest.raises(Fault, match="Fewer or shorter headers"):
            message.read_fields(BytesIO(fields + b"\r\n"))


ONE_LENGTH = [b"", b"Content-Length: 0\r\n", b"Content-Length: 007\r\n", b"Transfer-Encoding: Chunked\r\n"]
NO_OR_TWO_LENGTHS = [
    b"Content-Length: +1\r\n",
    b"Content-Length: 1_0\r\n",
    b"Content-Length: 0x1\r\n",
    b"Content-Length: \xb2\r\n",
    b"Content-Length:\r\n",
    b"Content-Length: " + b"9" * 5000 + b"\r\n",
    b"Content-Length: 1\r\nContent-Length: 1\r\n",
    b"Content-Length: 1, 1\r\n",
    b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: chunked, chunked\r\n",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: identity\r\n",
    b"Transfer-Encoding:\r\n",
    b"Transfer-Encoding: \x85chunked\r\n",
]


def ambiguous(version: str, fields: bytes) -> bool:
    try:
        message.require_unambiguous(version, message.read_fields(BytesIO(fields + b"\r\n")))
    except Fault as fault:
        assert fault.kind == "malformed"
        return True
    return False


@pytest.mark.parametrize("fields", ONE_LENGTH)
def test_a_body_of_one_length_is_unambiguous(fields: bytes) -> None:
    assert not ambiguous("HTTP/1.1", b"Host: a\r\n" + fields)


@pytest.mark.parametrize("fields", NO_OR_TWO_LENGTHS)
def test_a_body_of_no_or_two_lengths_is_ambiguous(fields: bytes) -> None:
    assert ambiguous("HTTP/1.1", b"Host: a\r\n" + fields)


def test_http_1_0_knows_no_chunks_and_needs_no_host() -> None:
    assert not ambiguous("HTTP/1.0", b"")
    assert ambiguous("HTTP/1.1", b"")
    assert ambiguous("HTTP/1.0", b"Transfer-Encoding: chunked\r\n")


def test_a_body_of_two_types_is_ambiguous() -> None:
    one = b"Host: a\r\nContent-Type: application/json\r\n"

    assert not ambiguous("HTTP/1.1", one)
    assert ambiguous("HTTP/1.1", one + b"content-type: text/plain\r\n")


def test_every_connection_field_is_read() -> None:
    fields = message.read_fields(BytesIO(b"Connection: TE, x\r\nConnection: Close\r\n\r\n"))

    assert message.connection_options(fields) == {"te", "x", "close"}
