"""2.9: what becomes of the headers of what was heard; that ours leak nothing is in `test_subscription`."""

from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.nameko_hardening.service_processes import ServiceProcesses


def test_2_9_stock_nameko_passes_every_header_of_what_it_heard_on(
    processes: ServiceProcesses, broker: BrokerClient
) -> None:
    heard = broker.bind_queue("stock_faulty.events")
    processes.run_stock("StockPublishing")

    broker.publish_event(text="x", headers={"x-death": "3", "mine": "yes"})

    said = broker.next_message(heard).headers
    assert (said["nameko.x-death"], said["nameko.mine"]) == ("3", "yes")
