"""An issuer outside: whose tokens are believed, whose are not, and what its keys and its moods do to us."""

import hmac
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_encode

from chassis.domain.faults import Fault
from gateway.auth import Tokens
from gateway.auth.fetching import MAX_RESPONSE_BYTES
from gateway.auth.issuers import ClaimNames, OidcIssuer
from gateway.auth.keys import FETCHES_AT_ONCE, MAX_AGE_SECONDS, MIN_INTERVAL_SECONDS, IssuerKeys
from tests.issuer_stub import (
    AUDIENCE,
    DISCOVERY_PATH,
    KEYS_PATH,
    IssuerStub,
    issuer_running,
    private_key,
    public_jwk,
    unsigned,
)

NAMES = ClaimNames(subject="sub", organisation="org", roles="roles", person="person")
NOW = datetime.now(UTC)  # when the tests were collected, which may be half an hour ago


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer() -> Iterator[IssuerStub]:
    with issuer_running() as running:
        yield running


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def tokens(issuer: IssuerStub, seconds: Seconds) -> Tokens:
    return believing(issuer, seconds)


def believing(issuer: IssuerStub, seconds: Seconds, *, names: ClaimNames = NAMES, jwks_url: str = "") -> Tokens:
    keys = IssuerKeys(issuer=issuer.url, jwks_url=jwks_url, clock=seconds)
    issuers = [OidcIssuer(name=issuer.url, audience=AUDIENCE, claim_names=names, keys=keys)]
    return Tokens(issuers, longest_hours=24)


def refused(tokens: Tokens, token: str) -> str:
    with pytest.raises(Fault) as refusal:
        tokens.caller(f"Bearer {token}")
    return refusal.value.code


class TestWhatATokenSays:
    @pytest.mark.parametrize(("key", "algorithm"), [("rs", "RS256"), ("es", "ES256"), ("ed", "EdDSA")])
    def test_its_issuers_signature_is_believed(
        self, tokens: Tokens, issuer: IssuerStub, key: str, algorithm: str
    ) -> None:
        caller = tokens.caller(f"Bearer {issuer.token(key=key, algorithm=algorithm, jti='tok_1')}")

        assert (caller.subject, caller.organisation, caller.roles) == ("anna", "prt_1", ("partner_lead",))
        assert caller.token_id == "tok_1"

    def test_claims_are_called_as_the_issuer_calls_them(self, issuer: IssuerStub, seconds: Seconds) -> None:
        names = ClaimNames(subject="email", organisation="https://us/org", roles="groups", person="employee")
        said = {"email": "bo@x", "https://us/org": "*", "groups": ["faculty", "staff-lunch"], "employee": "per_7"}

        caller = believing(issuer, seconds, names=names).caller(f"Bearer {issuer.token(**said)}")

        assert (caller.subject, caller.organisation, caller.roles) == ("bo@x", "*", ("faculty",))
        assert caller.person == "per_7"

    def test_keys_can_be_somewhere_else_by_configuration(self, issuer: IssuerStub, seconds: Seconds) -> None:
        believed = believing(issuer, seconds, jwks_url=issuer.url + KEYS_PATH)

        assert believed.caller(f"Bearer {issuer.token()}").subject == "anna"
        assert issuer.asked == [KEYS_PATH]

    @pytest.mark.parametrize(
        "claims",
        [
            {"exp": NOW - timedelta(days=1)},
            {"nbf": NOW + timedelta(days=1)},
            {"iat": NOW + timedelta(days=1)},
            {"exp": None},
            {"aud": "another program"},
            {"aud": None},
            {"aud": ["others", "and others"]},
            {"iss": "https://elsewhere.example"},
            {"iss": None},
            {"sub": None},
            {"org": None},
            {"roles": None},
            {"roles": "partner_lead"},
            {"org": "*"},
            {"nonce": "n-0S6_WzA2Mj"},
            {"at_hash": "MTIzNDU2Nzg5MDEyMzQ1Ng"},
        ],
        ids="-".join,
    )
    def test_a_token_that_is_not_for_us_or_not_for_now_is_refused(
        self, tokens: Tokens, issuer: IssuerStub, claims: dict[str, Any]
    ) -> None:
        assert tokens.caller(f"Bearer {issuer.token()}")
        assert refused(tokens, issuer.token(**claims)) in ("token_invalid", "token_expired", "roles_contradict")

    def test_clocks_may_differ_by_half_a_minute(self, tokens: Tokens, issuer: IssuerStub) -> None:
        a_little, much = timedelta(seconds=20), timedelta(seconds=40)

        assert tokens.caller(f"Bearer {issuer.token(exp=datetime.now(UTC) - a_little)}")
        assert refused(tokens, issuer.token(exp=datetime.now(UTC) - much)) == "token_expired"


class TestForgeries:
    @pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
    def test_what_nobody_signed(self, tokens: Tokens, issuer: IssuerStub, algorithm: str) -> None:
        assert refused(tokens, unsigned({"alg": algorithm, "kid": "rs"}, issuer.claims())) == "token_invalid"

    def test_a_public_key_used_as_a_secret(self, tokens: Tokens, issuer: IssuerStub) -> None:
        public = private_key("RS256", "rs").public_key()
        secret = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        parts = unsigned({"alg": "HS256", "kid": "rs"}, issuer.claims()).removesuffix(".")
        signature = base64url_encode(hmac.digest(secret, parts.encode(), "sha256")).decode()

        assert refused(tokens, f"{parts}.{signature}") == "token_invalid"

    def test_a_secret_that_the_issuer_published_by_mistake(self, tokens: Tokens, issuer: IssuerStub) -> None:
        secret = {"kty": "oct", "kid": "oct", "k": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg", "alg": "HS256"}
        issuer.answer(KEYS_PATH, {"keys": [secret, public_jwk("RS256", "rs")]})
        forged = jwt.encode(issuer.claims(), "x" * 32, algorithm="HS256", headers={"kid": "oct"})

        assert refused(tokens, forged) == "token_invalid"

    def test_another_key_under_a_known_name(self, tokens: Tokens, issuer: IssuerStub) -> None:
        forged = jwt.encode(issuer.claims(), private_key("RS256", "forger"), algorithm="RS256", headers={"kid": "rs"})

        assert refused(tokens, forged) == "token_invalid"

    def test_a_key_of_another_kind_under_a_known_name(self, tokens: Tokens, issuer: IssuerStub) -> None:
        assert refused(tokens, issuer.token(key="es", algorithm="EdDSA")) == "token_invalid"

    @pytest.mark.parametrize("algorithm", ["RS512", "PS256"])
    def test_an_algorithm_that_is_not_on_the_list(self, tokens: Tokens, issuer: IssuerStub, algorithm: str) -> None:
        key = private_key("RS256", "rs")
        forged = jwt.encode(issuer.claims(), key, algorithm=algorithm, headers={"kid": "rs"})

        assert refused(tokens, forged) == "token_invalid"

    def test_a_token_brings_no_key_of_its_own(self, tokens: Tokens, issuer: IssuerStub) -> None:
        brought = {"jwk": public_jwk("RS256", "forger"), "jku": f"{issuer.url}/mine", "kid": "forger"}
        forged = jwt.encode(issuer.claims(), private_key("RS256", "forger"), algorithm="RS256", headers=brought)

        assert refused(tokens, forged) == "token_invalid"
        assert "/mine" not in issuer.asked

    @pytest.mark.parametrize("typ", ["logout+jwt", "dpop+jwt"])
    def test_a_token_for_something_else_than_access(self, tokens: Tokens, issuer: IssuerStub, typ: str) -> None:
        assert refused(tokens, issuer.token(typ=typ)) == "token_invalid"

    def test_a_key_that_is_for_something_else_than_signing(self, tokens: Tokens, issuer: IssuerStub) -> None:
        issuer.answer(KEYS_PATH, {"keys": [{**public_jwk("RS256", "rs"), "use": "enc"}]})

        assert refused(tokens, issuer.token()) == "token_invalid"

    @pytest.mark.parametrize(("bits", "code"), [(1024, "token_invalid"), (2047, "token_invalid"), (2048, None)])
    def test_a_key_that_can_be_factored(self, tokens: Tokens, issuer: IssuerStub, bits: int, code: str | None) -> None:
        weak = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        public = jwt.get_algorithm_by_name("RS256").to_jwk(weak.public_key(), as_dict=True)
        issuer.answer(KEYS_PATH, {"keys": [{**public, "kid": "weak"}, public_jwk("ES256", "es")]})
        with warnings.catch_warnings(action="ignore"):  # PyJWT says so, too
            token = jwt.encode(issuer.claims(), weak, algorithm="RS256", headers={"kid": "weak"})

        assert tokens.caller(f"Bearer {issuer.token(key='es', algorithm='ES256')}")
        if code:
            assert refused(tokens, token) == code
        else:
            assert tokens.caller(f"Bearer {token}").subject == "anna"


class TestKeysComeAndGo:
    def test_keys_are_asked_for_once(self, tokens: Tokens, issuer: IssuerStub) -> None:
        for _ in range(10):
            tokens.caller(f"Bearer {issuer.token()}")

        assert issuer.asked == [DISCOVERY_PATH, KEYS_PATH]

    def test_a_new_key_is_picked_up(self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds) -> None:
        tokens.caller(f"Bearer {issuer.token()}")
        issuer.publish(rs="RS256", new="RS256")
        seconds.now += 1

        assert tokens.caller(f"Bearer {issuer.token(key='new')}").subject == "anna"

    def test_one_unknown_key_is_asked_for_once_and_leaves_others_their_turn(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        tokens.caller(f"Bearer {issuer.token()}")
        for _ in range(50):
            seconds.now += 1
            assert refused(tokens, issuer.token(key="old")) == "token_invalid"
        issuer.publish(new="RS256")

        assert tokens.caller(f"Bearer {issuer.token(key='new')}").subject == "anna"
        assert issuer.asked.count(KEYS_PATH) == 3

    def test_a_new_key_is_picked_up_a_minute_after_a_flood_at_the_latest(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        for number in range(20):
            refused(tokens, issuer.token(key=f"key {number}"))
        issuer.publish(new="RS256")
        assert refused(tokens, issuer.token(key="new")) == "token_invalid"
        seconds.now += MIN_INTERVAL_SECONDS

        assert tokens.caller(f"Bearer {issuer.token(key='new')}").subject == "anna"

    def test_a_flood_of_unknown_keys_is_no_flood_of_questions(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        refusals = set()
        for number in range(200):
            seconds.now += 1
            forged = unsigned({"alg": "RS256", "kid": f"key {number}"}, issuer.claims()) + "c2lnbmVk"
            refusals.add(refused(tokens, forged))

        assert refusals == {"token_invalid"}
        assert issuer.asked.count(KEYS_PATH) == 1 + FETCHES_AT_ONCE + 3  # first, at once, each minute of 200 seconds

    def test_a_key_that_was_withdrawn_is_not_trusted_for_long(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        token = issuer.token()
        tokens.caller(f"Bearer {token}")
        issuer.publish(new="RS256")

        seconds.now += MAX_AGE_SECONDS
        assert tokens.caller(f"Bearer {token}")
        seconds.now += 1
        assert refused(tokens, token) == "token_invalid"

    def test_known_keys_go_on_while_the_issuer_is_away(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        tokens.caller(f"Bearer {issuer.token()}")
        issuer.be_away()
        seconds.now += 10 * MAX_AGE_SECONDS

        assert tokens.caller(f"Bearer {issuer.token()}").subject == "anna"
        assert refused(tokens, issuer.token(key="new")) == "issuer_unavailable"

    def test_nobody_can_say_who_asks_while_an_issuer_never_heard_is_away_and_it_is_left_in_peace(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        issuer.be_away()

        assert {refused(tokens, issuer.token()) for _ in range(20)} == {"issuer_unavailable"}
        assert len(issuer.asked) == 1

    def test_an_issuer_that_comes_back_is_believed_again(
        self, tokens: Tokens, issuer: IssuerStub, seconds: Seconds
    ) -> None:
        there = dict(issuer.answers)
        issuer.be_away()
        refused(tokens, issuer.token())
        issuer.answers = there
        seconds.now += MIN_INTERVAL_SECONDS

        assert tokens.caller(f"Bearer {issuer.token()}").subject == "anna"


class TestWhatAnIssuerMayAnswer:
    @pytest.mark.parametrize(
        "body",
        [b"", b"[]", b"{", b"{}", b'{"keys": []}', b'{"keys": "x"}', b'{"keys": [7]}'],
        ids=lambda body: body[:20].decode(),
    )
    def test_what_are_no_keys_is_no_answer(self, tokens: Tokens, issuer: IssuerStub, body: bytes) -> None:
        issuer.answer(KEYS_PATH, body)

        assert refused(tokens, issuer.token()) == "issuer_unavailable"

    @pytest.mark.parametrize(("beyond", "code"), [(0, None), (1, "issuer_unavailable"), (7, "issuer_unavailable")])
    def test_so_much_is_read_and_no_more(
        self, tokens: Tokens, issuer: IssuerStub, beyond: int, code: str | None
    ) -> None:
        _, _, body = issuer.answers[KEYS_PATH]
        issuer.answer(KEYS_PATH, body + b" " * (MAX_RESPONSE_BYTES + beyond - len(body)))

        if code:
            assert refused(tokens, issuer.token()) == code
        else:
            assert tokens.caller(f"Bearer {issuer.token()}").subject == "anna"

    def test_it_sends_us_nowhere(self, tokens: Tokens, issuer: IssuerStub) -> None:
        issuer.answers["/elsewhere"] = issuer.answers[KEYS_PATH]
        issuer.answer(KEYS_PATH, {}, status=302, Location=f"{issuer.url}/elsewhere")

        assert refused(tokens, issuer.token()) == "issuer_unavailable"
        assert "/elsewhere" not in issuer.asked

    @pytest.mark.parametrize(
        "changed",
        [{"issuer": "https://elsewhere.example"}, {"jwks_uri": "file:///etc/x"}],
        ids="-".join,
    )  # fmt: skip
    def test_it_names_itself_and_a_place_nobody_can_listen_in_on(
        self, tokens: Tokens, issuer: IssuerStub, changed: dict[str, str]
    ) -> None:
        issuer.answer(DISCOVERY_PATH, {"issuer": issuer.url, "jwks_uri": issuer.url + KEYS_PATH, **changed})

        assert refused(tokens, issuer.token()) == "issuer_unavailable"

    def test_it_is_not_heard_where_others_could_speak_for_it(self, tokens: Tokens, issuer: IssuerStub) -> None:
        in_the_open = issuer.url.replace("127.0.0.1", "0.0.0.0") + KEYS_PATH
        issuer.answer(DISCOVERY_PATH, {"issuer": issuer.url, "jwks_uri": in_the_open})

        assert refused(tokens, issuer.token()) == "issuer_unavailable"
