"""Who is believed, and who is not."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from chassis.config import InvalidSettings
from chassis.faults import Fault
from chassis.scope import Scope
from gateway.auth import Tokens, mint

SECRET = "a secret of the tests, and long enough"
LATER = datetime.now(UTC) + timedelta(hours=1)
CLAIMS: dict[str, Any] = {
    "sub": "anna",
    "org": "prt_1",
    "roles": ["partner_lead"],
    "exp": LATER,
    "iss": "partnerships",
}


def signed(claims: dict[str, Any] = CLAIMS, *, secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, secret, algorithm=algorithm)


def refused(authorization: str | None) -> str:
    with pytest.raises(Fault) as refusal:
        Tokens(SECRET).caller(authorization)
    assert refusal.value.kind == "unauthenticated"
    return refusal.value.code


def test_a_token_says_who_asks_for_whom_and_in_which_roles() -> None:
    caller = Tokens(SECRET).caller(f"Bearer {signed()}")

    assert caller == Scope(subject="anna", organisation="prt_1", roles=("partner_lead",))


def test_a_minted_token_is_believed() -> None:
    token = mint(secret=SECRET, subject="anna", organisation="*", roles=("programme_staff", "faculty"), hours=1)

    caller = Tokens(SECRET).caller(f"bearer {token}")

    assert caller == Scope(subject="anna", organisation="*", roles=("programme_staff", "faculty"))
    assert caller.sees_every_organisation


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi", signed()])
def test_no_bearer_token_is_no_caller(authorization: str | None) -> None:
    assert refused(authorization) == "token_missing"


def test_an_expired_token_is_refused_and_says_so() -> None:
    token = mint(secret=SECRET, subject="anna", organisation="*", roles=(), hours=-1)

    assert refused(f"Bearer {token}") == "token_expired"


@pytest.mark.parametrize("claim", ["sub", "org", "roles", "exp", "iss"])
def test_a_token_without_a_claim_is_refused(claim: str) -> None:
    claims = {name: value for name, value in CLAIMS.items() if name != claim}

    assert refused(f"Bearer {signed(claims)}") == "token_invalid"


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("sub", ""),
        ("sub", 7),
        ("sub", "x" * 201),
        ("org", ""),
        ("org", None),
        ("org", ["*"]),
        ("roles", "institute_admin"),
        ("roles", [7]),
        ("roles", None),
        ("iss", "somebody else"),
        ("exp", "tomorrow"),
    ],
)
def test_a_claim_that_says_nothing_usable_is_refused(claim: str, value: Any) -> None:
    assert refused(f"Bearer {forged({**CLAIMS, 'exp': int(LATER.timestamp()), claim: value})}") == "token_invalid"


def test_a_token_signed_with_another_secret_is_refused() -> None:
    assert refused(f"Bearer {signed(secret='another secret, which is as long as it')}") == "token_invalid"


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_a_token_of_another_algorithm_is_refused(algorithm: str) -> None:
    token = signed(secret=SECRET * 2, algorithm=algorithm)

    with pytest.raises(Fault) as refusal:
        Tokens(SECRET * 2).caller(f"Bearer {token}")

    assert refusal.value.code == "token_invalid"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
def test_a_token_that_nobody_signed_is_refused(algorithm: str) -> None:
    head = part({"alg": algorithm, "typ": "JWT"})
    claims = part({**CLAIMS, "exp": int(LATER.timestamp())})

    assert refused(f"Bearer {head}.{claims}.") == "token_invalid"


def test_a_token_that_was_changed_is_refused() -> None:
    head, _, signature = signed().split(".")
    promoted = part({**CLAIMS, "exp": int(LATER.timestamp()), "org": "*", "roles": ["institute_admin"]})

    assert refused(f"Bearer {head}.{promoted}.{signature}") == "token_invalid"


@pytest.mark.parametrize("token", ["x", "x.y.z", "....", "é", "\x00"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(f"Bearer {token}") == "token_invalid"


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_there_is_no_gateway_without_a_secret_and_the_sentence_does_not_show_it(secret: str) -> None:
    with pytest.raises(InvalidSettings) as refusal:
        Tokens(secret)

    sentence = str(refusal.value)
    assert "TOKEN_SECRET" in sentence
    assert "32" in sentence
    assert not secret or secret not in sentence


def test_32_characters_are_a_secret() -> None:
    assert Tokens("x" * 32)


def part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def forged(claims: dict[str, Any]) -> str:
    """A token with a good signature over claims that PyJWT would not sign."""
    head, body = part({"alg": "HS256", "typ": "JWT"}), part(claims)
    algorithm = jwt.get_algorithm_by_name("HS256")
    signature = algorithm.sign(f"{head}.{body}".encode(), algorithm.prepare_key(SECRET))
    return f"{head}.{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"
