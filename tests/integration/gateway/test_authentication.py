"""A gateway that believes an issuer outside, and nobody else; and gateways that must not start."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from cli.local.ports import free_port
from tests.integration.gateway.conftest import BUSY_SECONDS, SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient, Reply
from tests.integration.gateway.sample_data import PARTNER
from tests.issuer_stub import AUDIENCE, IssuerStub, issuer_running

STAFF = {"org": "*", "roles": ["programme_staff"]}


@pytest.fixture(scope="module")
def issuer() -> Iterator[IssuerStub]:
    with issuer_running() as answering:
        yield answering


@pytest.fixture(scope="module")
def believing(system: SystemUnderTest, issuer: IssuerStub) -> Iterator[GatewayClient]:
    """A gateway on the same services, in the hands of an institute with an issuer."""
    port = free_port()
    own = {
        "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}",
        "DEVELOPMENT_TOKENS": "false",
        "OIDC_ISSUER": issuer.url,
        "OIDC_AUDIENCE": AUDIENCE,
    }
    with service_running("gateway", system.settings | own):
        yield GatewayClient(port=port, token="")


def asked(client: GatewayClient, token: str, path: str = "/v1/partners") -> Reply:
    return GatewayClient(port=client.port, token=token).get(path)


def test_whoever_the_issuer_vouches_for_does_what_their_roles_allow(
    believing: GatewayClient, issuer: IssuerStub
) -> None:
    staff = GatewayClient(port=believing.port, token=issuer.token(sub="bo@institute.example", **STAFF))
    partner = staff.post("/v1/partners", PARTNER).body
    lead = GatewayClient(port=believing.port, token=issuer.token(org=partner["id"], key="ed", algorithm="EdDSA"))

    assert lead.get(f"/v1/partners/{partner['id']}").body == partner
    assert lead.post("/v1/partners", PARTNER).problem["status"] == 403


@pytest.mark.parametrize(
    ("claims", "code"),
    [({"aud": "another program"}, "token_invalid"), ({"exp": 1}, "token_expired"), ({"org": "*"}, "roles_contradict")],
)
def test_whoever_it_does_not_vouch_for_is_asked_who_they_are(
    believing: GatewayClient, issuer: IssuerStub, claims: dict[str, object], code: str
) -> None:
    refused = asked(believing, issuer.token(**claims))

    assert (refused.problem["status"], refused.problem["code"]) == (401, code)
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_secret_of_development_opens_nothing_there(believing: GatewayClient, system: SystemUnderTest) -> None:
    assert asked(believing, system.client.token).problem["status"] == 401


def test_a_key_in_the_query_opens_nothing_and_stands_in_no_log(system: SystemUnderTest) -> None:
    token = system.client.token
    stranger = GatewayClient(port=system.client.port, token="")

    refused = stranger.get(f"/v1/partners?access_token={token}", Authorization="")
    beside = system.client.get(f"/v1/partners?access_token={token}")

    assert refused.problem["code"] == "credential_in_query"
    assert beside.problem["code"] == "credential_in_query"
    assert system.gateway.logged(token) == []


class TestAnIssuerInTrouble:
    @pytest.fixture
    def stranger(self, system: SystemUnderTest, issuer: IssuerStub) -> Iterator[GatewayClient]:
        """A gateway that has never heard of any key."""
        port = free_port()
        there = dict(issuer.answers)
        own = {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "OIDC_ISSUER": issuer.url, "OIDC_AUDIENCE": AUDIENCE}
        with service_running("gateway", system.settings | own):
            yield GatewayClient(port=port, token="")
        issuer.answers = there
        issuer.trickles = None

    def test_nobody_can_know_while_it_is_away(
        self, stranger: GatewayClient, issuer: IssuerStub, system: SystemUnderTest
    ) -> None:
        issuer.be_away()

        refused = asked(stranger, issuer.token(**STAFF))

        assert (refused.problem["status"], refused.problem["code"]) == (503, "issuer_unavailable")
        assert refused.headers["Retry-After"]
        assert asked(stranger, system.client.token).status == 200

    def test_an_answer_that_trickles_is_cut_off_and_holds_up_nobody_else(
        self, stranger: GatewayClient, issuer: IssuerStub, system: SystemUnderTest
    ) -> None:
        issuer.trickles = Event()
        with ThreadPoolExecutor(1) as executor:
            waiting = executor.submit(asked, stranger, issuer.token(**STAFF))
            assert issuer.trickles.wait(BUSY_SECONDS)
            others = asked(stranger, system.client.token)
            was_answered_first = waiting.done()
            refused = waiting.result()

        assert others.status == 200
        assert not was_answered_first
        assert refused.problem["status"] == 503
