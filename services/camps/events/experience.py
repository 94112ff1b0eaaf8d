"""What happens to experiences: what partners share with each other of what they tried and found."""

from dataclasses import dataclass
from typing import Annotated

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class ExperienceEvent(Event):
    """Something happened to an experience that is or was shared."""

    audience = "all"

    experience_id: Annotated[str, "the experience; also the event's subject"]
    partner_id: Annotated[str, "the partner whose experience it is"]
    camp_id: Annotated[str | None, "the camp at which it is shared; null where at none"]
    title: Annotated[str, "what was tried or found, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class ExperienceShared(ExperienceEvent):
    """A partner shares an experience with the others. Published again when it had been taken back."""

    type = "camps.experience.shared"

    kind: Annotated[str, "innovation, improvement or collaboration; more may come"]
    visibility: Annotated[str, "partners, or public; more may come"]
    based_on_id: Annotated[str | None, "the experience of another partner that it builds on; null where on none"]
    credited_partner_ids: Annotated[list[str], "the partners on whose experiences it builds, the nearest one first"]


@dataclass(frozen=True, kw_only=True)
class ExperienceWithdrawn(ExperienceEvent):
    """An experience that was shared is shared no longer, for a reason: it is corrected, or retired."""

    type = "camps.experience.withdrawn"

    reason: Annotated[str, "why"]
