"""Subscribers at the real broker, for tests: made as the command makes them."""

from cli.local.rabbitmqctl import Rabbitmqctl
from cli.operations.subscribers import define, import_definitions, subscriber, wait_until_let_in


def create_subscriber(node: Rabbitmqctl, at: str, name: str, **rights: bool) -> str:
    """Make a subscriber at the broker whose address is `at`, and give its own address."""
    one = subscriber(name, **{"every_partner": False, "nameko": False} | rights)
    definitions, address = define(one, address=at)
    import_definitions(node, definitions)
    wait_until_let_in(address)
    return address
