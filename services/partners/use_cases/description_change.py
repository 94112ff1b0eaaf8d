"""What is done beside a change of a partner's description: what was so before is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from services.partners.model.organisation.description_change import DescriptionChange
from services.partners.model.organisation.organisation import DayToCome
from services.partners.model.partner import Partner
from services.partners.repository.description_change import DescriptionChanges


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said of a partner: its description before and after, the members that were named, from when, and why."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    members: Collection[str]
    on: date
    reason: str | None


def day_of_change(effective_on: date | None, *, today: date) -> date:
    """Give the day from which a change is so: today unless an earlier one is given; raises DayToCome."""
    if effective_on is not None and effective_on > today:
        raise DayToCome.at("/effective_on", "in_the_future", f"A day up to {today} is expected; got '{effective_on}'")
    return effective_on or today


def keep_changes(uow: UnitOfWork, scope: Scope, partner: Partner, *, said: Said) -> int:
    """Keep what is different, and what was so already but from a later day on; give how many members that are."""
    kept = DescriptionChanges(uow)
    earlier = kept.of_partner(partner.id) if said.members else []
    different = {name for name, value in said.after.items() if value != said.before[name]}
    sooner = {each.member for each in earlier if each.until is None and each.since > said.on}
    changed = sorted(different | (sooner & set(said.members)))
    for each in earlier:
        if each.member in changed and each.give_way(said.on):
            kept.save(each)
    for member in changed:
        kept.save(_change(uow, scope, partner, member, said))
    return len(changed)


def _change(uow: UnitOfWork, scope: Scope, partner: Partner, member: str, said: Said) -> DescriptionChange:
    return DescriptionChange(
        id=uow.new_id("chg"),
        partner_id=partner.id,
        member=member,
        before=said.before[member],
        after=said.after[member],
        since=said.on,
        by=scope.subject,
        reason=said.reason,
        recorded_at=uow.now,
    )
