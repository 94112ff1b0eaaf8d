"""Tokens of an issuer outside, and a gateway that believes them; with a clock that is set by hand."""

import pytest

from chassis.domain.faults import Fault
from gateway.auth import Tokens
from gateway.auth.issuers import ClaimNames, OidcIssuer
from gateway.auth.keys import IssuerKeys
from tests.issuer_stub import AUDIENCE, IssuerStub

NAMES = ClaimNames(subject="sub", organisation="org", roles="roles", person="person")


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def believing(issuer: IssuerStub, seconds: Seconds, *, names: ClaimNames = NAMES, jwks_url: str = "") -> Tokens:
    keys = IssuerKeys(issuer=issuer.url, jwks_url=jwks_url, clock=seconds)
    issuers = [OidcIssuer(name=issuer.url, audience=AUDIENCE, claim_names=names, keys=keys)]
    return Tokens(issuers, longest_hours=24)


def refused(tokens: Tokens, token: str) -> str:
    with pytest.raises(Fault) as refusal:
        tokens.caller(f"Bearer {token}")
    return refusal.value.code
