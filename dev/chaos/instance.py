"""The instance of a fault run: private parts behind proxies, two processes of each service, and active partners."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from cli.connection.services import services
from cli.demo import seeds, story
from cli.local.instance import Instance, instance_running
from cli.local.parts import Given, Parts, parts_running
from cli.local.ports import HOST
from cli.local.process import PrintFrom
from cli.local.replicas import processes
from cli.operations.trace import Trace
from dev.chaos.injection import FaultInjector
from dev.chaos.leaders import Leaders
from dev.chaos.observation import Observer
from dev.chaos.proxy import Proxy, port_of
from dev.chaos.record import Partner
from dev.chaos.schedule import BROKER, DATABASE, Targets

WAIT_SECONDS = (2, 5, 10, 20, 40)
SETTINGS = {"RETRY_STEPS_SECONDS": str(list(WAIT_SECONDS)), "MAIL_LEASE_SECONDS": "10",
            "SMTP_DATA_SECONDS": "5", "SMTP_BLOCK_SECONDS": "5", "SMTP_FINAL_SECONDS": "5"}  # fmt: skip
"""Waiting times that are hours in production are minutes here; all other settings are the defaults."""
SERVER_SELECTION_MILLISECONDS = 1000
MEASURE = {"title": "Falls in a day", "kind": "outcome", "improvement": "decrease", "unit": "falls",
           "frequency": "daily", "definition": {"numerator": "Falls"}}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ChaosInstance:
    """A running instance, its parts and its proxies."""

    folder: Path
    parts: Parts
    database: MongoClient[dict[str, Any]]
    """Bypasses the proxy."""
    proxies: Mapping[str, Proxy]
    instance: Instance
    replicas: Mapping[str, int]
    print_from: PrintFrom

    def targets(self) -> Targets:
        """Give the possible targets of faults."""
        return Targets(processes=[name for name, _ in processes(self.replicas)], services=list(services()))

    def fault_injector(self) -> FaultInjector:

        return FaultInjector(
            services=self.instance.parts.supervisor,
            parts=self.parts.supervisor,
            proxies=self.proxies,
            leader_of=Leaders(client=self.database, supervisor=self.instance.parts.supervisor).of,
        )

    def observer(self) -> Observer:

        return Observer(
            client=self.database,
            amqp_uri=self.parts.amqp_uri,
            mails=self.parts.mail_folder or Path(),
            logs=self.folder / "instance" / "logs",
            services=list(services()),
            wait_seconds=WAIT_SECONDS,
        )

    def partners(self) -> list[Partner]:
        """Admit the thirteen partners, activate their engagements, and give each a measure; raises story.Missing."""
        api, today = self.instance.api(), datetime.now(UTC).date()
        seeds.load(api, trace_of=self._trace_of, print_from=self.print_from)
        coach = api.get("/v1/people", role="coach", limit=1)["items"][0]
        leaders = {partner["name"]: len(partner["leaders"]) for partner in seeds.read()["partners"]}
        runner = story.StoryRunner(print_line=lambda _: None, trace_of=self._trace_of)
        admitted = []
        for partner in api.get("/v1/partners", limit=100)["items"]:
            activation = story.activate(api, partner_id=partner["id"], coach_id=coach["id"], today=today)
            engagement_id = runner.play(activation)["id"]
            measure_id = api.post("/v1/measures", {**MEASURE, "engagement_id": engagement_id}).body["id"]
            admitted.append(Partner(id=partner["id"], engagement_id=engagement_id, measure_id=measure_id,
                                    leaders=leaders[partner["name"]]))  # fmt: skip
        return admitted

    def _trace_of(self, correlation_id: str) -> Trace:
        return Trace({name: self.database[name] for name in services()}, correlation_id=correlation_id)


@contextmanager
def chaos_instance_running(
    folder: Path, *, replicas: Mapping[str, int], print_from: PrintFrom
) -> Iterator[ChaosInstance]:
    """Run the instance with its state in `folder`; raises CannotStart."""
    with ExitStack() as running:
        parts = running.enter_context(parts_running(folder=folder / "parts", print_from=print_from))
        database = running.enter_context(_client(parts.mongo_uri))
        uris = {BROKER: parts.amqp_uri, DATABASE: parts.mongo_uri}
        proxies = {name: running.enter_context(Proxy(to=port_of(uri)).running()) for name, uri in uris.items()}
        instance = running.enter_context(
            instance_running(
                folder=folder / "instance",
                described_in=folder / "run.json",
                print_from=print_from,
                given=_behind(proxies, parts),
                also=SETTINGS,
                replicas=replicas,
            )
        )
        yield ChaosInstance(
            folder=folder,
            parts=parts,
            database=database,
            proxies=proxies,
            instance=instance,
            replicas=replicas,
            print_from=print_from,
        )


def _behind(proxies: Mapping[str, Proxy], parts: Parts) -> Given:
    return {
        "amqp_uri": f"amqp://guest:guest@{HOST}:{proxies[BROKER].port}/%2F",
        # Otherwise the driver would discover the database's own address, and bypass the proxy.
        "mongo_uri": f"mongodb://{HOST}:{proxies[DATABASE].port}/?directConnection=true",
        "smtp_uri": parts.smtp_uri,
    }


def _client(uri: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(uri, tz_aware=True, serverSelectionTimeoutMS=SERVER_SELECTION_MILLISECONDS)
