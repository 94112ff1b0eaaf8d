"""An issuer's keys: fetched once, rotated, revoked, and whatever it answers instead of them."""

import pytest

from gateway.auth import Tokens
from gateway.auth.fetching import MAX_RESPONSE_BYTES
from gateway.auth.keys import FETCHES_AT_ONCE, MAX_AGE_SECONDS, MIN_INTERVAL_SECONDS
from tests.issuer_stub import DISCOVERY_PATH, KEYS_PATH, IssuerStub, unsigned
from tests.unit.gateway.issuer_tokens import Seconds, refused


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
    def test_an_answer_without_valid_keys_is_refused(self, tokens: Tokens, issuer: IssuerStub, body: bytes) -> None:
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
