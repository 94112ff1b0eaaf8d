"""The link by which a letter's recipient answers: it is made as the letter leaves, and kept nowhere.

Until then the letter's own id stands in its place, which nobody knew who wrote anything that the letter quotes.
"""

import re
from dataclasses import replace

from chassis.domain.capabilities import Capability, CapabilityKeys
from services.notifications.model.letter import Answer, Letter


def with_link(letter: Letter, keys: CapabilityKeys, *, address_digest: str) -> Letter:
    """Give a letter as its recipient reads it, at the address it goes to now; what is stored has no link."""
    holds = Capability(thing_id=letter.about_id, holder_id=letter.recipient_id, address_digest=address_digest)
    return replace(letter, body=letter.body.replace(letter.id, keys.token(holds)))


def without_link(answer: Answer, letter: Letter) -> Answer:
    """Give what a mail server said of a letter, without the link that it may have quoted."""
    return replace(answer, detail=re.sub(rf"{re.escape(letter.about_id)}\.[\w.-]+", letter.id, answer.detail))
