"""RabbitMQ's own tool, talking to the private node of this run."""

import json
import subprocess
from pathlib import Path
from typing import Any

PASSED_ON = ("HOME", "LANG", "LD_LIBRARY_PATH", "ERL_EPMD_ADDRESS", "ERL_EPMD_PORT", "RABBITMQ_NODENAME")


class BrokerTools:
    """What an operator of the node can see and do; `pid` is the node's."""

    def __init__(self, pid: int) -> None:
        lines = Path(f"/proc/{pid}/environ").read_text().rstrip("\0").split("\0")
        node = dict(line.split("=", 1) for line in lines)
        self._command = Path(node["ERL_LIBS"]).parent / "sbin" / "rabbitmqctl"
        # What erl put in front of the path when it started the node would keep it from starting here.
        path = ":".join(folder for folder in node["PATH"].split(":") if "/erts-" not in folder)
        self._environment = {"PATH": path, **{name: node[name] for name in PASSED_ON if name in node}}

    def list(self, what: str, *columns: str) -> list[dict[str, Any]]:
        """Rows of queues, connections, consumers …"""
        rows: list[dict[str, Any]] = json.loads(self._do(f"list_{what}", *columns, "--formatter", "json"))
        return rows

    def let_in(self, user: str, *, configure: str, write: str, read: str) -> None:
        """Have a user, with the user's own name as password and exactly these rights."""
        self._do("add_user", user, user)
        self._do("set_permissions", user, configure, write, read)

    def make_vhost(self, name: str) -> None:
        """Have a broker within the broker, for the user that everybody is in tests."""
        self._do("add_vhost", name)
        self._do("set_permissions", "-p", name, "guest", ".*", ".*", ".*")

    def shut_out(self, user: str) -> None:
        """Have that user no longer."""
        self._do("delete_user", user)

    def _do(self, *arguments: str) -> str:
        command = [str(self._command), "-q", *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=True)
        return done.stdout
