"""A partner: what it takes to be admitted, and what may become of it in the programme."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Unpack

from chassis.domain.errors import Conflict
from services.partners.events import partner as events
from services.partners.events.assessment import PartnerAssessed
from services.partners.model.assessment import Assessment
from services.partners.model.history import HistoryEntry
from services.partners.model.organisation.organisation import Changes, Description
from services.partners.model.partner_lifecycle import (
    HAS_LEFT,
    TRANSITIONS,
    PartnerAlreadyAdmitted,
    PartnerAlreadyPaused,
    PartnerHasDeparted,
    PartnerNotInTheProgramme,
    PartnerNotPaused,
    PartnerState,
    PartnerWithoutLeader,
)
from services.partners.model.partner_terms import Admission, PartnerTerms, refuse_a_term_that_ends_first


class PartnerAlreadyProposed(Conflict):
    """A partner of this name and place exists; a second one needs the caller's `same_name_is_meant`."""


@dataclass(kw_only=True)
class Partner(PartnerTerms):
    """An organisation with which the institute works for years.

    `history` has each time it was paused, resumed, departed, graduated or admitted, with the reason
    for that. `departed_on` is the day on which it left the programme, in either way.
    """

    lifecycle = TRANSITIONS

    departed_on: date | None = None
    inquiry_id: str | None = None
    """Of the inquiry that it was proposed for, if there was one."""
    history: list[HistoryEntry] = field(default_factory=list)

    @classmethod
    def propose(cls, *, id: str, **described: Unpack[Description]) -> "Partner":
        """Propose a partner; raises SubdivisionOfAnotherCountry."""
        partner = cls(id=id, **described)
        partner.describe()
        return partner

    def admit(self, admission: Admission, *, leader_ids: Sequence[str], at: datetime) -> None:
        """Say yes, for a term, to a partner with leaders committed to it; after a departure it is a new admission.

        Raises PartnerAlreadyAdmitted, PartnerWithoutLeader and TermEndsBeforeItStarts.
        """
        self._must_allow("admit_partner", otherwise=PartnerAlreadyAdmitted)
        if not leader_ids:
            raise PartnerWithoutLeader(f"partner {self.id} has no leader: add a person with role leader first")
        refuse_a_term_that_ends_first(admission.term_starts_on, admission.term_ends_on)
        self.earlier_admissions += [self.admission] if self.admission else []
        self.admission, self.departed_on = admission, None
        self._become(PartnerState.ADMITTED, reason="; ".join(admission.reasons), by=admission.decided_by, at=at)
        self.record(self._admitted(admission, leader_ids))

    def change(self, *, effective_on: date | None = None, **changes: Unpack[Changes]) -> bool:
        """Change what is described of a partner, from a day on; gives whether anything is different.

        That is published once it is in the programme: its admission says what it was until then.
        Raises PartnerHasDeparted and SubdivisionOfAnotherCountry.
        """
        self.refuse_if_it_has_left()
        changed = self.describe(**changes)
        if changed and self.state is not PartnerState.PROPOSED:
            self.record(self._profile(changed, effective_on))
        return bool(changed)

    def note_assessment(self, assessment: Assessment) -> None:
        """Say that it was assessed, and what is missing; raises PartnerHasDeparted."""
        self.refuse_if_it_has_left()
        self.record(
            PartnerAssessed(
                partner_id=self.id,
                criteria_version=assessment.criteria_version,
                assessed_on=assessment.assessed_on,
                gaps=assessment.gaps,
                assessment_id=assessment.id,
                round=assessment.round,
            )
        )

    def pause(self, *, reason: str, on: date, by: str, at: datetime) -> None:
        """Let the partnership rest; raises PartnerNotInTheProgramme and PartnerAlreadyPaused."""
        self._must_allow("pause_partner", otherwise=PartnerAlreadyPaused)
        self._become(PartnerState.PAUSED, reason=reason, by=by, at=at)
        self.record(events.PartnerPaused(partner_id=self.id, reason=reason, paused_on=on,
                                         admission_number=self.admission_number))  # fmt: skip

    def resume(self, *, on: date, by: str, at: datetime) -> None:
        """Take the partnership up again; raises PartnerNotInTheProgramme and PartnerNotPaused."""
        self._must_allow("resume_partner", otherwise=PartnerNotPaused)
        self._become(PartnerState.ADMITTED, reason=None, by=by, at=at)
        self.record(events.PartnerResumed(partner_id=self.id, resumed_on=on, admission_number=self.admission_number))

    def depart(self, *, reason: str, on: date, by: str, at: datetime) -> None:
        """End the partnership before or at the end of its term; raises PartnerNotInTheProgramme."""
        self._must_allow("depart_partner", otherwise=PartnerNotInTheProgramme)
        self.departed_on = on
        self._become(PartnerState.DEPARTED, reason=reason, by=by, at=at)
        self.record(events.PartnerDeparted(partner_id=self.id, reason=reason, departed_on=on,
                                           admission_number=self.admission_number))  # fmt: skip

    def graduate(self, *, reason: str, on: date, by: str, at: datetime) -> None:
        """End the partnership because what the partner came for is reached; raises PartnerNotInTheProgramme."""
        self._must_allow("graduate_partner", otherwise=PartnerNotInTheProgramme)
        self.departed_on = on
        self._become(PartnerState.GRADUATED, reason=reason, by=by, at=at)
        self.record(events.PartnerGraduated(partner_id=self.id, reason=reason, departed_on=on,
                                            admission_number=self.admission_number))  # fmt: skip

    def refuse_if_it_has_left(self) -> None:
        """Raise PartnerHasDeparted for one that has departed or graduated."""
        if self.state in HAS_LEFT:
            raise PartnerHasDeparted(f"partner {self.id} {self.state} on {self.departed_on}: first admit it anew")

    def _become(self, state: PartnerState, *, reason: str | None, by: str, at: datetime) -> None:
        self.state = state
        self.history.append(HistoryEntry(to=state, reason=reason, by=by, at=at))

    def _profile(self, changed: list[str], effective_on: date | None) -> events.PartnerProfileChanged:
        return events.PartnerProfileChanged(
            partner_id=self.id,
            name=self.name,
            country=self.country,
            subdivision=self.subdivision,
            continent=self.continent,
            zone=self.zone,
            language=self.language,
            focus_areas=self.focus_areas,
            issues=[each.words for each in self.issues],
            admission_number=self.admission_number,
            kind=self.kind,
            scope_level=self.scope_level,
            changed=changed,
            effective_on=effective_on,
        )

    def _admitted(self, admission: Admission, leader_ids: Sequence[str]) -> events.PartnerAdmitted:
        return events.PartnerAdmitted(
            partner_id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            subdivision=self.subdivision,
            continent=self.continent,
            zone=self.zone,
            language=self.language,
            focus_areas=self.focus_areas,
            issues=[each.words for each in self.issues],
            term_starts_on=admission.term_starts_on,
            term_ends_on=admission.term_ends_on,
            leader_ids=list(leader_ids),
            admission_number=self.admission_number,
        )
