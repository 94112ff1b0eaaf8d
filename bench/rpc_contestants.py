"""The contestants of `bench rpc`, on the same broker and the same database."""

import sys
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pymongo import MongoClient

from bench.contestants.peer_environment import peer_python
from bench.parts import environment
from bench.processes import cpu_seconds
from chassis.messaging.topology import is_consumed
from cli.local.parts import Parts
from cli.local.ports import HOST, answers, free_port
from cli.local.process import Program
from gateway.auth import Role, mint

CONTESTANTS = "bench.contestants"
UVICORN = ("--no-access-log", "--log-level", "warning")
OURS, STOCK, PEER = "ours", "stock nameko", "FastAPI + FastStream"
THING = {"_id": "thing_1", "title": "Central-line infections halved", "wards": list(range(20))}
_SECRET = "measured-on-this-machine-and-nowhere-else"


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """One gateway and its service: the gateway's address, and all processes whose processor time a call uses."""

    name: str
    address: tuple[str, int]
    pids: Mapping[str, int]

    def cpu(self) -> dict[str, float]:
        """Give the processor seconds used so far, by gateway, service, broker and database."""
        return {part: cpu_seconds(pid) for part, pid in self.pids.items()}


def line_up(parts: Parts) -> list[Contestant]:
    """Start all contestants; they end with the parts. Raises CannotStart."""
    database = MongoClient[dict[str, object]](parts.mongo_uri)["bench"]
    database["things"].replace_one({"_id": THING["_id"]}, THING, upsert=True)
    return [_started(name, pair, parts) for name, pair in _pairs().items()]


def headers() -> dict[str, str]:
    """Give the headers of every request; only our gateway reads them."""
    token = mint(secret=_SECRET, subject="bench", organisation="*", roles=(Role.AUDITOR,), hours=24)
    return {"Authorization": f"Bearer {token}", "Accept": "application/json"}


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """The commands of a gateway and its service, and the service's queue, which has a consumer when it is ready."""

    service: Sequence[str]
    gateway: Sequence[str]
    queue: str
    takes_port: bool = False


def _pairs() -> dict[str, _Pair]:
    peer, stock = str(peer_python()), ("nameko", "run", "--config", "bench/contestants/stock.yml")
    return {
        OURS: _Pair(
            service=_python("chassis", f"{CONTESTANTS}.ours:BenchService"),
            gateway=_python("chassis", f"{CONTESTANTS}.ours:BenchGateway"),
            queue="rpc-bench",
        ),
        STOCK: _Pair(
            service=_python(*stock, f"{CONTESTANTS}.stock:BenchService"),
            gateway=_python(*stock, f"{CONTESTANTS}.stock:BenchGateway"),
            queue="rpc-stock_bench",
        ),
        PEER: _Pair(
            service=[peer, "-m", f"{CONTESTANTS}.fast"],
            gateway=[peer, "-m", "uvicorn", f"{CONTESTANTS}.fast:gateway", *UVICORN],
            queue="fast.find",
            takes_port=True,
        ),
    }


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", *arguments]


def _started(name: str, pair: _Pair, parts: Parts) -> Contestant:
    port, supervisor = free_port(), parts.supervisor
    gateway = [*pair.gateway, "--port", str(port)] if pair.takes_port else pair.gateway
    tokens = {"DEVELOPMENT_TOKENS": "true", "TOKEN_SECRET": _SECRET}
    settings = environment(parts, WEB_SERVER_ADDRESS=f"{HOST}:{port}", REQUESTS_PER_SECOND="1000000", **tokens)
    start = partial(Program, environment=settings, on_line=lambda _: None)
    supervisor.start(start(name=f"{name} service", command=pair.service))
    # The service first: a stock gateway ends when its first call is not answered.
    supervisor.wait_until_ready(f"{name} service", lambda: is_consumed(parts.amqp_uri, pair.queue))
    supervisor.start(start(name=f"{name} gateway", command=gateway))
    supervisor.wait_until_ready(f"{name} gateway", lambda: _answers_well(port))
    pids, of_parts = supervisor.pids(), {"broker": "rabbitmq", "database": "mongod"}
    own = {kind: pids[f"{name} {kind}"] for kind in ("gateway", "service")}
    return Contestant(name=name, address=(HOST, port), pids=own | {part: pids[each] for part, each in of_parts.items()})


def _answers_well(port: int) -> bool:
    if not answers(port):
        return False
    request = urllib.request.Request(f"http://{HOST}:{port}/find?id={THING['_id']}", headers=headers())
    try:
        with urllib.request.urlopen(request, timeout=2) as response:
            return THING["title"] in response.read().decode()
    except OSError:
        return False
