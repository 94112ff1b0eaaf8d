"""How a process is, told beside its workers: load cannot hide it, and a process that hears nothing is not ready.

2.13: stock nameko answers for its health with the workers that are busy.
"""

from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import orjson
import pymongo
import structlog
from eventlet import wsgi
from nameko import config
from nameko.extensions import SharedExtension
from pymongo.errors import PyMongoError

from chassis.store import Store

DATABASE_SECONDS = 1.0
Parts = dict[str, bool]
_log = structlog.get_logger(__name__)


class Health(SharedExtension):
    """Answers `/livez`: this process runs; and `/readyz`: it hears, answers, and can reach its database."""

    store: Store

    def tell_of(self, store: Store) -> None:
        """Begin to answer where the settings say, if they do."""
        self.store = store
        if not config["OPS_ADDRESS"]:
            return
        host, _, port = config["OPS_ADDRESS"].rpartition(":")
        # The supervisor has checked that the port is free: eventlet would share it without a word.
        listener = eventlet.listen((host, int(port)))
        self.container.spawn_managed_thread(lambda: wsgi.server(listener, self._answer, log_output=False))

    def parts(self) -> Parts:
        """Say of each part that this process needs whether it works now."""
        shared = self.container.shared_extensions.values()
        consumers = {type(each).__name__: each.consumer for each in shared if hasattr(each, "consumer")}
        hearing = {name: consumer.is_consuming for name, consumer in consumers.items()}
        return {**hearing, "database": _answers(self.store)}

    def _answer(self, environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        known = {"/livez": dict, "/readyz": self.parts}
        if environ["PATH_INFO"] not in known:
            return _told("404 Not Found", {}, start_response)
        parts = known[environ["PATH_INFO"]]()
        return _told("200 OK" if all(parts.values()) else "503 Service Unavailable", parts, start_response)


def _told(status: str, parts: Parts, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "application/json")])
    return [orjson.dumps({"status": status.partition(" ")[2], "parts": parts})]


def _answers(store: Store) -> bool:
    try:
        with pymongo.timeout(DATABASE_SECONDS):
            store.database.command("ping")
    except PyMongoError as error:
        _log.warning("database_away", error=type(error).__name__)
        return False
    return True
