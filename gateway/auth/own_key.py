"""Tokens of an instance without an OpenID Connect provider, signed with a private key of its operator.

The gateway has only the public key, as it has of any provider, and cannot sign.
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
    """Return a new private key as PEM."""
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class OwnKey:
    """A private key, its public key set, and the tokens that it signs."""

    def __init__(self, pem: str) -> None:
        """Read the key; raises InvalidSettings if it cannot sign tokens."""
        try:
            key = load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise InvalidSettings("setting SIGNING_KEY: a private key on the curve P-256 as PEM is expected")
        self._key = key

    def published(self) -> str:
        """Return the public key as a JSON Web Key Set (RFC 7517), the content of OIDC_JWKS_URL."""
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
        """Return a token of `issuer` for `audience`; the rest is as in `gateway.auth.development.mint`."""
        claims = claims_of(names, subject=subject, organisation=organisation, roles=roles, hours=hours, person=person)
        headers = {"kid": KEY_ID, "typ": "at+jwt"}
        return jwt.encode({**claims, "iss": issuer, "aud": audience}, self._key, algorithm=ALGORITHM, headers=headers)
