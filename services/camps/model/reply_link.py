"""Links by which an invitation is answered without signing in: whoever has one answers as whom it was sent to."""

from dataclasses import dataclass

from chassis.domain.capabilities import Capability, CapabilityKeys, NotGenuine
from chassis.domain.errors import Conflict, NotFound, PerhapsNotKnownYet
from services.camps.model.invitation import Invitation

FORM = "1"
"""The version of the form that links lead to; an older one is not taken."""


class UnknownLink(NotFound):
    """A link leads to an invitation when it came out of a letter whole."""


class HolderNotKnownYet(PerhapsNotKnownYet):
    """Whom a link was sent to is not known here yet: the event that tells of them is on its way."""

    kind = "unavailable"
    code = "holder_not_known_yet"


class FormOutdated(Conflict):
    """A form is sent as long as nobody has answered since it was shown."""


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

    def nonce(self, invitation: Invitation, *, holder_id: str) -> str:
        """Give what a form must bring back: another one for each who has a link, and after each answer."""
        return self.keys.code(*_of_form(invitation, holder_id))

    def refuse_an_old_form(self, invitation: Invitation, nonce: str, *, holder_id: str) -> None:
        """Raise FormOutdated when somebody has answered since the form was shown."""
        if not self.keys.made(nonce, *_of_form(invitation, holder_id)):
            raise FormOutdated(f"{invitation.id} has been answered since: it is {invitation.state}")


def _of_form(invitation: Invitation, holder_id: str) -> tuple[str, ...]:
    return ("form", FORM, invitation.id, holder_id, str(invitation.answers))
