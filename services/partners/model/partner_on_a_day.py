"""What stood of a partner at the end of a day: which state it was in, and by which admission."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from services.partners.model.history import HistoryEntry
from services.partners.model.organisation.former_name import name_of_day
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import HAS_LEFT, PartnerState


def standing_on(day: date, partner: Partner) -> dict[str, Any]:
    """Give the members of a partner that say how it stood at the end of a day, where it is.

    Before anything became of it, it was proposed.
    """
    zone = ZoneInfo(partner.zone)
    history = [each for each in partner.history if each.at.astimezone(zone).date() <= day]
    state = PartnerState(history[-1].to) if history else PartnerState.PROPOSED
    decided = [*partner.earlier_admissions, *([partner.admission] if partner.admission else [])]
    admissions = decided[: _admissions(history)]
    return {
        "state": state,
        "history": history,
        "admission": admissions[-1] if admissions else None,
        "earlier_admissions": admissions[:-1],
        "renewal_decisions": [each.on_a_day(day) for each in partner.renewal_decisions if each.decided_on <= day],
        "departed_on": partner.departed_on if state in HAS_LEFT else None,
    }


def names_on(day: date, partner: Partner) -> dict[str, Any]:
    """Give what a partner was called on a day, since when, and what it had been called before."""
    earlier = [each for each in partner.former_names if each.used_until < day]
    then = name_of_day(day, former=partner.former_names)
    if then is None:
        return {"name": partner.name, "name_used_from": partner.name_used_from, "former_names": earlier}
    return {"name": then.name, "name_used_from": then.used_from, "former_names": earlier}


def _admissions(history: list[HistoryEntry]) -> int:
    """Count them: whoever is admitted after a pause only goes on."""
    before = [None, *(each.to for each in history)]
    return sum(each.to == PartnerState.ADMITTED and last != PartnerState.PAUSED
               for last, each in zip(before, history, strict=False))  # fmt: skip
