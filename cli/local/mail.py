"""The mail server of a local instance: an external one, or a catcher that stores every mail as a file."""

import sys
from functools import partial
from pathlib import Path

from cli.local.environment import plain_environment
from cli.local.ports import HOST, answers, remembered_port
from cli.local.process import PrintFrom, Program
from cli.local.supervisor import Supervisor


class ExternalMailServer:
    """An external mail server; it is not contacted before there is a mail to send."""

    folder = None

    def __init__(self, *, uri: str) -> None:
        self.uri = uri

    def start(self) -> None:
        """Return at once: it is running already."""

    def wait_until_ready(self) -> None:
        """Return at once: letters wait in the database while the mail server is away."""


class MailCatcher:
    """The mail catcher, in a process of its own."""

    def __init__(self, *, folder: Path, supervisor: Supervisor, print_from: PrintFrom) -> None:
        self.folder = folder
        self._supervisor = supervisor
        self._print_from = print_from
        self._port = remembered_port(remembered_in=folder.with_name("mail.port"))
        self.uri = f"smtp://{HOST}:{self._port}"

    def start(self) -> None:
        """Start it. Raises CannotStart."""
        command = [sys.executable, "-m", "cli.local.mail_catcher", "--port", str(self._port)]
        command += ["--folder", str(self.folder)]
        on_line = partial(self._print_from, "mail")
        self._supervisor.start(Program(name="mail", command=command, environment=plain_environment(), on_line=on_line))

    def wait_until_ready(self) -> None:
        """Return when it accepts connections. Raises CannotStart."""
        self._supervisor.wait_until_ready("mail", lambda: answers(self._port))
