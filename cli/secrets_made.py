"""The secrets of an instance in containers, made where nobody has given them."""

import secrets
from collections.abc import Iterator
from pathlib import Path

SECRETS = ("broker/password", "database/password", "database/key", "tokens/secret")
"""A folder for each who may read them, a file for each secret."""
EVERYBODY_READS = 0o444
"""The broker and the database run as users of their own: who may read is decided by who is given the folder."""


def make_secrets(folder: Path) -> Iterator[str]:
    """Make those that are not there yet, never another in place of one that is; say which."""
    for name in SECRETS:
        path = folder / name
        if path.exists():
            yield f"{path} is there"
            continue
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(secrets.token_hex(32))
        unfinished.chmod(EVERYBODY_READS)
        unfinished.rename(path)
        yield f"{path} is made"
