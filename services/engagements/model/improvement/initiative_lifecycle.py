"""The states of an initiative, what leads from which to which, and how what does not is refused."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import Transition
from services.engagements.model.engagement_lifecycle import NEWLY_ADMITTED


class InitiativeState(StrEnum):
    """How far an initiative is."""

    IDEA = "idea"
    CHARTERED = "chartered"
    ACTIVE = "active"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What became of an initiative that is closed."""

    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"
    ABANDONED = "abandoned"


IDEA, CHARTERED, ACTIVE, CLOSED = InitiativeState
OPEN = (IDEA, CHARTERED, ACTIVE)
"""The states of what is still worked on, or is to be."""
_row = partial(Transition, aggregate="initiative")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="propose_initiative", from_states=(), to=(IDEA,), way_back="close_initiative"),
    _row(operation="change_initiative", from_states=OPEN, to=OPEN, way_back="change_initiative"),
    _row(operation="draw_driver_diagram", from_states=OPEN, to=OPEN, way_back="draw_driver_diagram"),
    _row(operation="sign_charter", from_states=OPEN, to=OPEN, way_back="withdraw_signature"),
    _with_reason(operation="withdraw_signature", from_states=OPEN, to=OPEN, way_back="sign_charter"),
    _row(operation="charter_initiative", from_states=(IDEA,), to=(CHARTERED,), way_back="redraft_initiative"),
    _with_reason(operation="redraft_initiative", from_states=(CHARTERED,), to=(IDEA,), way_back="charter_initiative"),
    _row(operation="start_initiative", from_states=(CHARTERED,), to=(ACTIVE,), way_back="retract_initiative_start"),
    _with_reason(
        operation="retract_initiative_start", from_states=(ACTIVE,), to=(CHARTERED,), way_back="start_initiative"
    ),
    _row(operation="score_initiative", from_states=OPEN, to=OPEN, way_back="correct_score"),
    _with_reason(operation="correct_score", from_states=(*OPEN, CLOSED), to=(*OPEN, CLOSED), way_back="correct_score"),
    _row(
        operation="stall_initiatives",
        from_states=OPEN,
        to=OPEN,
        way_back="That it stood still stays true; a score that moves ends it.",
    ),
    _with_reason(operation="close_initiative", from_states=OPEN, to=(CLOSED,), way_back="reopen_initiative"),
    _with_reason(operation="reopen_initiative", from_states=(CLOSED,), to=OPEN, way_back="close_initiative"),
    _with_reason(operation="close_engagement", from_states=OPEN, to=(CLOSED,), way_back="reopen_engagement"),
    _row(operation="close_with_partner", from_states=OPEN, to=(CLOSED,), way_back=NEWLY_ADMITTED),
    _with_reason(operation="reopen_engagement", from_states=(CLOSED,), to=OPEN, way_back="close_engagement"),
)


class InitiativeClosed(Conflict):
    """In a closed initiative nothing happens any more, unless it is reopened."""


class InitiativeNotClosed(Conflict):
    """Only what is closed is reopened."""


class InitiativeAlreadyChartered(Conflict):
    """An initiative is chartered once, unless it is redrafted."""


class InitiativeNotChartered(Conflict):
    """Work begins with a charter, and only a charter is redrafted."""


class InitiativeNotActive(Conflict):
    """Changes are tested while work on an initiative is under way."""


class CharterIncomplete(Conflict):
    """A charter says what is wanted, how it will be known, which changes are tried, and who answers for it."""


class CharterNotSigned(Conflict):
    """Only a signature that stands is withdrawn."""


class NobodyToSign(Conflict):
    """A charter is signed by the sponsor whom it names."""


class CyclesHaveBegun(Conflict):
    """A start is taken back before the first change is tested."""


class ScoredAlready(Conflict):
    """A month is scored once by the team and once by faculty; a score is corrected for a reason."""


class NoSuchScore(Invalid):
    """Only a score that was given is corrected."""


REFUSALS: Mapping[InitiativeState, type[Conflict]] = {CLOSED: InitiativeClosed}
"""How it is refused from these states, unless another refusal says more."""
