"""Tokens that were verified, remembered by their hash: a client sends the same one with each request.

PyJWT verifies every token in full, which was an eighth of the processor time of a request.
"""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

from chassis.domain.scope import Scope
from gateway.auth.issuers import Issuer

MAX_REMEMBERED = 1024


@dataclass(frozen=True, kw_only=True)
class VerifiedToken:
    """What a token was found to grant, and what has to stay as it was for that to hold."""

    scope: Scope
    issuer: Issuer
    key_set: int
    """The issuer's key set by which it was verified."""
    since: float
    """When it was verified, in seconds since the Unix epoch."""
    until: int
    """Its `exp`; no leeway is given here."""

    def is_valid(self, now: float) -> bool:
        """Whether verifying it again would find the same: as long as it is true, neither `exp` nor `nbf` refuses it."""
        return self.since <= now < self.until and self.key_set == self.issuer.key_set()


class VerifiedTokens:
    """The tokens used last, at most MAX_REMEMBERED; what is not verified is never put here."""

    def __init__(self) -> None:
        """Remember none."""
        self._by_hash: OrderedDict[bytes, VerifiedToken] = OrderedDict()

    def get(self, token: str) -> VerifiedToken | None:
        """Return what is remembered of this token."""
        key = _hash(token)
        if key not in self._by_hash:
            return None
        self._by_hash.move_to_end(key)
        return self._by_hash[key]

    def put(self, token: str, verified: VerifiedToken) -> None:
        """Remember a token that was verified just now, instead of the one used longest ago."""
        self._by_hash[_hash(token)] = verified
        while len(self._by_hash) > MAX_REMEMBERED:
            self._by_hash.popitem(last=False)


def _hash(token: str) -> bytes:
    return sha256(token.encode(errors="surrogatepass")).digest()
