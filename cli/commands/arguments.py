"""What several commands take."""

from pathlib import Path

from cli.local.environment import folder_of_caller


def path_of_caller(text: str) -> Path:
    """Give a path as the caller means it."""
    return folder_of_caller() / text
