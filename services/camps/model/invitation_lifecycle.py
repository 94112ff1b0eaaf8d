"""The states of an invitation, and what leads from which to which."""

from enum import StrEnum

from services.camps.model.answer import PossibleAnswer


class InvitationState(StrEnum):
    """Where an invitation stands with the partner; how its letters fare is another matter."""

    DRAFT = "draft"
    ISSUED = "issued"
    WAITLISTED = "waitlisted"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


UNANSWERED = (InvitationState.ISSUED, InvitationState.TENTATIVE)
ANSWERABLE = (*UNANSWERED, InvitationState.ACCEPTED)
_YES, _PERHAPS, _NO = PossibleAnswer.ACCEPTED, PossibleAnswer.TENTATIVE, PossibleAnswer.DECLINED
POSSIBLE = {
    InvitationState.ISSUED: (_YES, _PERHAPS, _NO),
    InvitationState.TENTATIVE: (_YES, _NO),
    InvitationState.ACCEPTED: (_YES, _PERHAPS, _NO),
}
"""What a partner can answer in time, by where its invitation stands; a yes again is for fewer seats."""


CLOSED = (InvitationState.DECLINED, InvitationState.EXPIRED, InvitationState.WITHDRAWN)
"""Where nothing is asked any more; staff can ask again."""
