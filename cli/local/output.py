"""The output of a command whose reader has ended."""

import os
import sys


def discard_output() -> None:
    """Discard output that is not printed yet: its reader, such as `head`, has ended."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
