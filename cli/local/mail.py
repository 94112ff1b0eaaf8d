"""Mail for a local instance: a given server, or a catcher that files every mail."""

import sys
from functools import partial
from pathlib import Path

from cli.local.environment import plain_environment
from cli.local.ports import HOST, answers, steady_port
from cli.local.process import Program, Say
from cli.local.supervisor import Supervisor


class GivenMail:
    """A mail server that somebody else runs; it is asked nothing before there is a mail to send."""

    folder = None

    def __init__(self, *, uri: str) -> None:
        self.uri = uri

    def start(self) -> None:
        """Nothing to start."""

    def wait_until_ready(self) -> None:
        """Nothing to wait for: the letters wait in the database while it is away."""


class CaughtMail:
    """Our catcher, in a process of its own."""

    def __init__(self, *, folder: Path, supervisor: Supervisor, say: Say) -> None:
        self.folder = folder
        self._supervisor = supervisor
        self._say = say
        self._port = steady_port(remembered_in=folder.with_name("mail.port"))
        self.uri = f"smtp://{HOST}:{self._port}"

    def start(self) -> None:
        """Start the catcher. Raises CannotStart."""
        command = [sys.executable, "-m", "cli.local.mail_catcher", "--port", str(self._port)]
        command += ["--folder", str(self.folder)]
        hear = partial(self._say, "mail")
        self._supervisor.start(Program(name="mail", command=command, environment=plain_environment(), hear=hear))

    def wait_until_ready(self) -> None:
        """Return when it takes mails. Raises CannotStart."""
        self._supervisor.wait_until_ready("mail", lambda: answers(self._port))
