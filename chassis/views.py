"""How aggregates are shown: one as it is, many as a page with a cursor to the next."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from chassis.documents import to_public
from chassis.domain import Aggregate, Invalid
from chassis.repository import Repository
from chassis.scope import Scope


class InvalidCursor(Invalid):
    """A cursor is used as it was given, with the same filters."""


def shown(repository: Repository[Any], id: str, *, scope: Scope) -> dict[str, Any]:
    """Give one aggregate as the outside sees it; raises NotFound."""
    return to_public(repository.get(id, scope=scope))


def listed(
    repository: Repository[Any], where: Mapping[str, Any], *, scope: Scope, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Give `{"items": […], "next_cursor": …}`: one page in order of id; raises InvalidCursor."""
    after = _opened(cursor) if cursor else None
    found = repository.page(where, scope=scope, limit=limit + 1, after=after)
    items, more = found[:limit], len(found) > limit
    return {"items": [to_public(each) for each in items], "next_cursor": _closed(items[-1]) if more else None}


def _closed(last: Aggregate) -> str:
    return base64.urlsafe_b64encode(last.id.encode()).decode()


def _opened(cursor: str) -> str:
    try:
        return base64.b64decode(cursor, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        detail = f"A next_cursor of an earlier page is expected; got {cursor!r}"
        raise InvalidCursor(detail, fields=[{"pointer": "/cursor", "code": "invalid", "detail": detail}]) from None
