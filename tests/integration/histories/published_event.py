"""Events that other services publish, made from the examples of their contracts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.messaging.envelope import Envelope

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "events"
EXAMPLES = {path.name.removesuffix(".v1.json"): json.loads(path.read_text())["examples"][0]
            for path in CONTRACTS.glob("*.json")}  # fmt: skip
COACH, SUCCESSOR = "per_coach", "per_successor"


@dataclass(frozen=True, kw_only=True)
class PublishedEvent:
    """One published event; the sequence counts from 1 for each subject."""

    id: str
    type: str
    subject: str
    sequence: int
    data: Mapping[str, Any]

    @property
    def envelope(self) -> Envelope:
        return Envelope(
            id=self.id, source="/services/others", type=self.type, subject=self.subject,
            time="2026-06-01T09:00:00.000Z", sequence=self.sequence, correlationid="req_history",
        )  # fmt: skip


def published(type: str, subject: str, sequence: int = 1, **data: Any) -> PublishedEvent:
    """The first example of an event's contract, with other data where given."""
    id = f"evt_{subject}_{sequence}"
    return PublishedEvent(id=id, type=type, subject=subject, sequence=sequence, data={**EXAMPLES[type], **data})


def joined(id: str, partner_id: str | None, role: str) -> PublishedEvent:
    return published("partners.person.joined", id, person_id=id, partner_id=partner_id, role=role, name=f"Name of {id}")
