"""Refusals that are not recorded one by one: of each kind are kept the first, the last and how many there were."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from chassis.audit.quota import REFUSALS_A_MINUTE, Quota
from chassis.domain.scope import EVERY_ORGANISATION, Scope

MOST_CALLERS = 100
MOST_KINDS = 20
"""Of one caller; further ones, and further callers, are counted together as `VARIOUS`."""
VARIOUS = "various"
NOBODY = Scope(subject=VARIOUS, organisation=EVERY_ORGANISATION)
COUNTED_SECONDS = 60.0
"""How long they are counted before they are recorded."""


@dataclass(frozen=True, kw_only=True)
class AuditedAction:
    """The operation that a caller asks for, and the ids it is about."""

    operation: str
    scope: Scope
    about: tuple[str, ...]

    @property
    def caller(self) -> str:
        """Who has one quota."""
        return f"{self.scope.organisation} {self.scope.subject}"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One request that was refused: by or for which service, what it was, why, when, and which."""

    service: str
    action: AuditedAction
    code: str
    at: datetime
    request_id: str


class Kind(NamedTuple):
    """What refusals that are counted together have in common."""

    caller: str
    operation: str
    code: str


@dataclass(kw_only=True)
class Counted:
    """Refusals of one kind: the first, the last, and how many."""

    kind: Kind
    first: Refusal
    last: Refusal
    times: int = 1

    @classmethod
    def of(cls, refusal: Refusal) -> "Counted":
        """Begin with one."""
        kind = Kind(refusal.action.caller, refusal.action.operation, refusal.code)
        return cls(kind=kind, first=refusal, last=refusal)

    def join(self, other: "Counted") -> None:
        """Add others of this kind."""
        self.first = min(self.first, other.first, key=lambda each: each.at)
        self.last = max(other.last, self.last, key=lambda each: each.at)
        self.times += other.times

    @property
    def action(self) -> AuditedAction:
        """What the first and the last were about, and who asked; nobody in particular if they were several."""
        first, last = self.first.action, self.last.action
        about = tuple(dict.fromkeys(first.about + last.about))
        scope = first.scope if self.kind.caller != VARIOUS else replace(NOBODY, address=first.scope.address)
        return AuditedAction(operation=self.kind.operation, scope=scope, about=about)

    def repeats(self) -> dict[str, Any]:
        """Give what an audit record says of several refusals beside what it says of the first."""
        return {
            "times": self.times,
            "first_at": self.first.at,
            "last_at": self.last.at,
            "last_address": self.last.action.scope.address,
            "last_request_id": self.last.request_id,
        }


class RefusalLimit:
    """Decides which refusals are recorded by themselves, and counts others; what it remembers is bounded."""

    def __init__(self, limit: int = REFUSALS_A_MINUTE, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Have `limit` of a caller recorded by themselves in a minute; `clock` counts seconds."""
        self._quota = Quota(limit, clock=clock)
        self._clock = clock
        self._since: float | None = None
        self._by_kind: dict[Kind, Counted] = {}
        self._kinds_of: Counter[str] = Counter()

    def admits(self, refusal: Refusal) -> bool:
        """Whether it is to be recorded by itself; if not, count it."""
        return self._quota.allow(refusal.action.caller)

    def count(self, counted: Counted) -> None:
        """Count one, or several that were taken and could not be recorded."""
        if self._since is None:
            self._since = self._clock()
        kind = self._known(counted.kind)
        if kind in self._by_kind:
            self._by_kind[kind].join(counted)
        else:
            self._by_kind[kind] = replace(counted, kind=kind)
            self._kinds_of[kind.caller] += 1

    def take(self, *, at_once: bool = False) -> list[Counted]:
        """Give what was counted, and begin anew, if it was counted for long enough."""
        if self._since is None or not (at_once or self._clock() - self._since >= COUNTED_SECONDS):
            return []
        taken = list(self._by_kind.values())
        self._since = None
        self._by_kind.clear()
        self._kinds_of.clear()
        return taken

    def _known(self, kind: Kind) -> Kind:
        """Give the kind itself, or where there is no room for one more, that of various ones."""
        if kind.caller not in self._kinds_of and len(self._kinds_of) >= MOST_CALLERS:
            kind = kind._replace(caller=VARIOUS)
        if kind not in self._by_kind and self._kinds_of[kind.caller] >= MOST_KINDS:
            kind = kind._replace(operation=VARIOUS, code=VARIOUS)
        return kind
