"""Whom and what a charter names: people and measures on record."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import ROLES, Aim, MeasureFact
from services.engagements.model.person import Person
from services.engagements.repository.engagement import People
from services.engagements.repository.measure_facts import fact_of
from services.engagements.repository.measurement import Measures


def people_named(uow: UnitOfWork, described: Mapping[str, Any]) -> dict[str, Person]:
    """Give whom a charter names, by the members that do; raises PerhapsNotKnownYet at the member."""
    named = {role: described[role] for role in ROLES if described.get(role)}
    named |= {f"member_ids/{at}": id for at, id in enumerate(described.get("member_ids") or [])}
    return {member: People(uow).referenced(id, by=member) for member, id in named.items()}


def refuse_an_interested_coach(
    people: Mapping[str, Person], engagement: Engagement, *, at: datetime, period: timedelta
) -> None:
    """Raise ConflictOfInterest if the coach that a charter names works or worked for the partner."""
    if coach := people.get("coach_id"):
        engagement.refuse_who_has_an_interest(coach, at=at, period=period)


def measure_of_aim(uow: UnitOfWork, described: Mapping[str, Any]) -> MeasureFact | None:
    """Give the measure that a given aim is tied to; raises UnknownReference at the member."""
    aim = described.get("aim")
    if not isinstance(aim, Aim) or aim.outcome_measure_id is None:
        return None
    return fact_of(Measures(uow).named(aim.outcome_measure_id, by="aim/outcome_measure_id", scope=PLATFORM))
