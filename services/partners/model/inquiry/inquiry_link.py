"""The link by which an inquirer sees how far their inquiry is: whoever has it says so as the inquirer."""

from dataclasses import dataclass

from chassis.domain.capabilities import Capability, CapabilityKeys, NotGenuine
from chassis.domain.errors import Conflict, NotFound
from services.partners.model.inquiry.inquiry import Inquiry


class UnknownLink(NotFound):
    """A link leads to an inquiry when it came out of a letter whole."""


class FormOutdated(Conflict):
    """A form is sent as long as nothing has become of the inquiry since it was shown."""


@dataclass(frozen=True, kw_only=True)
class InquiryLinks:
    """Reads links, which notifications makes with the same secrets, and makes and reads the nonces of forms."""

    keys: CapabilityKeys

    def read(self, token: str) -> Capability:
        """Give what a link is of; raises UnknownLink."""
        try:
            held = self.keys.read(token)
        except NotGenuine:
            raise UnknownLink from None
        if held.thing_id != held.holder_id:
            raise UnknownLink
        return held

    def nonce(self, inquiry: Inquiry) -> str:
        """Give what a form must bring back: another after each message, and in each state."""
        return self.keys.code(*_of_form(inquiry))

    def refuse_an_old_form(self, inquiry: Inquiry, nonce: str) -> None:
        """Raise FormOutdated when something has become of the inquiry since the form was shown."""
        if not self.keys.made(nonce, *_of_form(inquiry)):
            raise FormOutdated(f"{inquiry.id} is {inquiry.state} since")


def _of_form(inquiry: Inquiry) -> tuple[str, ...]:
    return ("inquiry form", inquiry.id, str(len(inquiry.messages)), str(len(inquiry.history)))
