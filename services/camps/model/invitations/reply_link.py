"""Links by which an invitation is answered without signing in: whoever has one answers as whom it was sent to."""

from dataclasses import dataclass

from chassis.domain.capabilities import Capability, CapabilityKeys, NotGenuine
from chassis.domain.errors import Conflict, NotFound, PerhapsNotKnownYet
from services.camps.model.invitations.invitation import Invitation

FORM = "1"
"""The version of the form that links lead to; an older one is not taken."""

EVERYBODY = "everybody"
"""Whose link it is that is passed on: it says nothing of who reads by it."""


class UnknownLink(NotFound):
    """A link leads to an invitation when it came out of a letter whole."""


class HolderNotKnownYet(PerhapsNotKnownYet):
    """Whom a link was sent to is not known here yet: the event that tells of them is on its way."""

    kind = "unavailable"
    code = "holder_not_known_yet"


class FormOutdated(Conflict):
    """A form is sent as long as nobody has answered, and the camp was not moved, since it was shown."""


@dataclass(frozen=True, kw_only=True)
class ReplyLinks:
    """Reads links, which notifications makes with the same secrets, and makes and reads the nonces of forms."""

    keys: CapabilityKeys

    def read(self, token: str) -> Capability:
        """Give what a link is of, by the part of it that is known by it; raises UnknownLink."""
        try:
            return self.keys.read(token)
        except NotGenuine:
            raise UnknownLink from None

    def of_everybody(self, thing_id: str) -> str:
        """Give the link to a thing that is passed on, and shows what is everybody's to see."""
        return self.keys.token(Capability(thing_id=thing_id, holder_id=EVERYBODY, address_digest=EVERYBODY))

    def nonce(self, invitation: Invitation, *, holder_id: str) -> str:
        """Give what a form must bring back: another for each who has a link, after each answer, and on other days."""
        return self.keys.code(*_of_form(invitation, holder_id))

    def refuse_an_old_form(self, invitation: Invitation, nonce: str, *, holder_id: str) -> None:
        """Raise FormOutdated when somebody has answered, or the camp was moved, since the form was shown."""
        if not self.keys.made(nonce, *_of_form(invitation, holder_id)):
            raise FormOutdated(
                f"{invitation.id} has been answered, or asks for other days, since: it is {invitation.state}"
            )


def _of_form(invitation: Invitation, holder_id: str) -> tuple[str, ...]:
    return ("form", FORM, invitation.id, holder_id, str(invitation.answers), str(invitation.anchor_revision))
