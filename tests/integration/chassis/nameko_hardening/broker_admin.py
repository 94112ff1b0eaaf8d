"""`rabbitmqctl` for the private node of this run."""

from typing import Any

from cli.local.rabbitmqctl import Rabbitmqctl


class BrokerAdmin:
    """Lists what the node has, and makes users and virtual hosts; `pid` is the node's."""

    def __init__(self, pid: int) -> None:
        self._rabbitmqctl = Rabbitmqctl(pid)

    def list(self, what: str, *columns: str) -> list[dict[str, Any]]:
        """Rows of queues, connections, consumers …"""
        return self._rabbitmqctl.rows(what, *columns)

    def add_user(self, user: str, *, configure: str, write: str, read: str) -> None:
        """Create a user whose password is its name, with exactly these permissions."""
        self._rabbitmqctl.run("add_user", user, user)
        self._rabbitmqctl.run("set_permissions", user, configure, write, read)

    def import_definitions(self, definitions: str) -> None:
        """Import users and permissions written as RabbitMQ definitions."""
        self._rabbitmqctl.import_definitions(definitions)

    def add_virtual_host(self, name: str) -> None:
        """Create a virtual host in which `guest`, the user of these tests, may do everything."""
        self._rabbitmqctl.run("add_vhost", name)
        self._rabbitmqctl.run("set_permissions", "-p", name, "guest", ".*", ".*", ".*")

    def delete_user(self, user: str) -> None:
        """Delete a user."""
        self._rabbitmqctl.run("delete_user", user)
