"""Asking an issuer over HTTP, within limits: it is not us, and what it says is read like anything from outside."""

from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import orjson
from eventlet import Timeout

LIMIT_SECONDS = 3.0
"""For the whole answer: one that trickles is cut off as well."""
LARGEST_ANSWER = 256 * 1024


class CannotFetch(Exception):
    """There was no usable answer; the message says why."""


class _Redirects(HTTPRedirectHandler):
    """Where keys are is a matter of configuration, not of whoever answers."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none."""


_client = build_opener(_Redirects())


def fetched(url: str) -> dict[str, Any]:
    """Get the JSON object at `url`; raises CannotFetch."""
    late = CannotFetch(f"{url}: not answered within {LIMIT_SECONDS:g} s")
    try:
        with Timeout(LIMIT_SECONDS, late):
            return _object(_body(url), url)
    except HTTPError as error:
        error.close()
        raise CannotFetch(f"{url}: answered with status {error.code}") from None
    except OSError as error:
        raise CannotFetch(f"{url}: {type(error).__name__}") from None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach, or be, this host."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def is_confidential(url: str) -> bool:
    """Whether nobody between us and this URL can put in keys of their own."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def _body(url: str) -> bytes:
    request = Request(url, headers={"Accept": "application/json"})
    with _client.open(request, timeout=LIMIT_SECONDS) as answer:
        body: bytes = answer.read(LARGEST_ANSWER + 1)
    if len(body) > LARGEST_ANSWER:
        raise CannotFetch(f"{url}: more than {LARGEST_ANSWER} bytes")
    return body


def _object(body: bytes, url: str) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise CannotFetch(f"{url}: no JSON object")
    return found
