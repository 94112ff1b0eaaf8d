"""What one can see of what was learned and promised at camps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from chassis.domain.errors import NotFound
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import AlsoBy, Page, Paging
from chassis.schemas.operations import query
from services.camps.model.learning.commitment import Commitment
from services.camps.model.learning.commitment_lifecycle import CommitmentState
from services.camps.model.learning.experience import Experience, ExperienceKind, Visibility
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.repository.camp import EligiblePartners
from services.camps.repository.learning import Commitments, Experiences
from services.camps.schemas.camp import CampId, PartnerId
from services.camps.schemas.learning import CommitmentId, ExperienceId, Query


@query
def show_commitment(reading: Reading, scope: Scope, *, commitment_id: CommitmentId) -> Commitment:
    """Show a commitment."""
    return Commitments(reading).get(commitment_id, scope=scope)


@query
def list_commitments(
    reading: Reading,
    scope: Scope,
    *,
    paging: Annotated[Paging, AlsoBy(["due_on"])],
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    state: CommitmentState | None = None,
) -> Page[Commitment]:
    """List commitments: made at one camp, of one partner or in one state."""
    return list_page(Commitments(reading), paging, scope=scope, camp_id=camp_id, partner_id=partner_id, state=state)


@query
def show_experience(reading: Reading, scope: Scope, *, experience_id: ExperienceId) -> Experience:
    """Show an experience of one's own, as far as it is."""
    return Experiences(reading).get(experience_id, scope=scope)


@query
def list_experiences(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    camp_id: CampId | None = None,
    kind: ExperienceKind | None = None,
    state: ExperienceState | None = None,
    q: Query | None = None,
) -> Page[Experience]:
    """List experiences of one's own: of one partner or kind, shared at one camp, in one state, or by title."""
    wanted = {"partner_id": partner_id, "camp_id": camp_id, "kind": kind, "state": state}
    return list_page(Experiences(reading), paging, scope=scope, q=q, **wanted)


@dataclass(frozen=True, kw_only=True)
class Credit:
    """An experience that another builds on, and whose it is; without its title where it is shared no longer."""

    experience_id: str
    partner_id: str
    partner_name: str
    title: str | None


@dataclass(frozen=True, kw_only=True)
class SharedExperience:
    """An experience as all partners see it, with those that it builds on, the nearest one first."""

    id: str
    partner_id: str
    partner_name: str
    kind: ExperienceKind
    title: str
    story: str | None
    camp_id: str | None
    visibility: Visibility
    evidence_withdrawn: bool
    credits: list[Credit]


@query
def show_shared_experience(reading: Reading, scope: Scope, *, experience_id: ExperienceId) -> SharedExperience:  # noqa: ARG001  everybody's
    """Show an experience that a partner shares, and on whose experiences it builds."""
    found = Experiences(reading).first({"_id": experience_id, "state": ExperienceState.SHARED}, scope=PLATFORM)
    if found is None:
        raise NotFound(f"there is no shared experience {experience_id!r}")
    return as_shared(reading, found)


@query
def list_shared_experiences(
    reading: Reading,
    scope: Scope,  # noqa: ARG001  everybody's
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    camp_id: CampId | None = None,
    kind: ExperienceKind | None = None,
    q: Query | None = None,
) -> Page[SharedExperience]:
    """List the experiences that partners share: of one partner or kind, at one camp, or by title."""
    wanted = {"partner_id": partner_id, "camp_id": camp_id, "kind": kind, "state": ExperienceState.SHARED}
    found = list_page(Experiences(reading), paging, scope=PLATFORM, q=q, **wanted)
    return Page(items=[as_shared(reading, each) for each in found.items], next_cursor=found.next_cursor)


def as_shared(reading: Reading, experience: Experience, *, to: Visibility = Visibility.PARTNERS) -> SharedExperience:
    """Give an experience as all partners see it, or as everybody does: a title they may not see is left out."""
    origins = Experiences(reading).origins_of(experience)
    names = names_of(reading, [experience.partner_id, *(each.partner_id for each in origins)])
    credits = [Credit(experience_id=each.id, partner_id=each.partner_id, partner_name=names[each.partner_id],
                      title=each.title if each.is_shown_to(to) else None)
               for each in origins]  # fmt: skip
    return SharedExperience(id=experience.id, partner_id=experience.partner_id,
                            partner_name=names[experience.partner_id], kind=experience.kind, title=experience.title,
                            story=experience.story, camp_id=experience.camp_id, visibility=experience.visibility,
                            evidence_withdrawn=experience.evidence_withdrawn, credits=credits)  # fmt: skip


def names_of(reading: Reading, partner_ids: Sequence[str]) -> dict[str, str]:
    """Give what partners are called."""
    wanted = {"_id": {"$in": sorted(set(partner_ids))}}
    return {each.id: each.name for each in EligiblePartners(reading).each(wanted, scope=PLATFORM)}
