"""A command takes effect once: its answer is recorded with the effect, and a repeat gets that answer."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
import structlog

from chassis.domain.errors import Invalid
from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import COMMANDS, UnitOfWork

Answer = dict[str, Any]
_log = structlog.get_logger(__name__)


class CommandIdReused(Invalid):
    """This command id was used before for something else."""

    kind = "reused"


@dataclass(frozen=True, kw_only=True)
class Command:
    """One thing somebody asked for, told apart from a repeat of it by `id`, operation and caller."""

    id: str
    operation: str
    arguments: Mapping[str, Any]
    scope: Scope

    @property
    def key(self) -> str:
        """The record's id: two callers, or two operations, may use the same command id."""
        return f"{self.operation}:{self.scope.organisation}:{self.scope.subject}:{self.id}"

    @property
    def fingerprint(self) -> str:
        """What tells the same request from another one under the same id."""
        return hashlib.sha256(orjson.dumps(self.arguments, option=orjson.OPT_SORT_KEYS)).hexdigest()


class Outcome(NamedTuple):
    """The one answer to a command, and whether it had been given before."""

    answer: Answer
    repeated: bool


def answer_once(work: UnitOfWork, command: Command, deed: Callable[[], Answer]) -> Outcome:
    """Do the deed and record its answer, or give the answer recorded before.

    Raises CommandIdReused when the same id came with other arguments.
    """
    answered = work.collection(COMMANDS).find_one({"_id": command.key}, session=work.session)
    if answered is None:
        return Outcome(_answer_first(work, command, deed), repeated=False)
    if answered["fingerprint"] != command.fingerprint:
        raise CommandIdReused(f"command id {command.id!r} was used before with another body: take a new one")
    _log.info("command_repeated", operation=command.operation, command_id=command.id)
    return Outcome(orjson.loads(answered["answer"]), repeated=True)


def _answer_first(work: UnitOfWork, command: Command, deed: Callable[[], Answer]) -> Answer:
    answer = deed()
    row = {"_id": command.key, "fingerprint": command.fingerprint, "at": work.now, "answer": orjson.dumps(answer)}
    work.collection(COMMANDS).insert_one(row, session=work.session)
    return answer
