"""Capabilities: texts by which whoever has one does one thing as its holder, without signing in.

A capability is of a thing, of its holder, and of the address it was sent to: who reads one asks whether its holder may
still do that, and is still at that address. Nothing is stored for it, and only who knows a secret can make one.
"""

import hmac
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

CODE_BYTES = 16
"""Of a message authentication code: half of what SHA-256 gives, and no less (RFC 2104, section 5)."""
IN_TEXT = re.compile(r"(_[0-9a-z]{26})(?:\.[\w-]++)++")
"""An id with what authorises behind it."""
_CAPABILITY = "capability"
"""What the code of a capability is for; codes for other ends are none of it."""


class NotGenuine(ValueError):
    """A text is a capability if it was made with one of the secrets, and is whole."""


@dataclass(frozen=True, kw_only=True)
class Capability:
    """To do one thing, as its holder, as long as they are at the address that has this digest."""

    thing_id: str
    holder_id: str
    address_digest: str


@dataclass(frozen=True)
class CapabilityKeys:
    """Makes capabilities and reads them; the first secret makes them, and those made with any of them are genuine."""

    secrets: tuple[str, ...] = field(repr=False)

    def token(self, capability: Capability) -> str:
        """Give a capability as a text, the same whenever it is made, that can stand in the path of a URL."""
        said = f"{capability.thing_id}.{capability.holder_id}.{capability.address_digest}"
        return f"{said}.{self.code(_CAPABILITY, said)}"

    def read(self, token: str) -> Capability:
        """Give the capability that a text is; raises NotGenuine."""
        said, _, code = token.rpartition(".")
        parts = said.split(".")
        if not self.made(code, _CAPABILITY, said) or len(parts) != 3:
            raise NotGenuine
        return Capability(thing_id=parts[0], holder_id=parts[1], address_digest=parts[2])

    def code(self, *parts: str) -> str:
        """Give the message authentication code of some texts in this order (HMAC-SHA256)."""
        return _code(self.secrets[0], parts)

    def made(self, code: str, *parts: str) -> bool:
        """Whether a code is one of these texts; how long that takes says nothing of the right one."""
        given = code.encode(errors="replace")
        return any(hmac.compare_digest(given, _code(secret, parts).encode()) for secret in self.secrets)


def masked(value: Any) -> Any:
    """Give a text, or a list or object with texts, without what authorises; each id stays."""
    if isinstance(value, str):
        return IN_TEXT.sub(r"\1.***", value)
    if isinstance(value, Mapping):
        return {masked(name): masked(each) for name, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, list) else value


def _code(secret: str, parts: tuple[str, ...]) -> str:
    joined = json.dumps(parts).encode()  # so that no other texts give the same
    return urlsafe_b64encode(hmac.digest(secret.encode(), joined, sha256)[:CODE_BYTES]).decode().rstrip("=")
