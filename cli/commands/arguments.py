"""What several commands take."""

import os
from pathlib import Path


def path_of_caller(text: str) -> Path:
    """Give a path as the caller means it: `./partnerships` itself works in the folder of the project."""
    return Path(os.environ.get("CALLED_FROM", ""), text)
