"""Writes generated files, or reports those that differ from their sources."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from cli.local.process import REPOSITORY


def write_or_check(files: Mapping[Path, str], *, command: str, verify: bool, existing: Iterable[Path] = ()) -> int:
    """Write files and delete `existing` ones that are not among them; gives an exit code.

    With `verify` nothing is written: 1 if a file differs, and the `command` that writes it is printed.
    """
    outdated = [path for path in sorted({*files, *existing}) if files.get(path) != _text_of(path)]
    for path in outdated:
        if verify:
            print(f"{path.relative_to(REPOSITORY)} differs from its source: run `./partnerships {command}`")
        else:
            _replace(path, files.get(path))
    return 1 if outdated and verify else 0


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _replace(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
