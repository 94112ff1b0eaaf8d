"""The issuers of tokens: an OpenID Connect provider and, for local use only, the instance itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import jwt

from gateway.auth.keys import IssuerKeys

ALGORITHMS = ("RS256", "ES256", "EdDSA")
CLOCK_SKEW_SECONDS = 30
TYPES_OF_ACCESS_TOKENS = ("jwt", "at+jwt", "application/at+jwt")
ONLY_IN_ID_TOKENS = ("nonce", "at_hash", "c_hash")
"""Claims of ID tokens (OpenID Connect Core 1.0, sections 2 and 3.3.2.11), which are no access tokens."""

Claims = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ClaimNames:
    """The names of the claims that an issuer uses."""

    subject: str
    organisation: str
    roles: str
    person: str


class Issuer(Protocol):
    """An issuer of access tokens."""

    name: str
    """The `iss` of its tokens."""
    claim_names: ClaimNames

    def claims(self, token: str) -> Claims:
        """Return the verified claims; raises jwt.InvalidTokenError."""

    def key_set(self) -> int:
        """Return the number of the key set that it trusts now; another set has another number."""


class DevelopmentIssuer:
    """Issues tokens signed with a shared secret: for local use, not for a programme."""

    name = "partnerships"
    algorithm = "HS256"
    claim_names = ClaimNames(subject="sub", organisation="org", roles="roles", person="person")

    def __init__(self, *, secret: str) -> None:
        """Trust tokens signed with `secret`."""
        self._secret = secret

    def claims(self, token: str) -> Claims:
        """Return the verified claims; raises jwt.InvalidTokenError."""
        claims: Claims = jwt.decode(
            token,
            self._secret,
            algorithms=[self.algorithm],
            issuer=self.name,
            options={"require": ["exp", "iss"]},
        )
        return claims

    def key_set(self) -> int:
        """Return the same number always: its secret does not change while the process runs."""
        return 0


class OidcIssuer:
    """An OpenID Connect provider, whose tokens are verified with its published keys."""

    def __init__(self, *, name: str, audience: str, claim_names: ClaimNames, keys: IssuerKeys) -> None:
        """Trust tokens that `name` signed with one of its `keys` for `audience`."""
        self.name = name
        self.claim_names = claim_names
        self._audience = audience
        self._keys = keys

    def claims(self, token: str) -> Claims:
        """Return the verified claims; raises jwt.InvalidTokenError, and Fault `unavailable` if the keys are unknown."""
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

    def key_set(self) -> int:
        """Return the number of its published key set, which is fetched again once it is too old."""
        return self._keys.current_set()


def _key_id(header: Mapping[str, Any]) -> str:
    """Return the id of the key; raises jwt.InvalidTokenError before any key is fetched."""
    type, algorithm, key_id = header.get("typ", "jwt"), header.get("alg"), header.get("kid")
    if str(type).lower() not in TYPES_OF_ACCESS_TOKENS or algorithm not in ALGORITHMS or not isinstance(key_id, str):
        raise jwt.InvalidTokenError("not signed the way this issuer signs access tokens")
    return key_id
