"""What a letter to somebody else says of who is erased is removed from it."""

from dataclasses import replace

from chassis.domain.erasure import Removal
from services.notifications.model.letter import Letter

SAID = ("to_name", "subject", "body", "happened")


def remove_from(letter: Letter, removal: Removal) -> bool:
    """Remove who is mentioned in a letter, or all of it if it went to their address; gives whether anything differs."""
    if letter.to in removal.texts:
        letter.forget()
        return True
    said = {name: removal.from_text(getattr(letter, name)) for name in SAID}
    trail = [replace(each, detail=removal.from_text(each.detail)) for each in letter.trail]
    differs = trail != letter.trail or any(getattr(letter, name) != text for name, text in said.items())
    letter.trail = trail
    for name, text in said.items():
        setattr(letter, name, text)
    return differs
