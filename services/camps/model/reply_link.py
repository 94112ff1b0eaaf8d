"""Links by which an invitation is answered without signing in: whoever has one may answer for the partner."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from chassis.domain.errors import Conflict, NotFound
from services.camps.model.invitation import Invitation

FORM = "1"
"""What the links lead to; links to an older form lead nowhere."""


class UnknownLink(NotFound):
    """A link leads to an invitation when it came out of a letter whole."""


class FormOutdated(Conflict):
    """A form is sent as long as nobody has answered since it was shown."""


@dataclass(frozen=True, kw_only=True)
class ReplyLinks:
    """Makes links, and reads them: only who knows the secret can make one that leads somewhere."""

    secret: str
    public_url: str

    def to(self, invitation_id: str) -> str:
        """Give the link to an invitation: the same whenever it is made."""
        return f"{self.public_url.rstrip('/')}/rsvp/{self.token(invitation_id)}"

    def token(self, invitation_id: str) -> str:
        """Give the part of a link by which it is known."""
        return f"{invitation_id}.{self._seal('link', FORM, invitation_id)}"

    def invitation_id(self, token: str) -> str:
        """Give the id of the invitation a link leads to; raises UnknownLink."""
        id = token.partition(".")[0]
        if not hmac.compare_digest(token.encode(errors="replace"), self.token(id).encode(errors="replace")):
            raise UnknownLink
        return id

    def nonce(self, invitation: Invitation) -> str:
        """Give what a form must bring back: another one after each answer."""
        return self._seal("form", FORM, invitation.id, str(invitation.answers))

    def refuse_an_old_form(self, invitation: Invitation, nonce: str) -> None:
        """Raise FormOutdated when somebody has answered since the form was shown."""
        if not hmac.compare_digest(nonce.encode(), self.nonce(invitation).encode()):
            raise FormOutdated(f"{invitation.id} has been answered since: it is {invitation.state}")

    def _seal(self, *parts: str) -> str:
        digest = hmac.digest(self.secret.encode(), "\n".join(parts).encode(errors="replace"), sha256)
        return urlsafe_b64encode(digest).decode().rstrip("=")
