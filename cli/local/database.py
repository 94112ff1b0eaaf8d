"""MongoDB for a local instance: an external one, or a private replica set of one node."""

import importlib.util
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from chassis.backup.replica_set import NOT_YET_INITIATED, initiate_members
from chassis.observability.logs import redact
from cli.local.debian import UnpackedPackages
from cli.local.environment import plain_environment
from cli.local.errors import CannotStart
from cli.local.ports import HOST, answers, remembered_port
from cli.local.process import Program, append_to
from cli.local.supervisor import Supervisor

REPLICA_SET = "rs0"
START_TIMEOUT_SECONDS = 60.0
ANSWER_TIMEOUT_SECONDS = 5.0


class ExternalDatabase:
    """An external MongoDB."""

    def __init__(self, *, uri: str) -> None:
        self.uri = uri

    def start(self) -> None:
        """Return at once: it is running already."""

    def wait_until_ready(self) -> None:
        """Check that it answers and is a replica set. Raises CannotStart if not."""
        where = redact(self.uri)
        try:
            greeting = _hello(self.uri)
        except (PyMongoError, ValueError) as error:
            trouble = str(error).partition(" (configured timeouts")[0]
            raise CannotStart(f"No MongoDB answers at {where} ({trouble}): mend MONGO_URI, or leave it out.") from error
        if "setName" not in greeting:
            raise CannotStart(
                f"The MongoDB at {where} is no replica set: start it with --replSet, or leave MONGO_URI out."
            )


class PrivateDatabase:
    """A private replica set of one node, run as any user."""

    def __init__(self, *, folder: Path, packages: UnpackedPackages, supervisor: Supervisor) -> None:
        self._folder = folder
        self._packages = packages
        self._supervisor = supervisor
        self._port = remembered_port(remembered_in=folder / "port")
        self._address = f"{HOST}:{self._port}"
        self.uri = f"mongodb://{self._address}/?replicaSet={REPLICA_SET}"

    def start(self) -> None:
        """Start mongod, fetching what it needs first. Raises CannotStart."""
        mongod = _found_mongod()
        environment = self._environment_for(mongod)
        data = self._folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        log = self._folder / "mongod.log"
        log.write_text("")
        command = [str(mongod), "--dbpath", str(data), *self._options()]
        self._supervisor.start(Program(name="mongod", command=command, environment=environment, on_line=append_to(log)))

    def wait_until_ready(self) -> None:
        """Return when it is writable. Raises CannotStart."""
        self._supervisor.wait_until_ready("mongod", self._is_writable, within=START_TIMEOUT_SECONDS)

    def _options(self) -> list[str]:
        return [
            *("--bind_ip", HOST, "--port", str(self._port), "--nounixsocket"),
            *("--replSet", REPLICA_SET, "--oplogSize", "128", "--wiredTigerCacheSizeGB", "0.25"),
            # A process killed inside a transaction otherwise keeps its documents locked for a minute.
            *("--setParameter", "transactionLifetimeLimitSeconds=5"),
        ]

    def _environment_for(self, mongod: Path) -> Mapping[str, str]:
        environment: Mapping[str, str] = plain_environment()
        if _missing_libraries(mongod, environment):
            self._packages.have("libcurl4")
            environment = self._packages.environment()
        if missing := _missing_libraries(mongod, environment):
            raise CannotStart(f"{mongod} lacks {', '.join(missing)}: install them, or give MONGO_URI.")
        return environment

    def _is_writable(self) -> bool:
        if not answers(self._port):
            return False
        client: MongoClient[dict[str, Any]]
        with MongoClient(HOST, self._port, directConnection=True, serverSelectionTimeoutMS=2000) as client:
            try:
                self._configure_replica_set(client)
                return bool(client.admin.command("hello")["isWritablePrimary"])
            except PyMongoError:
                return False

    def _configure_replica_set(self, client: MongoClient[dict[str, Any]]) -> None:
        try:
            configuration = client.admin.command("replSetGetConfig")["config"]
        except OperationFailure as error:
            if error.code != NOT_YET_INITIATED:
                raise
            initiate_members(client, name=REPLICA_SET, hosts=[self._address])
            return
        if configuration["members"][0]["host"] != self._address:
            configuration["members"][0]["host"] = self._address
            configuration["version"] += 1
            client.admin.command("replSetReconfig", configuration, force=True)


def _found_mongod() -> Path:
    if on_path := shutil.which("mongod", path=plain_environment()["PATH"]):
        return Path(on_path)
    # A development dependency contains mongod.
    wheel = importlib.util.find_spec("fiftyone")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        if (shipped := Path(folder) / "db/bin/mongod").exists():
            return shipped
    raise CannotStart(
        "MongoDB is missing, and none comes with this kind of machine: install mongod, or give MONGO_URI."
    )


def _missing_libraries(program: Path, environment: Mapping[str, str]) -> list[str]:
    listed = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False, env=environment)
    return [line.split()[0] for line in listed.stdout.splitlines() if "not found" in line]


def _hello(uri: str) -> Mapping[str, Any]:
    client: MongoClient[dict[str, Any]]
    with MongoClient(uri, serverSelectionTimeoutMS=int(ANSWER_TIMEOUT_SECONDS * 1000)) as client:
        return client.admin.command("hello")
