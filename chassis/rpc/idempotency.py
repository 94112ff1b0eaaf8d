"""Idempotent commands: the result is stored with the effect, and a repeated command gets the stored result."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
import structlog

from chassis.domain.errors import Invalid
from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import COMMANDS, UnitOfWork
from chassis.rpc.transport import JSON_ONLY

CommandResult = dict[str, Any]
"""What an executed command returns, as it is stored."""
_log = structlog.get_logger(__name__)


class CommandIdReused(Invalid):
    """This command id was used before for another request."""

    kind = "reused"


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command; `id`, operation and caller together identify a repeat."""

    id: str
    operation: str
    arguments: Mapping[str, Any]
    scope: Scope
    entered_as_history: bool = False

    @property
    def key(self) -> str:
        """The id of the stored result: two callers, or two operations, may use the same command id."""
        return f"{self.operation}:{self.scope.organisation}:{self.scope.subject}:{self.id}"

    @property
    def fingerprint(self) -> str:
        """A hash of what is asked, which tells a repeat from another request under the same id."""
        asked = [self.arguments, "history"] if self.entered_as_history else self.arguments
        return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


class Outcome(NamedTuple):
    """The result of a command, and whether it was stored by an earlier execution."""

    result: CommandResult
    repeated: bool


def execute_once(work: UnitOfWork, command: Command, execute: Callable[[], CommandResult]) -> Outcome:
    """Execute a command and store its result, or return the result stored before.

    Raises CommandIdReused when the same id came with other arguments.
    """
    stored = work.collection(COMMANDS).find_one({"_id": command.key}, session=work.session)
    if stored is None:
        return Outcome(_execute_first(work, command, execute), repeated=False)
    if stored["fingerprint"] != command.fingerprint:
        raise CommandIdReused(f"command id {command.id!r} was used before with another body: take a new one")
    _log.info("command_repeated", operation=command.operation, command_id=command.id)
    return Outcome(orjson.loads(stored["result"]), repeated=True)


def _execute_first(work: UnitOfWork, command: Command, execute: Callable[[], CommandResult]) -> CommandResult:
    result = execute()
    written = orjson.dumps(result, option=JSON_ONLY)
    row = {"_id": command.key, "fingerprint": command.fingerprint, "at": work.now, "result": written}
    work.collection(COMMANDS).insert_one(row, session=work.session)
    return result
