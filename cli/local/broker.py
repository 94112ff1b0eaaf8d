"""RabbitMQ for a local instance: an external one, or a private node."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError

from chassis.messaging.connection import connect
from chassis.observability.logs import redact
from cli.local.debian import UnpackedPackages
from cli.local.environment import plain_environment
from cli.local.errors import CannotStart
from cli.local.ports import HOST, answers, free_port, remembered_port
from cli.local.process import Program, append_to
from cli.local.supervisor import Supervisor

# Not the wrapper in /usr/sbin, which refuses ordinary users.
INSTALLED = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
UNPACKED = "usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"
NODE = "partnerships@localhost"
START_TIMEOUT_SECONDS = 60.0
ANSWER_TIMEOUT_SECONDS = 5.0


class ExternalBroker:
    """An external RabbitMQ."""

    def __init__(self, *, uri: str) -> None:
        self.uri = uri

    def start(self) -> None:
        """Return at once: it is running already."""

    def wait_until_ready(self) -> None:
        """Check that it accepts the connection. Raises CannotStart if not."""
        if trouble := _refusal(self.uri):
            where = redact(self.uri)
            raise CannotStart(
                f"RabbitMQ at {where} refuses the connection ({trouble}): mend AMQP_URI, or leave it out."
            )


class PrivateBroker:
    """A private node, run as any user: with its own name, cookie, data folder, ports and port mapper."""

    def __init__(
        self, *, folder: Path, packages: UnpackedPackages, supervisor: Supervisor, ops_address: str | None = None
    ) -> None:
        """`ops_address` is where it serves Prometheus; stopping it then takes five seconds longer."""
        self._ops_address = ops_address
        self._folder = folder
        self._packages = packages
        self._supervisor = supervisor
        self._port = remembered_port(remembered_in=folder / "port")
        self._mapper_port = free_port()
        self._peer_port = free_port()
        self.uri = f"amqp://guest:guest@{HOST}:{self._port}/%2F"

    def start(self) -> None:
        """Start the node, fetching RabbitMQ first where the machine has none. Raises CannotStart."""
        server, surroundings = self._found_server()
        log = append_to(self._fresh_log())
        self._write_configuration()
        environment = {**surroundings, **self._environment()}
        self._start_port_mapper(environment, log)
        self._supervisor.start(Program(name="rabbitmq", command=[str(server)], environment=environment, on_line=log))

    def wait_until_ready(self) -> None:
        """Return when it accepts connections. Raises CannotStart."""
        self._supervisor.wait_until_ready("rabbitmq", self._accepts_connections, within=START_TIMEOUT_SECONDS)

    def _accepts_connections(self) -> bool:
        return answers(self._port) and not _refusal(self.uri)

    def _found_server(self) -> tuple[Path, Mapping[str, str]]:
        if INSTALLED.exists():
            return INSTALLED, plain_environment()
        try:
            self._packages.have("rabbitmq-server")
        except CannotStart as error:
            raise CannotStart(f"RabbitMQ is missing: give AMQP_URI, or install rabbitmq-server. {error}") from error
        return next(self._packages.root.glob(UNPACKED)), self._packages.environment()

    def _start_port_mapper(self, environment: Mapping[str, str], log: Callable[[str], None]) -> None:
        # The node would start epmd by itself, which fails when unpacked, and epmd would outlive the node.
        command = [shutil.which("epmd", path=environment["PATH"]) or "epmd", "-address", HOST]
        command += ["-port", str(self._mapper_port)]
        self._supervisor.start(Program(name="epmd", command=command, environment=environment, on_line=log))
        self._supervisor.wait_until_ready("epmd", lambda: answers(self._mapper_port))

    def _fresh_log(self) -> Path:
        log = self._folder / "rabbitmq.log"
        log.write_text("")
        return log

    def _write_configuration(self) -> None:
        settings = f"listeners.tcp.local = {HOST}:{self._port}\ndisk_free_limit.absolute = 50MB\nlog.console = true\n"
        if self._ops_address:
            host, _, port = self._ops_address.rpartition(":")
            settings += f"prometheus.tcp.ip = {host}\nprometheus.tcp.port = {port}\n"
        (self._folder / "rabbitmq.conf").write_text(settings)
        (self._folder / "enabled_plugins").write_text("[rabbitmq_prometheus].\n" if self._ops_address else "[].\n")

    def _environment(self) -> Mapping[str, str]:
        folder = self._folder
        return {
            "HOME": str(folder),
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": str(self._mapper_port),
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_NODE_IP_ADDRESS": HOST,
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(self._peer_port),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "no-such-file"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            # Its start script then becomes the node instead of waiting for it: a signal to its pid reaches the node.
            "RUNNING_UNDER_SYSTEMD": "true",
        }


def _refusal(uri: str) -> str | None:
    """Give the reason why a broker refuses the connection; None if it accepts it."""
    try:
        with connect(uri, connect_timeout=ANSWER_TIMEOUT_SECONDS) as connection:
            connection.connect()
    except (KeyError, ValueError):
        return "it is no AMQP address"
    except (OSError, KombuError, AMQPError) as error:
        return str(error)
    return None
