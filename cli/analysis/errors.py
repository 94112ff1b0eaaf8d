"""What can be wrong with the files of an analysis: each is told as one text, without a traceback."""

from pathlib import Path

MOST_TOLD = 20
"""Mistakes that are told; of more only the number is."""


class CannotBeRead(Exception):
    """A file is no series: each mistake with its row."""

    def __init__(self, path: Path, mistakes: list[str]) -> None:
        told = [*mistakes[:MOST_TOLD], *([f"and {len(mistakes) - MOST_TOLD} more"] if mistakes[MOST_TOLD:] else [])]
        super().__init__("\n  ".join([f"{path.name} cannot be read:", *told]))


class CannotBeWritten(Exception):
    """A chart cannot be written where it was asked for."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be written: {why}")
