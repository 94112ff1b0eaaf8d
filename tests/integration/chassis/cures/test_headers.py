"""2.9: what becomes of the headers of what was heard; that ours leak nothing is in `test_hearing`."""

from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.cures.service_processes import Host


def test_2_9_stock_nameko_passes_every_header_of_what_it_heard_on(host: Host, broker: Broker) -> None:
    heard = broker.hear("stock_troubled.events")
    host.run_stock("StockTelling")

    broker.happen(text="x", headers={"x-death": "3", "mine": "yes"})

    said = broker.first_in(heard).headers
    assert (said["nameko.x-death"], said["nameko.mine"]) == ("3", "yes")
