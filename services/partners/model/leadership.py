"""Those who lead a partner, from when to when, and who of them is the sponsor."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid
from services.partners.events.leadership import LeadershipChanged
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME


class SponsorDoesNotLead(Invalid):
    """The sponsor is one of those who lead the partner."""


class Change(StrEnum):
    """What is different of a leadership team."""

    LEADER_JOINED = "leader_joined"
    LEADER_LEFT = "leader_left"
    SPONSOR_NAMED = "sponsor_named"
    SPONSOR_LEFT = "sponsor_left"
    """The sponsor leads the partner no more."""
    SPONSOR_RELEASED = "sponsor_released"
    """Somebody who still leads the partner is its sponsor no more."""


@dataclass(kw_only=True)
class Tenure:
    """Somebody leads a partner, or is its sponsor; `since` is None where that was so before it was kept."""

    person_id: str
    since: date | None
    until: date | None = None


@dataclass(kw_only=True)
class LeadershipTeam(Aggregate):
    """Who leads a partner and who did, the first one first; and its sponsors, one at a time."""

    partner_id: str
    leaders: list[Tenure] = field(default_factory=list)
    sponsors: list[Tenure] = field(default_factory=list)
    sponsor_id: str | None = None

    @property
    def leader_ids(self) -> list[str]:
        """Who leads the partner now."""
        return [each.person_id for each in self.leaders if each.until is None]

    def follow(self, person_id: str, *, leads: bool, partner: Partner, on: date) -> bool:
        """Note whether somebody leads the partner from now on; gives whether that is different."""
        if leads == (person_id in self.leader_ids):
            return False
        if leads:
            self.leaders.append(Tenure(person_id=person_id, since=on))
            self._say(Change.LEADER_JOINED, person_id, partner=partner, on=on)
            return True
        _end(self.leaders, person_id, on=on)
        change = Change.LEADER_LEFT
        if person_id == self.sponsor_id:
            change = Change.SPONSOR_LEFT
            self._have_sponsor(None, on=on)
        self._say(change, person_id, partner=partner, on=on)
        return True

    def name_sponsor(self, person_id: str | None, *, partner: Partner, on: date) -> bool:
        """Have one of those who lead be the sponsor, or nobody; gives whether that is different.

        Raises SponsorDoesNotLead.
        """
        before = self.sponsor_id
        if person_id == before:
            return False
        if person_id is not None and person_id not in self.leader_ids:
            detail = f"One of those who lead the partner, {', '.join(self.leader_ids)}, is expected; got '{person_id}'"
            raise SponsorDoesNotLead.at("/sponsor_id", "does_not_lead", detail)
        self._have_sponsor(person_id, on=on)
        change = Change.SPONSOR_NAMED if person_id else Change.SPONSOR_RELEASED
        self._say(change, person_id or str(before), partner=partner, on=on)
        return True

    def _have_sponsor(self, person_id: str | None, *, on: date) -> None:
        if self.sponsor_id:
            _end(self.sponsors, self.sponsor_id, on=on)
        if person_id:
            self.sponsors.append(Tenure(person_id=person_id, since=on))
        self.sponsor_id = person_id

    def _say(self, change: Change, person_id: str, *, partner: Partner, on: date) -> None:
        """Say it of a partner in the programme: its admission says who leads on that day."""
        if partner.state in IN_THE_PROGRAMME:
            self.record(
                LeadershipChanged(
                    team_id=self.id,
                    partner_id=self.partner_id,
                    change=change,
                    person_id=person_id,
                    leader_ids=self.leader_ids,
                    sponsor_id=self.sponsor_id,
                    changed_on=on,
                    admission_number=partner.admission_number,
                )
            )


def _end(tenures: list[Tenure], person_id: str, *, on: date) -> None:
    for each in tenures:
        if each.person_id == person_id and each.until is None:
            each.until = on
