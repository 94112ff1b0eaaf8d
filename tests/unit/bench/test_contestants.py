"""What is measured as ours is what is run."""

from bench.contestants.ours import BenchGateway
from gateway.service import GatewayService


def test_our_gateway_is_measured_with_the_settings_of_the_gateway() -> None:
    assert BenchGateway.settings == GatewayService.settings
