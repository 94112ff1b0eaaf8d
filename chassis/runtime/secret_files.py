"""Secrets in files, as containers are given them: read once, at the start."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit


class UnusableSecret(Exception):
    """A secret's file cannot be used; the message names the setting and never shows the secret."""


def with_secrets(found: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings with the secrets filled in from their files.

    `X_FILE` names the file of setting `X`; `X_PASSWORD_FILE` that of the password of the user in `X_URI`.
    Raises UnusableSecret.
    """
    filled = dict(found)
    for setting in (name for name, path in found.items() if name.endswith("_FILE") and path):
        name, secret = setting.removesuffix("_FILE"), _read(setting, Path(found[setting]))
        if name.endswith("_PASSWORD"):
            uri = name.removesuffix("_PASSWORD") + "_URI"
            filled[uri] = _with_password(setting, uri, found[uri] or "", secret)
        elif found[name]:
            raise UnusableSecret(f"setting {setting}: {name} is given, too; only one of both is expected")
        else:
            filled[name] = secret
    return filled


def _read(setting: str, path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except PermissionError:
        raise UnusableSecret(
            f"setting {setting}: {path} {_owner_and_mode(path)}, and this process is uid {os.getuid()}"
        ) from None
    except (OSError, UnicodeError) as error:
        raise UnusableSecret(f"setting {setting}: {path} cannot be read ({type(error).__name__})") from None
    if not secret:
        raise UnusableSecret(f"setting {setting}: {path} is empty")
    return secret


def _owner_and_mode(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "lies in a folder that may not be entered"
    return f"belongs to uid {found.st_uid} with mode {found.st_mode & 0o7777:04o}"


def _with_password(setting: str, name: str, uri: str, password: str) -> str:
    place = urlsplit(uri).netloc
    user, _, hosts = place.rpartition("@")
    if not user or ":" in user:
        raise UnusableSecret(
            f"setting {setting}: {name} with a user and no password is expected, as scheme://user@host"
        )
    return uri.replace(f"//{place}", f"//{user}:{quote(password, safe='')}@{hosts}", 1)
