"""Fetches JSON from an issuer over HTTP, within limits of time and size, and without redirects."""

from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import orjson
from eventlet import Timeout

FETCH_TIMEOUT_SECONDS = 3.0
"""For the whole response, however slowly it arrives."""
MAX_RESPONSE_BYTES = 256 * 1024


class CannotFetch(Exception):
    """There was no usable response; the message says why."""


class _NoRedirects(HTTPRedirectHandler):
    """The place of the keys comes from the configuration, not from a response."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Return no request: redirects are not followed."""


def fetch_json(url: str) -> dict[str, Any]:
    """Return the JSON object at `url`; raises CannotFetch."""
    late = CannotFetch(f"{url}: not answered within {FETCH_TIMEOUT_SECONDS:g} s")
    try:
        with Timeout(FETCH_TIMEOUT_SECONDS, late):
            return _object(_body(url), url)
    except HTTPError as error:
        error.close()
        raise CannotFetch(f"{url}: answered with status {error.code}") from None
    except OSError as error:
        raise CannotFetch(f"{url}: {type(error).__name__}") from None


def is_loopback(host: str) -> bool:
    """Whether this host is the local machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def is_confidential(url: str) -> bool:
    """Whether nobody on the way can tamper with what is fetched from this URL."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def _body(url: str) -> bytes:
    request = Request(url, headers={"Accept": "application/json"})
    # Made for each request: from Python 3.12 an opener keeps the certificates that were trusted when it was made.
    client = build_opener(_NoRedirects())
    with client.open(request, timeout=FETCH_TIMEOUT_SECONDS) as answer:
        body: bytes = answer.read(MAX_RESPONSE_BYTES + 1)
    if len(body) > MAX_RESPONSE_BYTES:
        raise CannotFetch(f"{url}: more than {MAX_RESPONSE_BYTES} bytes")
    return body


def _object(body: bytes, url: str) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise CannotFetch(f"{url}: no JSON object")
    return found
