"""RabbitMQ's own command line, speaking to a private node."""

import json
import subprocess
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

PASSED_ON = ("HOME", "LANG", "LD_LIBRARY_PATH", "ERL_EPMD_ADDRESS", "ERL_EPMD_PORT", "RABBITMQ_NODENAME")


class Rabbitmqctl:
    """Runs `rabbitmqctl` for the node whose process has the id `pid`, with the environment that node was started in."""

    def __init__(self, pid: int) -> None:
        """Read the node's environment; raises OSError when there is no such process, or it is somebody else's."""
        lines = Path(f"/proc/{pid}/environ").read_text().rstrip("\0").split("\0")
        node = dict(line.split("=", 1) for line in lines)
        self._command = Path(node["ERL_LIBS"]).parent / "sbin" / "rabbitmqctl"
        # What erl put in front of the path when it started the node would keep it from starting here.
        path = ":".join(folder for folder in node["PATH"].split(":") if "/erts-" not in folder)
        self._environment = {"PATH": path, **{name: node[name] for name in PASSED_ON if name in node}}

    def run(self, *arguments: str) -> str:
        """Run one command, with nothing on its standard input, and give its output; raises CalledProcessError."""
        command = [str(self._command), "-q", *arguments]
        # Never our input: it would wait for the end of whatever stands there.
        done = subprocess.run(command, env=self._environment, input="", capture_output=True, text=True, check=True)
        return done.stdout

    def import_definitions(self, definitions: str) -> None:
        """Import definitions in JSON; raises CalledProcessError."""
        # A file of ours alone, for they hold passwords: of its standard input rabbitmqctl 4.0.5 never sees the end
        # (rabbitmq-server issue 13157), and rabbitmqctl 3.10 takes /dev/stdin for an empty file.
        with NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as file:
            file.write(definitions)
            file.flush()
            self.run("import_definitions", file.name)

    def rows(self, what: str, *columns: str) -> list[dict[str, Any]]:
        """List queues, connections, consumers …, a dictionary for each."""
        found: list[dict[str, Any]] = json.loads(self.run(f"list_{what}", *columns, "--formatter", "json"))
        return found
