"""The form by which who leads a partner says who comes, behind the link in their letter."""

from collections.abc import Iterable
from enum import StrEnum

from chassis.domain.errors import Invalid
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.reply_link import FormOutdated, ReplyLinks

FORM = "1"
"""The version of the form; an older one is not taken."""


class DelegateAction(StrEnum):
    """What can be done by the form."""

    NAME = "name"
    CONFIRM = "confirm"
    SUBSTITUTE = "substitute"
    WITHDRAW = "withdraw"
    NEEDS = "needs"


class FieldExpected(Invalid):
    """A form has what its action needs."""


def nonce(links: ReplyLinks, delegates: Iterable[Delegate], *, invitation: Invitation, holder_id: str) -> str:
    """Give what a form must bring back: another one for each who has a link, and after each change of who comes."""
    return links.keys.code(*_of_form(delegates, invitation, holder_id))


def refuse_an_old_form(
    links: ReplyLinks, nonce: str, delegates: Iterable[Delegate], *, invitation: Invitation, holder_id: str
) -> None:
    """Raise FormOutdated when somebody has changed who comes, or answered, since the form was shown."""
    if not links.keys.made(nonce, *_of_form(delegates, invitation, holder_id)):
        raise FormOutdated(f"who comes by {invitation.id} has been changed since the form was shown")


def _of_form(delegates: Iterable[Delegate], invitation: Invitation, holder_id: str) -> tuple[str, ...]:
    changes = str(sum(each.version for each in delegates))
    return ("delegates", FORM, invitation.id, holder_id, str(invitation.answers), changes)
