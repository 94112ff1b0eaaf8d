"""Who is believed, and who is not."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from gateway.auth import Role, Tokens, mint
from gateway.auth.issuers import DevelopmentIssuer
from tests.unit.gateway.signed_tokens import CLAIMS, LATER, SECRET, signed


def tokens(secret: str = SECRET) -> Tokens:
    return Tokens([DevelopmentIssuer(secret=secret)], longest_hours=24)


def refused(authorization: str | None) -> str:
    with pytest.raises(Fault) as refusal:
        tokens().caller(authorization)
    assert refusal.value.kind == "unauthenticated"
    return refusal.value.code


def test_a_token_says_who_asks_for_whom_and_in_which_roles() -> None:
    caller = tokens().caller(f"Bearer {signed()}")

    assert caller == Scope(subject="anna", organisation="prt_1", roles=("partner_lead",))


def test_a_minted_token_is_believed() -> None:
    token = mint(
        secret=SECRET, subject="anna", organisation="*", roles=("faculty", "programme_staff"), hours=1, person="per_1"
    )

    caller = tokens().caller(f"bearer {token}")

    assert (caller.subject, caller.roles, caller.person) == ("anna", ("programme_staff", "faculty"), "per_1")
    assert caller.is_unrestricted


def test_every_minted_token_can_be_told_from_every_other_one() -> None:
    said = {"secret": SECRET, "subject": "anna", "organisation": "prt_1", "roles": (), "hours": 1}

    ids = {tokens().caller(f"Bearer {mint(**said)}").token_id for _ in range(2)}

    assert None not in ids
    assert len(ids) == 2


def test_roles_that_mean_nothing_here_are_ignored() -> None:
    caller = tokens().caller(f"Bearer {signed({**CLAIMS, 'roles': ['offline_access', 'partner_lead', 7, {}]})}")

    assert caller.roles == ("partner_lead",)


@pytest.mark.parametrize("role", sorted(Role))
def test_only_who_works_for_the_whole_programme_has_a_role_for_all_of_it(role: str) -> None:
    token = signed({**CLAIMS, "org": "*", "roles": [role]})

    if role in ("institute_admin", "programme_staff", "faculty", "auditor"):
        assert tokens().caller(f"Bearer {token}").roles == (role,)
    else:
        assert refused(f"Bearer {token}") == "roles_contradict"


@pytest.mark.parametrize("role", sorted(Role))
def test_one_of_an_organisation_has_no_role_of_the_institute(role: str) -> None:
    token = signed({**CLAIMS, "org": "prt_1", "roles": [role]})

    if role in ("institute_admin", "programme_staff", "faculty", "auditor"):
        assert refused(f"Bearer {token}") == "roles_contradict"
    else:
        assert tokens().caller(f"Bearer {token}").roles == (role,)


def test_which_roles_do_not_go_together_is_said() -> None:
    token = signed({**CLAIMS, "org": "prt_1", "roles": ["auditor", "partner_lead", "faculty"]})

    with pytest.raises(Fault, match=r"auditor, faculty can be held for the whole programme \(\*\) only, .* for prt_1"):
        tokens().caller(f"Bearer {token}")


@pytest.mark.parametrize(
    ("iat", "hours", "is_believed"),
    [(None, 24, True), (None, 25, False), (None, 87_600, False), (-12, 11, True), (-20, 5, False), (-87_590, 1, False)],
)
def test_a_token_is_valid_for_a_bounded_time(iat: int | None, hours: int, is_believed: bool) -> None:
    now = datetime.now(UTC)
    claims = {**CLAIMS, "exp": now + timedelta(hours=hours)} | ({"iat": now + timedelta(hours=iat)} if iat else {})

    if is_believed:
        assert tokens().caller(f"Bearer {signed(claims)}").subject == "anna"
    else:
        assert refused(f"Bearer {signed(claims)}") == "token_valid_too_long"


def test_a_role_for_all_does_not_make_one_of_an_organisation_a_role_for_all() -> None:
    token = signed({**CLAIMS, "org": "*", "roles": ["programme_staff", "partner_lead"]})

    assert refused(f"Bearer {token}") == "roles_contradict"


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
        ("sub", "anna\nbo"),
        ("sub", "\ud800"),
        ("org", "prt_1\0"),
        ("org", ""),
        ("org", None),
        ("org", ["*"]),
        ("roles", "institute_admin"),
        ("roles", None),
        ("jti", ""),
        ("jti", 7),
        ("person", None),
        ("person", ["per_1"]),
        ("person", "no id"),
        ("iss", "somebody else"),
        ("iss", ["partnerships"]),
        ("exp", "tomorrow"),
        ("exp", float("inf")),
        ("exp", None),
        ("exp", "9999999999"),
        ("iat", None),
        ("iat", True),
        ("iat", float("nan")),
        ("nbf", []),
        ("nbf", "1"),
        ("nbf", False),
        ("nbf", float("inf")),
        ("nbf", 10**400),
    ],
)
def test_a_claim_that_says_nothing_usable_is_refused(claim: str, value: Any) -> None:
    assert refused(f"Bearer {forged({**CLAIMS, 'exp': int(LATER.timestamp()), claim: value})}") == "token_invalid"


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 5000])
@pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
def test_a_number_that_no_instant_has_is_refused_however_it_is_written(claim: str, number: str) -> None:
    claims = json.dumps({**CLAIMS, "exp": int(LATER.timestamp()), claim: "HERE"}).replace('"HERE"', number)

    assert refused(f"Bearer {forged(claims)}") == "token_invalid"


@pytest.mark.parametrize(("exp", "code"), [(10**400, "token_valid_too_long"), (-1, "token_expired")])
def test_a_whole_number_of_any_size_is_an_instant(exp: int, code: str) -> None:
    assert refused(f"Bearer {forged({**CLAIMS, 'exp': exp})}") == code


def test_a_token_signed_with_another_secret_is_refused() -> None:
    assert refused(f"Bearer {signed(secret='another secret, which is as long as it')}") == "token_invalid"


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_a_token_of_another_algorithm_is_refused(algorithm: str) -> None:
    token = signed(secret=SECRET * 2, algorithm=algorithm)

    with pytest.raises(Fault) as refusal:
        tokens(SECRET * 2).caller(f"Bearer {token}")

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


DEEP = base64.urlsafe_b64encode(b"[" * 9000).decode()
HEAD = base64.urlsafe_b64encode(b'{"alg": "HS256"}').decode().rstrip("=")


@pytest.mark.parametrize(
    "token", ["x", "x.y.z", "....", "é", "\x00", f"{DEEP}.e30.eHh4", f"{HEAD}.{DEEP}.eHh4"], ids=range(7)
)
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(f"Bearer {token}") == "token_invalid"


def part(content: dict[str, Any] | str) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def forged(claims: dict[str, Any] | str) -> str:
    """A token with a good signature over claims that PyJWT would not sign."""
    head, body = part({"alg": "HS256", "typ": "JWT"}), part(claims)
    algorithm = jwt.get_algorithm_by_name("HS256")
    signature = algorithm.sign(f"{head}.{body}".encode(), algorithm.prepare_key(SECRET))
    return f"{head}.{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"
