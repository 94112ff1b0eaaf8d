"""Which tokens a gateway trusts by its settings, and with which settings it does not start."""

from typing import Any

import pytest

from chassis.domain.faults import Fault
from chassis.runtime.config import InvalidSettings
from gateway.auth import trusted_tokens
from tests.unit.gateway.signed_tokens import SECRET, signed

SETTINGS: dict[str, Any] = {
    "WEB_SERVER_ADDRESS": "127.0.0.1:8000",
    "DEVELOPMENT_TOKENS": True,
    "TOKEN_SECRET": SECRET,
    "OIDC_ISSUER": "",
    "OIDC_AUDIENCE": "",
    "OIDC_JWKS_URL": "",
    "OIDC_SUBJECT_CLAIM": "sub",
    "OIDC_ORGANISATION_CLAIM": "org",
    "OIDC_ROLES_CLAIM": "roles",
    "OIDC_PERSON_CLAIM": "person",
    "TOKEN_HOURS_AT_MOST": 24.0,
}


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_the_gateway_does_not_start_with_a_weak_secret_and_does_not_show_it(secret: str) -> None:
    sentence = not_started(TOKEN_SECRET=secret)

    assert "TOKEN_SECRET" in sentence
    assert "32" in sentence
    assert not secret or secret not in sentence


def test_32_characters_are_a_secret() -> None:
    assert trusted_tokens({**SETTINGS, "TOKEN_SECRET": "x" * 32})


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "127.3.2.1:80", "localhost:8000", "[::1]:8000"])
def test_tokens_of_development_are_believed_within_one_machine(address: str) -> None:
    believed = trusted_tokens({**SETTINGS, "WEB_SERVER_ADDRESS": address})

    assert believed.caller(f"Bearer {signed()}").subject == "anna"


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "10.0.0.7:8000", "gateway:8000", "[::]:8000", "127.0.0.1.x:80"])
def test_tokens_of_development_are_not_believed_where_others_can_reach_the_gateway(address: str) -> None:
    sentence = not_started(WEB_SERVER_ADDRESS=address)

    assert sentence.startswith("setting DEVELOPMENT_TOKENS: ")
    assert address in sentence


def test_a_secret_alone_makes_nobody_believed() -> None:
    issuer = {"OIDC_ISSUER": "https://id.example", "OIDC_AUDIENCE": "us"}
    believed = trusted_tokens({**SETTINGS, **issuer, "DEVELOPMENT_TOKENS": False})

    with pytest.raises(Fault):
        believed.caller(f"Bearer {signed()}")


def test_there_is_no_gateway_where_nobody_could_say_who_they_are() -> None:
    assert not_started(DEVELOPMENT_TOKENS=False).startswith("setting OIDC_ISSUER: ")


def test_a_token_for_another_audience_is_refused() -> None:
    assert not_started(OIDC_ISSUER="https://id.example").startswith("setting OIDC_AUDIENCE: ")


def test_for_how_long_is_a_setting() -> None:
    believed = trusted_tokens({**SETTINGS, "TOKEN_HOURS_AT_MOST": 0.5})

    with pytest.raises(Fault, match=r"at most 0\.5 h are expected"):
        believed.caller(f"Bearer {signed()}")


def not_started(**changed: Any) -> str:
    """The one sentence with which the gateway does not start."""
    with pytest.raises(InvalidSettings) as refusal:
        trusted_tokens({**SETTINGS, **changed})
    assert "\n" not in str(refusal.value)
    return str(refusal.value)
