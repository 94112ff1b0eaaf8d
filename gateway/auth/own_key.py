"""Tokens of an instance that has no provider to sign in at: whoever operates it holds a private key.

The gateway is given the public half alone, as of any OpenID Connect provider: who gets hold of it cannot sign.
"""

import json
from collections.abc import Collection

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from chassis.runtime.config import InvalidSettings
from gateway.auth.development import claims_of
from gateway.auth.issuers import ClaimNames

ALGORITHM = "ES256"
KEY_ID = "operator"


def new_private_key() -> str:
    """Make a key, as PEM."""
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class OwnKey:
    """A private key, and what follows from it."""

    def __init__(self, pem: str) -> None:
        """Read the key; raises InvalidSettings when it is none that can sign tokens."""
        try:
            key = load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise InvalidSettings("setting SIGNING_KEY: a private key on the curve P-256 as PEM is expected")
        self._key = key

    def published(self) -> str:
        """Give the public half as a JSON Web Key Set (RFC 7517): what OIDC_JWKS_URL is to hold."""
        public = jwt.get_algorithm_by_name(ALGORITHM).to_jwk(self._key.public_key(), as_dict=True)
        return json.dumps({"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": ALGORITHM}]})

    def mint(
        self,
        *,
        issuer: str,
        audience: str,
        names: ClaimNames,
        subject: str,
        organisation: str,
        roles: Collection[str],
        hours: float,
        person: str | None = None,
    ) -> str:
        """Sign a token as `issuer` for `audience`; the rest is as `gateway.auth.development.mint` takes it."""
        claims = claims_of(names, subject=subject, organisation=organisation, roles=roles, hours=hours, person=person)
        headers = {"kid": KEY_ID, "typ": "at+jwt"}
        return jwt.encode({**claims, "iss": issuer, "aud": audience}, self._key, algorithm=ALGORITHM, headers=headers)
