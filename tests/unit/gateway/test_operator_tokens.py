"""Tokens signed by whoever operates an instance, believed by a gateway that knows the public half alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.runtime.config import InvalidSettings
from gateway.auth import Tokens, trusted_tokens
from gateway.auth.own_key import OwnKey, new_private_key
from gateway.auth.tokens import claim_names

ISSUER, AUDIENCE = "https://operator.invalid", "partnerships"
CLAIMS = {f"OIDC_{name}_CLAIM": name.lower() for name in ("SUBJECT", "ORGANISATION", "ROLES", "PERSON")}


@pytest.fixture
def settings(tmp_path: Path) -> Mapping[str, Any]:
    keys = f"file://{tmp_path}/keys.json"
    issuer = {"OIDC_ISSUER": ISSUER, "OIDC_AUDIENCE": AUDIENCE, "OIDC_JWKS_URL": keys}
    return {**issuer, **CLAIMS, "DEVELOPMENT_TOKENS": False, "TOKEN_SECRET": "s" * 32, "TOKEN_HOURS_AT_MOST": 24.0}


@pytest.fixture
def key(tmp_path: Path) -> OwnKey:
    key = OwnKey(new_private_key())
    (tmp_path / "keys.json").write_text(key.published())
    return key


@pytest.fixture
def gateway(settings: Mapping[str, Any]) -> Tokens:
    return trusted_tokens(settings)


def bearer(key: OwnKey, settings: Mapping[str, Any], **changed: Any) -> str:
    whose = {"subject": "anna", "organisation": "prt_1", "roles": ["partner_lead"], "hours": 1, **changed}
    return "Bearer " + key.mint(issuer=ISSUER, audience=AUDIENCE, names=claim_names(settings), **whose)


def test_whom_the_operator_signs_for_the_gateway_lets_in(
    gateway: Tokens, key: OwnKey, settings: Mapping[str, Any]
) -> None:
    caller = gateway.caller(bearer(key, settings))

    assert isinstance(caller, Scope)
    assert (caller.subject, caller.organisation, caller.roles) == ("anna", "prt_1", ("partner_lead",))


def test_a_token_signed_by_another_key_is_refused(gateway: Tokens, key: OwnKey, settings: Mapping[str, Any]) -> None:
    with pytest.raises(Fault, match="not one for this instance"):
        gateway.caller(bearer(OwnKey(new_private_key()), settings))


def test_a_token_expires(gateway: Tokens, key: OwnKey, settings: Mapping[str, Any]) -> None:
    with pytest.raises(Fault, match="expired"):
        gateway.caller(bearer(key, settings, hours=-1))


def test_the_private_key_is_not_published(key: OwnKey) -> None:
    assert '"d"' not in key.published()  # RFC 7518, section 6.2.2.1


def test_an_invalid_key_is_refused_without_being_shown() -> None:
    with pytest.raises(InvalidSettings, match="setting SIGNING_KEY: a private key on the curve P-256") as error:
        OwnKey("hunter2")

    assert "hunter2" not in str(error.value)
