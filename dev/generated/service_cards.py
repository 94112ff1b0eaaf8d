"""The last part of each service's README: what it publishes, reacts to and answers, written from its classes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chassis.runtime.service import Service
from chassis.schemas.operations import declared
from cli.connection.services import services
from cli.local.process import REPOSITORY
from dev.generated.event_contracts import events, first_sentence, in_one_line

MARK = "<!-- What follows is written by `./partnerships contracts`: change the classes, not this part. -->\n"


def cards() -> Mapping[Path, str]:
    """Give the text of each service's card under the path of its file; what stands above the mark is kept."""
    found = ((REPOSITORY / "services" / name / "README.md", service) for name, service in services().items())
    return {path: path.read_text(encoding="utf-8").partition(MARK)[0] + MARK + interface(each) for path, each in found}


def interface(service: type[Service]) -> str:
    """Write the tables of what a service publishes, reacts to and answers."""
    published = ((f"`{each.type}`", in_one_line(each)) for each in events() if each.type.startswith(f"{service.name}."))
    parts = [
        _table("Publishes", "event | when", published),
        _table("Reacts to", "event | reaction | effect", _reactions(service)),
        _table("Answers", "command | effect", _operations(service.commands)),
        _table("", "query | answer", _operations(service.queries)),
    ]
    return "".join(parts)


def _table(title: str, head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table below its title; a service has no table without rows."""
    lines = [f"| {' | '.join(each)} |\n" for each in rows]
    above = f"\n**{title}**\n\n" if title else "\n"
    return above + f"| {head} |\n|{'---|' * (head.count('|') + 1)}\n" + "".join(lines) if lines else ""


def _reactions(service: type[Service]) -> Iterator[tuple[str, ...]]:
    for each in map(declared, service.reactions):
        yield ", ".join(f"`{type}`" for type in each.types), f"`{each.name}`", first_sentence(each.function)


def _operations(functions: Iterable[Callable[..., Any]]) -> Iterator[tuple[str, ...]]:
    yield from ((f"`{each.name}`", first_sentence(each.function)) for each in map(declared, functions))
