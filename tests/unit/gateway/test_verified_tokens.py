"""A token is verified once, and again as soon as that could find something else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from gateway.auth import Tokens
from gateway.auth.issuers import ClaimNames, Claims, DevelopmentIssuer, OidcIssuer
from gateway.auth.keys import MAX_AGE_SECONDS, MIN_INTERVAL_SECONDS, IssuerKeys
from gateway.auth.verified_tokens import MAX_REMEMBERED, VerifiedToken, VerifiedTokens
from tests.issuer_stub import AUDIENCE, issuer_running

SECRET, OTHER_SECRET = "a secret of the tests, and long enough", "another secret, which is long enough too"
NAMES = ClaimNames(subject="sub", organisation="org", roles="roles", person="person")
NOW = datetime.now(UTC).replace(microsecond=0)
EXPIRES = NOW + timedelta(hours=1)


class Clock:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now.timestamp()


class CountingIssuer(DevelopmentIssuer):
    def __init__(self, secret: str = SECRET) -> None:
        super().__init__(secret=secret)
        self.verifications = 0

    def claims(self, token: str) -> Claims:
        self.verifications += 1
        return super().claims(token)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer() -> CountingIssuer:
    return CountingIssuer()


@pytest.fixture
def tokens(issuer: CountingIssuer, clock: Clock) -> Tokens:
    return Tokens([issuer], longest_hours=24, clock=clock)


def bearer(secret: str = SECRET, **claims: Any) -> str:
    given = {"sub": "anna", "org": "prt_1", "roles": ["partner_lead"], "exp": EXPIRES, "iss": "partnerships"}
    return "Bearer " + jwt.encode({**given, **claims}, secret, algorithm="HS256")


def refused(tokens: Tokens, authorization: str) -> str:
    with pytest.raises(Fault) as refusal:
        tokens.caller(authorization)
    return refusal.value.code


def test_a_token_that_is_sent_again_is_not_verified_again(tokens: Tokens, issuer: CountingIssuer) -> None:
    callers = {tokens.caller(bearer()) for _ in range(5)}

    assert [each.subject for each in callers] == ["anna"]
    assert issuer.verifications == 1


def test_it_grants_what_it_says_and_not_what_another_one_of_the_same_subject_says(tokens: Tokens) -> None:
    assert tokens.caller(bearer()).roles == ("partner_lead",)
    assert tokens.caller(bearer(roles=["partner_viewer"])).roles == ("partner_viewer",)


@pytest.mark.parametrize(("seconds", "verifications"), [(-1, 1), (0, 2)], ids=["before-exp", "at-exp"])
def test_from_its_exp_on_it_is_verified_again(
    tokens: Tokens, issuer: CountingIssuer, clock: Clock, seconds: int, verifications: int
) -> None:
    tokens.caller(bearer())
    clock.now = EXPIRES + timedelta(seconds=seconds)
    tokens.caller(bearer())

    assert issuer.verifications == verifications


def test_once_it_has_expired_it_is_refused_though_it_was_verified_before(clock: Clock) -> None:
    clock.now = NOW - timedelta(hours=2)
    expired = bearer(exp=NOW - timedelta(hours=1))
    trusting = Tokens([BeforeExpiry(clock)], longest_hours=24, clock=clock)
    assert trusting.caller(expired).subject == "anna"

    clock.now = NOW
    assert refused(trusting, expired) == "token_expired"


class BeforeExpiry(DevelopmentIssuer):
    """Verifies as of the test's clock; PyJWT knows no other than the machine's."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(secret=SECRET)
        self._now = clock

    def claims(self, token: str) -> Claims:
        claims: Claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_exp": False})
        if claims["exp"] <= self._now():
            raise jwt.ExpiredSignatureError
        return claims


def test_a_clock_that_is_set_back_behind_its_verification_lets_it_be_verified_again_for_its_nbf(
    tokens: Tokens, issuer: CountingIssuer, clock: Clock
) -> None:
    token = bearer(nbf=NOW - timedelta(minutes=1))
    tokens.caller(token)
    clock.now = NOW - timedelta(minutes=2)
    tokens.caller(token)

    assert issuer.verifications == 2


def test_a_token_that_is_not_valid_yet_is_asked_about_each_time(tokens: Tokens, issuer: CountingIssuer) -> None:
    early = bearer(nbf=NOW + timedelta(minutes=30))

    assert [refused(tokens, early) for _ in range(3)] == ["token_invalid"] * 3
    assert issuer.verifications == 3


def test_a_forged_signature_is_refused_beside_the_token_it_was_copied_from(tokens: Tokens) -> None:
    genuine = bearer()
    tokens.caller(genuine)
    head, payload, signature = genuine.split(".")

    assert refused(tokens, f"{head}.{payload}.{signature[::-1]}") == "token_invalid"
    assert refused(tokens, bearer(OTHER_SECRET)) == "token_invalid"


def test_with_another_secret_nothing_is_remembered_from_before(tokens: Tokens, clock: Clock) -> None:
    token = bearer()
    tokens.caller(token)

    assert refused(Tokens([CountingIssuer(OTHER_SECRET)], longest_hours=24, clock=clock), token) == "token_invalid"


def test_so_many_tokens_are_remembered_and_those_used_last(issuer: CountingIssuer) -> None:
    known, verified = VerifiedTokens(), a_verified_token(issuer)
    first, second, *others = [f"token {number}" for number in range(MAX_REMEMBERED)]
    for each in [first, second, *others]:
        known.put(each, verified)

    assert known.get(first)  # and so it was used after the second
    known.put("one more", verified)
    assert (known.get(first), known.get("one more"), known.get(second)) == (verified, verified, None)


def a_verified_token(issuer: CountingIssuer) -> VerifiedToken:
    scope = Scope(subject="anna", organisation="prt_1")
    return VerifiedToken(scope=scope, issuer=issuer, key_set=0, since=0, until=1)


class TestKeysOfAnIssuer:
    def test_a_key_that_was_withdrawn_is_trusted_no_longer_for_a_token_that_was_verified_by_it(self) -> None:
        seconds = Seconds()
        with issuer_running() as there:
            tokens, token = trusting(there.url, seconds), f"Bearer {there.token()}"
            tokens.caller(token)
            there.publish(new="RS256")

            seconds.now = MAX_AGE_SECONDS
            assert tokens.caller(token).subject == "anna"
            seconds.now += 1
            assert refused(tokens, token) == "token_invalid"

    def test_it_is_trusted_no_longer_as_soon_as_the_keys_are_fetched_for_another_token(self) -> None:
        seconds = Seconds()
        with issuer_running() as there:
            tokens, token = trusting(there.url, seconds), f"Bearer {there.token()}"
            tokens.caller(token)
            there.publish(new="RS256")
            seconds.now = MIN_INTERVAL_SECONDS

            assert tokens.caller(f"Bearer {there.token(key='new')}").subject == "anna"
            assert refused(tokens, token) == "token_invalid"

    def test_a_verified_token_goes_on_while_the_issuer_is_away(self) -> None:
        seconds = Seconds()
        with issuer_running() as there:
            tokens, token = trusting(there.url, seconds), f"Bearer {there.token()}"
            tokens.caller(token)
            there.be_away()
            seconds.now = 2 * MAX_AGE_SECONDS

            assert tokens.caller(token).subject == "anna"


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def trusting(url: str, seconds: Callable[[], float]) -> Tokens:
    keys = IssuerKeys(issuer=url, clock=seconds)
    issuers = [OidcIssuer(name=url, audience=AUDIENCE, claim_names=NAMES, keys=keys)]
    return Tokens(issuers, longest_hours=24)
