"""Parses HTTP/1 messages (RFC 9112) in the one way in which they can be meant; whatever else could be read is refused.

No recovery that the RFCs permit is made use of: a proxy in front may recover in another way (request smuggling).
"""

import re
from dataclasses import replace
from http.client import HTTPMessage
from typing import Any, NamedTuple

from chassis.domain.faults import Fault

MAX_LINE_BYTES = 8192
MAX_FIELDS = 100
MAX_HEADERS_BYTES = 65536
MAX_CHUNK_LINE_BYTES = 256
MALFORMED = Fault(kind="malformed", code="malformed_request", message="The request is malformed or ambiguous")
VERSION = Fault(kind="version", code="http_version_not_supported", message="HTTP/1.1 or HTTP/1.0 is expected")
TOO_LONG = Fault(
    kind="uri_too_long", code="uri_too_long", message=f"A request line up to {MAX_LINE_BYTES} bytes is expected"
)
TOO_LARGE = Fault(kind="headers_too_large", code="headers_too_large", message="Fewer or shorter headers are expected")
_REQUEST_LINE = re.compile(rb"([A-Za-z0-9!#$%&'*+.^_`|~-]{1,32}) ([\x21\x22\x24-\x7e]+) HTTP/([0-9])\.([0-9])\r\n")
_ABSOLUTE = re.compile(r"https?://([^/?]*)(.*)", re.IGNORECASE)
_NAME = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(rb"[^\x00-\x08\x0a-\x1f\x7f]*")
_HOST = re.compile(r"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})([ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?\r\n")


class RequestLine(NamedTuple):
    """The first line of a request."""

    method: str
    target: str
    """Path and query, as in the origin form; `*` of OPTIONS."""
    version: str
    """`HTTP/1.1` or `HTTP/1.0`."""


def request_line(line: bytes) -> RequestLine:
    """Parse a whole line; raises Fault `malformed`, and `version` for what is not HTTP/1.1 or HTTP/1.0."""
    match = _REQUEST_LINE.fullmatch(line)
    if match is None:
        raise replace(MALFORMED)
    method, target, major, minor = match.groups()
    if (major, minor) not in ((b"1", b"1"), (b"1", b"0")):
        raise replace(VERSION)
    return RequestLine(method.decode(), _in_origin_form(method, target.decode()), f"HTTP/1.{minor.decode()}")


def _in_origin_form(method: bytes, target: str) -> str:
    """Return path and query of a target (RFC 9112, section 3.2); whom it names besides does not matter here.

    Raises Fault `malformed` for what has no path.
    """
    if absolute := _ABSOLUTE.fullmatch(target):
        authority, rest = absolute.groups()
        target = rest if rest.startswith("/") else f"/{rest}"
        is_valid = _HOST.fullmatch(authority) is not None
    else:
        is_valid = target.startswith("/") or (method, target) == (b"OPTIONS", "*")
    if not is_valid:
        raise replace(MALFORMED)
    return target


def read_fields(file: Any) -> HTTPMessage:
    """Read header fields, or the trailer fields of a chunked body, to the empty line that ends them.

    Raises Fault `malformed`, and `headers_too_large` before more than that is in memory.
    """
    fields, size = HTTPMessage(), 0
    while (line := file.readline(MAX_LINE_BYTES)) != b"\r\n":
        size += len(line)
        if len(line) == MAX_LINE_BYTES or size > MAX_HEADERS_BYTES or len(fields) == MAX_FIELDS:
            raise replace(TOO_LARGE)
        name, value = _field(line)
        fields[name] = value
    return fields


def _field(line: bytes) -> tuple[str, str]:
    name, colon, rest = line.partition(b":")
    value = rest[:-2].strip(b" \t")
    if not (colon and line.endswith(b"\r\n") and _NAME.fullmatch(name) and _VALUE.fullmatch(value)):
        raise replace(MALFORMED)
    return name.decode(), value.decode("latin-1")


def require_unambiguous(version: str, fields: HTTPMessage) -> None:
    """Raise Fault `malformed` unless host, and length and type of the body, can be read in only one way."""
    has_one_type = len(fields.get_all("Content-Type", [])) <= 1
    if not (has_one_type and _has_one_host(version, fields) and _has_one_length(version, fields)):
        raise replace(MALFORMED)


def connection_options(fields: HTTPMessage) -> set[str]:
    """Return the options of all `Connection` fields, in lower case."""
    return {option.strip().lower() for each in fields.get_all("Connection", []) for option in each.split(",")}


def _has_one_host(version: str, fields: HTTPMessage) -> bool:
    hosts = fields.get_all("Host", [])
    named = len(hosts) == 1 or (not hosts and version == "HTTP/1.0")
    return named and all(_HOST.fullmatch(host) for host in hosts)


def _has_one_length(version: str, fields: HTTPMessage) -> bool:
    lengths = fields.get_all("Content-Length", [])
    encodings = fields.get_all("Transfer-Encoding", [])
    if encodings:
        return not lengths and [each.lower() for each in encodings] == ["chunked"] and version == "HTTP/1.1"
    return len(lengths) <= 1 and all(_LENGTH.fullmatch(length) for length in lengths)


def read_chunk_size(file: Any) -> int:
    """Read the line before the data of a chunk; extensions are ignored. Raises Fault `malformed`."""
    match = _CHUNK_SIZE.fullmatch(file.readline(MAX_CHUNK_LINE_BYTES))
    if match is None:
        raise replace(MALFORMED)
    return int(match[1], 16)


def read_chunk_end(file: Any) -> None:
    """Read the end of a chunk's data; raises Fault `malformed`."""
    if file.read(2) != b"\r\n":
        raise replace(MALFORMED)
