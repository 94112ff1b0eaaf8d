"""The commands that the documents tell people to give."""

import re
from collections.abc import Iterator
from pathlib import Path

from cli.local.process import REPOSITORY

PROGRAMS = ("./partnerships ", "docker ", "kubectl ", "make ", "curl ")
_FENCED = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^(?: {4}| {7})(\S.*)$", re.MULTILINE)
_IN_A_SENTENCE = re.compile(r"`([^`]+)`")


def documented_commands() -> dict[str, set[str]]:
    """Give each command as it is written, and the documents it is written in."""
    found: dict[str, set[str]] = {}
    for page in _pages():
        for command in _commands(page.read_text(encoding="utf-8")):
            found.setdefault(command, set()).add(str(page.relative_to(REPOSITORY)))
    return found


def _pages() -> list[Path]:
    readable = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")]
    return [*readable, *(REPOSITORY / "deploy").rglob("*.md"), REPOSITORY / "bench" / "README.md"]


def _commands(text: str) -> Iterator[str]:
    lines = [line for block in _FENCED.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    lines += _INDENTED.findall(_FENCED.sub("", text))
    for written in [*lines, *_IN_A_SENTENCE.findall(_FENCED.sub("", text))]:
        command = " ".join(written.removeprefix("$ ").split())
        if command.startswith(PROGRAMS) and not command.endswith("…"):
            yield command
