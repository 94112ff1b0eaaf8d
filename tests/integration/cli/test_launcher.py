"""`./partnerships` makes its environment once and hands over, in a checkout that needs no packages."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli.local.process import REPOSITORY

TELLS_WHAT_IT_WAS_GIVEN = """
import os, sys
print(os.getcwd(), os.environ["EVENTLET_NO_GREENDNS"], repr(os.environ["PYTHONTZPATH"]), *sys.argv[1:])
"""
NEEDS_A_PACKAGE_WITHOUT_A_HASH = "no-such-package==1.0\n"


@pytest.fixture(scope="module")
def first_two(tmp_path_factory) -> tuple[Path, list[subprocess.CompletedProcess[str]]]:
    """A checkout with nothing made yet, in which two commands are given at once."""
    here = checkout(tmp_path_factory.mktemp("first"))
    with ThreadPoolExecutor() as together:
        return here, list(together.map(run, [here, here]))


@pytest.fixture(scope="module")
def environment(first_two) -> Path:
    """An environment made once, for the checkouts to start from."""
    return first_two[0] / ".local"


@pytest.fixture
def made(tmp_path, environment) -> Path:
    """A checkout whose environment stands."""
    here = checkout(tmp_path)
    shutil.copytree(environment, here / ".local", symlinks=True)
    return here


def checkout(folder: Path) -> Path:
    shutil.copy(REPOSITORY / "partnerships", folder)
    (folder / "requirements-dev.lock").write_text("# nothing\n")
    (folder / "dev").mkdir()
    (folder / "dev" / "__main__.py").write_text(TELLS_WHAT_IT_WAS_GIVEN)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([folder / "partnerships", *arguments], cwd="/", capture_output=True, text=True, check=False)


def test_two_at_once_make_the_environment_once_and_both_are_handed_over(first_two) -> None:
    _, both = first_two
    assert [done.returncode for done in both] == [0, 0]
    assert sum("making the environment in .local/venv" in done.stderr for done in both) == 1
    assert sum("the environment is made, in" in done.stderr for done in both) == 1


def test_it_hands_over_from_anywhere_with_all_arguments(made) -> None:
    done = run(made, "up", "--port", "8000")
    assert done.stdout.split() == [str(made), "yes", "''", "up", "--port", "8000"]


def test_nothing_is_made_or_said_once_the_environment_stands(made) -> None:
    assert run(made).stderr == ""


def test_packages_that_cannot_be_installed_are_one_sentence_and_pips_last_lines(made) -> None:
    (made / "requirements-dev.lock").write_text(NEEDS_A_PACKAGE_WITHOUT_A_HASH)
    failed = run(made)
    assert failed.returncode == 1
    assert "the packages cannot be installed" in failed.stderr
    assert "no-such-package" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_a_checkout_that_cannot_be_written_is_one_sentence(tmp_path) -> None:
    here = checkout(tmp_path)
    (here / ".local").write_text("in the way")
    failed = run(here)
    assert failed.returncode == 1
    assert failed.stderr.startswith("partnerships: the environment cannot be made: ")


def test_a_machine_without_python3_venv_is_told_what_to_install(made, tmp_path_factory) -> None:
    (made / ".local/venv/made-from").unlink()
    broken = tmp_path_factory.mktemp("broken") / "venv.py"
    broken.write_text("raise SystemExit('ensurepip is not available')")
    surroundings = {**os.environ, "PYTHONPATH": str(broken.parent)}
    failed = subprocess.run([made / "partnerships"], env=surroundings, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "on Debian, install python3-venv" in failed.stderr
    assert "ensurepip is not available" in failed.stderr
