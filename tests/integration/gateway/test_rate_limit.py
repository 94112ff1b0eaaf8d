"""A gateway that lets each caller ask three times a second."""

from cli.local.ports import free_port
from tests.integration.gateway.conftest import SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient


def test_who_asks_too_fast_is_told_to_come_back_and_others_are_not_held_up(system: SystemUnderTest) -> None:
    port = free_port()
    settings = system.settings | {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "REQUESTS_PER_SECOND": "3"}
    with service_running("gateway", settings):
        hasty = GatewayClient(port=port, token="").as_("*", "programme_staff")
        refused = next(reply for reply in (hasty.get("/v1/partners") for _ in range(100)) if reply.status != 200)
        another = hasty.as_("prt_1", "partner_viewer").get("/v1/partners")

    assert (refused.problem["status"], refused.problem["code"]) == (429, "too_many_requests")
    assert refused.headers["Retry-After"] == "1"
    assert another.status == 200
