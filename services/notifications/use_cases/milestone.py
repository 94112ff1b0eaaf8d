"""Who is told of what becomes of a milestone."""

from typing import Any

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.model.letter import Category, Occasion
from services.notifications.repository import Milestones, Partners, Recipients
from services.notifications.templates import Stationery
from services.notifications.use_cases.letter import write, write_to_the_leaders


def tell_the_leaders(
    *, work: UnitOfWork, stationery: Stationery, sequence: int, partner_id: str, milestone_id: str, **reached: Any
) -> None:
    """Write to a partner's leaders that it has reached a milestone.

    Raises NotYetKnown while they are not known, and Superseded when it was reopened since.
    """
    if Milestones(work).reopened_since(milestone_id, sequence=sequence):
        raise Superseded(f"milestone {milestone_id} was reopened since its event {sequence}")
    occasion = Occasion(category=Category.MILESTONE, about_id=milestone_id, partner_id=partner_id, sequence=sequence)
    write_to_the_leaders(work, stationery, occasion, **reached)


def alert_the_coach(*, work: UnitOfWork, **at_risk: Any) -> None:
    """Write to the coach that a milestone is at risk; raises NotYetKnown while coach or partner is not known."""
    _alert(work, category=Category.AT_RISK, **at_risk)


def alert_the_coach_of_a_miss(*, work: UnitOfWork, **missed: Any) -> None:
    """Write to the coach that a milestone is missed; raises NotYetKnown while coach or partner is not known."""
    _alert(work, category=Category.MISSED, **missed)


def _alert(
    work: UnitOfWork,
    *,
    category: Category,
    stationery: Stationery,
    sequence: int,
    partner_id: str,
    milestone_id: str,
    coach_id: str,
    **about: Any,
) -> None:
    coach = Recipients(work).known(coach_id, scope=PLATFORM)
    partner = Partners(work).known(partner_id, scope=PLATFORM)
    occasion = Occasion(category=category, about_id=milestone_id, partner_id=partner_id, sequence=sequence)
    write(work, stationery, occasion, coach, partner_name=partner.name, **about)
