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

    `X_FILE` names the file of setting `X`; `X_PASSWORD_FILE` that of the password of the user in `X_URI` or `X_USER`.
    Raises UnusableSecret.
    """
    for user in (name for name, value in found.items() if name.endswith("_USER") and value):
        if not found.get(f"{user.removesuffix('_USER')}_PASSWORD_FILE"):
            raise UnusableSecret(f"setting {user}: {user.removesuffix('_USER')}_PASSWORD_FILE is expected, too")
    filled = dict(found)
    for setting in (name for name, path in found.items() if name.endswith("_FILE") and path):
        name, secret = setting.removesuffix("_FILE"), _read(setting, Path(found[setting]))
        if name.endswith("_PASSWORD"):
            part = name.removesuffix("_PASSWORD")
            filled[f"{part}_URI"] = _signing_in(part, found, secret)
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


def _signing_in(part: str, found: Mapping[str, Any], password: str) -> str:
    """Give the address of a part with its user and the password."""
    uri, given = found[f"{part}_URI"] or "", found.get(f"{part}_USER") or ""
    try:
        place = urlsplit(uri).netloc
    except ValueError:  # not as it says it: that shows the address
        raise UnusableSecret(f"setting {part}_URI: scheme://user@host is expected") from None
    named, _, hosts = place.rpartition("@")
    user = named or quote(given, safe="")
    if not user or ":" in user or (named and given):
        raise UnusableSecret(
            f"setting {part}_PASSWORD_FILE: {part}_URI with a user and no password is expected, as scheme://user@host, "
            f"or {part}_USER in its place"
        )
    return uri.replace(f"//{place}", f"//{user}:{quote(password, safe='')}@{hosts}", 1)
