"""Signed cursors: a client can use a cursor only for the list that it came with."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Any

import orjson

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.schemas.validation import shown

_LABEL = b"cursors of lists"
_SIGNATURE_BYTES = 16
_PAGE_ARGUMENTS = {"cursor", "limit"}
"""The arguments that may change from page to page; all others identify the list."""


class Cursors:
    """Signs the cursors of services, and verifies what clients send back."""

    def __init__(self, secret: str) -> None:
        """Sign with a key derived from `secret`."""
        self._key = hmac.digest(secret.encode(), _LABEL, "sha256")

    def sign(self, place: str, *, operation: str, arguments: Mapping[str, Any], scope: Scope) -> str:
        """Return the signed cursor for the page after `place`, bound to operation, arguments and organisation."""
        signature = self._signature(place, operation, arguments, scope)
        return base64.urlsafe_b64encode(signature + place.encode()).decode().rstrip("=")

    def verify(self, cursor: str, *, operation: str, arguments: Mapping[str, Any], scope: Scope) -> str:
        """Return the place in a signed cursor; raises Fault `wrong_parameter` if it belongs to another list."""
        signature, place = _parts(cursor)
        if not hmac.compare_digest(signature, self._signature(place, operation, arguments, scope)):
            raise _invalid(cursor)
        return place

    def _signature(self, place: str, operation: str, arguments: Mapping[str, Any], scope: Scope) -> bytes:
        filters = {name: value for name, value in arguments.items() if name not in _PAGE_ARGUMENTS}
        signed = orjson.dumps([operation, scope.organisation, filters, place], option=orjson.OPT_SORT_KEYS)
        return hmac.digest(self._key, signed, "sha256")[:_SIGNATURE_BYTES]


def _parts(cursor: str) -> tuple[bytes, str]:
    try:
        decoded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return decoded[:_SIGNATURE_BYTES], decoded[_SIGNATURE_BYTES:].decode()
    except (binascii.Error, ValueError):
        raise _invalid(cursor) from None


def _invalid(cursor: str) -> Fault:
    detail = f"The next_cursor of this very list, with the same filters and order, is expected; got {shown(cursor)}"
    error = FieldError(pointer="/cursor", code="invalid", detail=detail)
    return Fault(kind="wrong_parameter", code="invalid_cursor", message=f"/cursor: {detail}", fields=(error,))
