"""An issuer outside: whose tokens are believed, and whose are not."""

import hmac
import warnings
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_encode

from gateway.auth import Tokens
from gateway.auth.issuers import ClaimNames
from tests.issuer_stub import KEYS_PATH, IssuerStub, private_key, public_jwk, unsigned
from tests.unit.gateway.issuer_tokens import Seconds, believing, refused

NOW = datetime.now(UTC)  # when the tests were collected, which may be half an hour ago


class TestWhatATokenSays:
    @pytest.mark.parametrize(("key", "algorithm"), [("rs", "RS256"), ("es", "ES256"), ("ed", "EdDSA")])
    def test_a_signature_of_its_issuer_is_accepted(
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

    def test_a_token_from_a_clock_ahead_of_ours_has_no_end_beyond_all_numbers(
        self, tokens: Tokens, issuer: IssuerStub
    ) -> None:
        ahead = datetime.now(UTC) + timedelta(seconds=20)

        assert refused(tokens, issuer.token(iat=ahead, exp=10**400)) == "token_valid_too_long"


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
