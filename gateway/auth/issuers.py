"""Those whose tokens are believed: an OpenID Connect provider, and on this machine alone ourselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import jwt

from gateway.auth.keys import IssuerKeys

ALGORITHMS = ("RS256", "ES256", "EdDSA")
CLOCK_SKEW_SECONDS = 30
TYPES_OF_ACCESS_TOKENS = ("jwt", "at+jwt", "application/at+jwt")
ONLY_IN_ID_TOKENS = ("nonce", "at_hash", "c_hash")
"""OpenID Connect Core 1.0, sections 2 and 3.3.2.11: an ID token tells a client who signed in, and opens nothing."""

Claims = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ClaimNames:
    """Which claim says what."""

    subject: str
    organisation: str
    roles: str
    person: str


class Issuer(Protocol):
    """Somebody who says who is asking."""

    name: str
    """What its tokens have as `iss`."""
    claim_names: ClaimNames

    def claims(self, token: str) -> Claims:
        """Give what the token claims; raises jwt.InvalidTokenError unless this issuer signed it for us, for now."""


class DevelopmentIssuer:
    """Whoever knows a secret: for trying things out, not for a programme."""

    name = "partnerships"
    algorithm = "HS256"
    claim_names = ClaimNames(subject="sub", organisation="org", roles="roles", person="person")

    def __init__(self, *, secret: str) -> None:
        """Believe what is signed with `secret`."""
        self._secret = secret

    def claims(self, token: str) -> Claims:
        """Give what the token claims; raises jwt.InvalidTokenError."""
        claims: Claims = jwt.decode(
            token,
            self._secret,
            algorithms=[self.algorithm],
            issuer=self.name,
            options={"require": ["exp", "iss"]},
        )
        return claims


class OidcIssuer:
    """An OpenID Connect provider, known by the keys it publishes."""

    def __init__(self, *, name: str, audience: str, claim_names: ClaimNames, keys: IssuerKeys) -> None:
        """Believe what `name` signed with one of its `keys` for `audience`."""
        self.name = name
        self.claim_names = claim_names
        self._audience = audience
        self._keys = keys

    def claims(self, token: str) -> Claims:
        """Give what the token claims; raises jwt.InvalidTokenError, and Fault `unavailable` without the keys."""
        key = self._keys.key(_key_id(jwt.get_unverified_header(token)))
        claims: Claims = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self._audience,
            issuer=self.name,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
        if any(claim in claims for claim in ONLY_IN_ID_TOKENS):
            raise jwt.InvalidTokenError("an ID token is no access token")
        return claims


def _key_id(header: Mapping[str, Any]) -> str:
    """Give the key's id; whatever else is not to be verified with a key of ours does not make us look for one."""
    type, algorithm, key_id = header.get("typ", "jwt"), header.get("alg"), header.get("kid")
    if str(type).lower() not in TYPES_OF_ACCESS_TOKENS or algorithm not in ALGORITHMS or not isinstance(key_id, str):
        raise jwt.InvalidTokenError("not signed the way this issuer signs access tokens")
    return key_id
