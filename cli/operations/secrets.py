"""Generates the secrets of an instance in containers that were not provided."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from chassis.access.users import BACKUP, BROKER_PASSWORD, DATABASE_PASSWORD
from cli.connection.services import services
from gateway.auth.own_key import OwnKey, new_private_key


def _password(_: Path) -> str:
    return secrets.token_hex(32)


def _public_keys(folder: Path) -> str:
    return OwnKey((folder / "signing/key").read_text()).published()


PROCESSES = [*services(), "gateway"]
SECRETS: Mapping[str, Callable[[Path], str]] = {
    "broker/password": _password,
    "database/password": _password,
    **{f"{process}/{BROKER_PASSWORD}": _password for process in PROCESSES},
    **{f"{name}/{DATABASE_PASSWORD}": _password for name in [*services(), BACKUP]},
    "database/key": _password,
    "signing/key": lambda _: new_private_key(),
    "gateway/secret": _password,
    "links/secret": _password,
    "gateway/keys.json": _public_keys,
}
"""The file of each secret, in a folder per group of readers, and how it is generated."""
EVERYBODY_READS = 0o444
"""Broker and database run as other users: access is restricted by which container mounts the folder."""


def make_secrets(folder: Path) -> Iterator[str]:
    """Generate the missing secrets, never replacing one; a line for each."""
    for name, make in SECRETS.items():
        path = folder / name
        if path.exists():
            yield f"{path} exists"
            continue
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(make(folder))
        unfinished.chmod(EVERYBODY_READS)
        unfinished.rename(path)
        yield f"{path} was generated"
