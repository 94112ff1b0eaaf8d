"""Whose the link in a letter about an inquiry is."""

import hmac

from chassis.domain.capabilities import Capability
from chassis.domain.errors import Gone
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.mail_addresses import address_digest
from services.partners.model.inquiry.inquiry import Inquiry
from services.partners.model.inquiry.inquiry_link import UnknownLink
from services.partners.repository.inquiry import Inquiries


class LinkEnded(Gone):
    """A link leads to an inquiry as long as what its inquirer said is kept."""


def inquiry_held(seen_by: Reading, held: Capability) -> Inquiry:
    """Give the inquiry that a link was sent for; raises UnknownLink, and LinkEnded once its inquirer is forgotten."""
    inquiry = Inquiries(seen_by).first({"_id": held.thing_id}, scope=PLATFORM)
    if inquiry is None:
        raise UnknownLink
    if inquiry.inquirer is None or not _was_sent_to(inquiry.inquirer.email, held):
        raise LinkEnded
    return inquiry


def _was_sent_to(email: str, held: Capability) -> bool:
    digest = address_digest(email, of=held.holder_id)
    return hmac.compare_digest(digest.encode(), held.address_digest.encode())
