"""Erasures: of whom nothing is to be kept, and when a service looks again for what is left of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pymongo import IndexModel

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.erasure import Removal
from chassis.persistence.repository import Repository

SWEEPS_AFTER = (
    timedelta(0),
    timedelta(minutes=1),
    timedelta(hours=1),
    *(timedelta(days=days) for days in (1, 7, 30, 130)),
)
"""How long after an erasure is looked again: a message that waited, or a dead letter, may have come meanwhile."""
SWEEPS_BY_TEXT = 2
"""So many times by name and address, which are then forgotten here, too; afterwards by the id alone."""


@dataclass(kw_only=True)
class Erasure(Aggregate):
    """Somebody, by their id, of whom nothing is to be kept."""

    erased_at: datetime
    texts: list[str] = field(metadata=INTERNAL)
    """Their name and address, as long as these are looked for."""
    sweeps: int = 0
    """How often was looked so far."""
    sweep_at: datetime | None

    def note_sweep(self) -> None:
        """Keep that was looked, and when to look again, if ever."""
        self.sweeps += 1
        if self.sweeps >= SWEEPS_BY_TEXT:
            self.texts = []
        is_over = self.sweeps >= len(SWEEPS_AFTER)
        self.sweep_at = None if is_over else self.erased_at + SWEEPS_AFTER[self.sweeps]

    @property
    def removal(self) -> Removal:
        """What is looked for."""
        return Removal(id=self.id, texts=tuple(self.texts))


class Erasures(Repository[Erasure]):
    """Every erasure, for operators alone."""

    collection = "erasures"
    aggregate = Erasure
    owner_field = "organisation"  # a field that none has
    indexes = (IndexModel("sweep_at"),)

    @staticmethod
    def due(at: datetime) -> Mapping[str, Any]:
        """Say of whom is to be looked for now."""
        return {"sweep_at": {"$lte": at}}

    def begin(self, id: str, *texts: str) -> None:
        """Have removed, soon, what is kept of somebody beside the aggregates: by their id, and by these texts."""
        now = self._unit_of_work.now
        self.save(Erasure(id=id, erased_at=now, sweep_at=now, texts=[text for text in texts if text]))
