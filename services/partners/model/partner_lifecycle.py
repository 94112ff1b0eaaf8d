"""The states of a partner, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class PartnerState(StrEnum):
    """How far a partner is on its way through the programme."""

    PROPOSED = "proposed"
    ADMITTED = "admitted"
    PAUSED = "paused"
    DEPARTED = "departed"
    GRADUATED = "graduated"


PROPOSED, ADMITTED, PAUSED, DEPARTED, GRADUATED = PartnerState
IN_THE_PROGRAMME = frozenset({ADMITTED, PAUSED})
"""The states of a partner that was admitted and has not left since."""
HAS_LEFT = frozenset({DEPARTED, GRADUATED})
"""The states of a partner that was in the programme and is not any more; one that graduated is an alumnus."""
TRANSITIONS = (
    Transition(
        aggregate="partner",
        operation="propose_partner",
        from_states=(),
        to=(PROPOSED,),
        way_back="Nobody is told of a proposed partner, and it may stay one.",
    ),
    Transition(
        aggregate="partner",
        operation="admit_partner",
        from_states=(PROPOSED, DEPARTED, GRADUATED),
        to=(ADMITTED,),
        way_back="depart_partner",
    ),
    Transition(
        aggregate="partner",
        operation="pause_partner",
        from_states=(ADMITTED,),
        to=(PAUSED,),
        needs_reason=True,
        way_back="resume_partner",
    ),
    Transition(
        aggregate="partner",
        operation="resume_partner",
        from_states=(PAUSED,),
        to=(ADMITTED,),
        way_back="pause_partner",
    ),
    Transition(
        aggregate="partner",
        operation="renew_partner",
        from_states=(ADMITTED, PAUSED),
        to=(ADMITTED, PAUSED),
        way_back="reconsider_renewal",
    ),
    Transition(
        aggregate="partner",
        operation="let_term_end",
        from_states=(ADMITTED, PAUSED),
        to=(ADMITTED, PAUSED),
        way_back="reconsider_renewal",
    ),
    Transition(
        aggregate="partner",
        operation="reconsider_renewal",
        from_states=(ADMITTED, PAUSED),
        to=(ADMITTED, PAUSED),
        needs_reason=True,
        way_back="renew_partner",
    ),
    Transition(
        aggregate="partner",
        operation="depart_partner",
        from_states=(ADMITTED, PAUSED),
        to=(DEPARTED,),
        needs_reason=True,
        way_back="admit_partner",
    ),
    Transition(
        aggregate="partner",
        operation="graduate_partner",
        from_states=(ADMITTED, PAUSED),
        to=(GRADUATED,),
        needs_reason=True,
        way_back="admit_partner",
    ),
)


class PartnerAlreadyAdmitted(Conflict):
    """A partner is admitted before it is in the programme, or anew after it has departed."""


class PartnerNotInTheProgramme(Conflict):
    """Only a partner that was admitted and has not departed is paused, resumed or departs."""


class PartnerAlreadyPaused(Conflict):
    """A paused partner is resumed before it is paused again."""


class PartnerNotPaused(Conflict):
    """Only a paused partner is resumed."""


class PartnerHasDeparted(Conflict):
    """Of a partner that has departed or graduated nothing more is changed, until it is admitted anew."""


class PartnerWithoutLeader(Conflict):
    """A partner is admitted with a leader who is committed to it."""
