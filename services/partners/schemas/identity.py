"""Which partner, person or assessment is meant, or what of other services, and which version of it."""

from collections.abc import Collection
from typing import Annotated

from chassis.schemas.fields import (
    Id,
    Version,
)

PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
AssessmentId = Annotated[str, Id("asm")]
InitiativeId = Annotated[str, Id("ini")]
CycleId = Annotated[str, Id("pds")]
CommitmentId = Annotated[str, Id("cmt")]
ExperienceId = Annotated[str, Id("exp")]
SessionId = Annotated[str, Id("ses")]
"""A session at a camp."""
ExpectedVersion = Annotated[Collection[int] | None, Version()]
