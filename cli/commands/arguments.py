"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from cli.local.environment import folder_of_caller

AsJson = Annotated[bool, typer.Option("--json", help="one JSON object for each line, for programs")]


def path_of_caller(text: str) -> Path:
    """Resolve a path against the folder from which `./partnerships` was called."""
    return folder_of_caller() / text
