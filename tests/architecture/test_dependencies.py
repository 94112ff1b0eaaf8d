"""What others wrote and we use is locked, hashed, and under a licence we take."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dev.dependencies.licences import problems, refused_in_what_ships
from dev.dependencies.locks import LOCKS, locked

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OURS = {"requirements.lock": PROJECT["project"]["dependencies"]} | {
    f"requirements-{group}.lock": needed for group, needed in PROJECT["dependency-groups"].items()
}


def test_every_lock_there_is_belongs_to_a_part_of_pyproject() -> None:
    assert {path.name for path in ROOT.glob("requirements*.lock")} == set(LOCKS) == set(OURS)


@pytest.mark.parametrize("lock", OURS)
def test_a_lock_holds_what_pyproject_asks_for(lock: str) -> None:
    versions = locked(ROOT / lock)

    for needed in map(Requirement, OURS[lock]):
        assert needed.specifier.contains(versions[canonicalize_name(needed.name)], prereleases=True), needed


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_the_hashes_of_its_files(lock: str) -> None:
    packages = re.split(r"^(?=[a-z])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]

    assert packages
    assert [package.partition(" ")[0] for package in packages if "--hash=sha256:" not in package] == []


def test_what_is_shipped_is_what_was_tested() -> None:
    tested = locked(ROOT / "requirements-dev.lock")

    assert {name: tested[name] for name in locked(ROOT / "requirements.lock")} == locked(ROOT / "requirements.lock")


def test_every_locked_package_is_listed_under_a_licence_we_take() -> None:
    assert problems() == []


def test_what_is_locked_for_another_python_than_this_is_listed_too() -> None:
    lock, page = ((ROOT / name).read_text() for name in ("requirements.lock", "docs/licences.md"))
    by_python = re.findall(r"^([a-z0-9-]+)==([^ ]+) ; python_full_version [^ ]+ '[0-9.]+' \\$", lock, re.MULTILINE)

    assert len({version for name, version in by_python if name == "numpy"}) > 1
    assert [each for each in by_python if "| {} | {} |".format(*each) not in page] == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "AGPL-3.0-only", "MIT OR GPL-2.0-only", "GNU General Public License v3 (GPLv3)", "SSPL-1.0"],
)
def test_a_licence_that_binds_our_users_is_refused_in_what_ships(licence: str) -> None:
    assert refused_in_what_ships(licence)


@pytest.mark.parametrize("licence", ["MIT", "LGPL-2.1-or-later", "MPL-2.0 AND (Apache-2.0 OR MIT)", "BSD License"])
def test_a_licence_that_does_not_is_taken(licence: str) -> None:
    assert not refused_in_what_ships(licence)
