"""RabbitMQ's own tool, talking to the private node of this run."""

from typing import Any

from cli.local.rabbitmqctl import Rabbitmqctl


class BrokerTools:
    """What an operator of the node can see and do; `pid` is the node's."""

    def __init__(self, pid: int) -> None:
        self._rabbitmqctl = Rabbitmqctl(pid)

    def list(self, what: str, *columns: str) -> list[dict[str, Any]]:
        """Rows of queues, connections, consumers …"""
        return self._rabbitmqctl.rows(what, *columns)

    def let_in(self, user: str, *, configure: str, write: str, read: str) -> None:
        """Have a user, with the user's own name as password and exactly these rights."""
        self._rabbitmqctl.run("add_user", user, user)
        self._rabbitmqctl.run("set_permissions", user, configure, write, read)

    def import_definitions(self, definitions: str) -> None:
        """Have the users and rights that are written as RabbitMQ imports them."""
        self._rabbitmqctl.run("import_definitions", given=definitions)

    def make_vhost(self, name: str) -> None:
        """Have a broker within the broker, for the user that everybody is in tests."""
        self._rabbitmqctl.run("add_vhost", name)
        self._rabbitmqctl.run("set_permissions", "-p", name, "guest", ".*", ".*", ".*")

    def shut_out(self, user: str) -> None:
        """Have that user no longer."""
        self._rabbitmqctl.run("delete_user", user)
