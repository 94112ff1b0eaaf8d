"""Cursors as clients get them: sealed, so that one is good for the list it was given with and for nothing else."""

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
_SEAL_BYTES = 16
_MAY_DIFFER = {"cursor", "limit"}
"""What may be another for the next page: all other arguments belong to the list."""


class Cursors:
    """Seals where a service's page ends, and opens what a client brings back."""

    def __init__(self, secret: str) -> None:
        """Seal with a key made from `secret`, which is of no use where the secret itself is."""
        self._key = hmac.digest(secret.encode(), _LABEL, "sha256")

    def sealed(self, place: str, *, operation: str, arguments: Mapping[str, Any], scope: Scope) -> str:
        """Give the cursor for the page behind `place`, of this operation with these arguments for this organisation."""
        seal = self._seal(place, operation, arguments, scope)
        return base64.urlsafe_b64encode(seal + place.encode()).decode().rstrip("=")

    def opened(self, cursor: str, *, operation: str, arguments: Mapping[str, Any], scope: Scope) -> str:
        """Give the place that was sealed; raises Fault `wrong_parameter` when it was for another list."""
        seal, place = _parts(cursor)
        if not hmac.compare_digest(seal, self._seal(place, operation, arguments, scope)):
            raise _wrong(cursor)
        return place

    def _seal(self, place: str, operation: str, arguments: Mapping[str, Any], scope: Scope) -> bytes:
        list_of = {name: value for name, value in arguments.items() if name not in _MAY_DIFFER}
        sealed = orjson.dumps([operation, scope.organisation, list_of, place], option=orjson.OPT_SORT_KEYS)
        return hmac.digest(self._key, sealed, "sha256")[:_SEAL_BYTES]


def _parts(cursor: str) -> tuple[bytes, str]:
    try:
        both = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return both[:_SEAL_BYTES], both[_SEAL_BYTES:].decode()
    except (binascii.Error, ValueError):
        raise _wrong(cursor) from None


def _wrong(cursor: str) -> Fault:
    detail = f"The next_cursor of this very list, with the same filters and order, is expected; got {shown(cursor)}"
    wrong = FieldError(pointer="/cursor", code="invalid", detail=detail)
    return Fault(kind="wrong_parameter", code="invalid_cursor", message=f"/cursor: {detail}", fields=(wrong,))
