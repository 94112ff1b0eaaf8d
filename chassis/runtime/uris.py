"""The form of the addresses in settings (RFC 3986). What is wrong with one is said without showing it: it may hold a
password, and what is wrong may be the password.
"""

import re
from collections.abc import Collection
from urllib.parse import parse_qsl

from marshmallow import ValidationError

MOST_CHARACTERS = 2000
HIGHEST_PORT = 65_535
_OF_USERS = r"(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|(?:[\w.~-]|%[0-9A-Fa-f]{2})+)(?::\d{1,5})?"
_REST = r"[\w.~!$&'()*+,;=:/%-]"
_FORM = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:{_OF_USERS}(?::{_OF_USERS})?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)(?:/{_REST}*)?(?:\?(?P<query>[\w.~!$'()*+,;=:/?&%-]*))?",
    re.ASCII,
)
UNVERIFIED = frozenset({"tlsinsecure", "tlsallowinvalidcertificates", "tlsallowinvalidhostnames"})
"""Options of MongoDB's URIs by which a server's certificate would not be verified, in lower case."""


class UriForm:
    """A rule of marshmallow: a URI of one of these schemes, with one host or, with `several`, a list of them."""

    def __init__(self, *schemes: str, several: bool = False, query: bool = False, optional: bool = False) -> None:
        """`query` says whether options may follow the path; `optional` that nothing may be given."""
        self._schemes, self._several, self._query, self._optional = schemes, several, query, optional

    def __call__(self, value: str) -> str:
        """Give the value; raises ValidationError, whose message never shows it."""
        if value or not self._optional:
            self._check(value)
        return value

    def _check(self, value: str) -> None:
        found = _FORM.fullmatch(value) if len(value) <= MOST_CHARACTERS else None
        if not found or found["scheme"] not in self._schemes:
            raise ValidationError(self._expected())
        hosts, query = found["hosts"].split(","), found["query"]
        if any(not _has_a_port_that_exists(host) for host in hosts):
            raise ValidationError(f"a port from 1 to {HIGHEST_PORT} is expected")
        if len(hosts) > 1 and not self._several:
            raise ValidationError("one host is expected")
        if query is not None:
            self._check_options(query)

    def _check_options(self, query: str) -> None:
        if not self._query:
            raise ValidationError("nothing is expected behind a question mark")
        if unverified := _unverified(query):
            raise ValidationError(
                f"{', '.join(unverified)}: certificates are always verified; authorities are named in SSL_CERT_FILE"
            )

    def _expected(self) -> str:
        choices = " or ".join(f"{scheme}://user:password@host:port" for scheme in self._schemes)
        nothing = ", or nothing," if self._optional else ""
        return (
            f"{choices}{nothing} is expected. User and password may be left out; each of their characters beside A-Z, "
            "a-z, 0-9 and -._~ is written as %XX, such as %40 for @"
        )


def _has_a_port_that_exists(host: str) -> bool:
    port = re.search(r":(\d+)$", host)
    return port is None or 1 <= int(port[1]) <= HIGHEST_PORT


def _unverified(query: str) -> Collection[str]:
    return [name for name, value in parse_qsl(query) if name.lower() in UNVERIFIED and value.lower() != "false"]
