"""Which tests `./partnerships test` runs, and in how many processes."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cli.local.process import REPOSITORY

TESTS = REPOSITORY / "tests"
MOST_PROCESSES = 4
"""Each has a broker, databases and instances of the platform of its own, which take up to 2 GB."""
WHOLE_FILES_IN_ORDER = ("--dist", "loadfile", "--no-loadscope-reorder")
"""What a file started is started once, and files begin in the order in which `tests/conftest.py` puts them."""
TAKE_AN_EXPRESSION = ("-k", "-m")
LEFT_OUT = {
    "pages": "`./partnerships test pages` looks at the public pages in a browser, which is fetched once",
    "containers": "`./partnerships test containers` brings the stack up on an engine",
}
"""What is run only when it is named, and what to say of it: it needs what not every machine has."""
ALL_BUT_THOSE = ["tests", *(f"--ignore=tests/{kind}" for kind in LEFT_OUT)]


def run_tests(arguments: Sequence[str]) -> int:
    """Run pytest on what the arguments name, and give its exit code."""
    chosen = pytest_arguments(arguments)
    if chosen[: len(ALL_BUT_THOSE)] == ALL_BUT_THOSE:
        print(*(f"tests/{kind}: left out here; {what}" for kind, what in LEFT_OUT.items()), sep="\n", flush=True)
    command = [sys.executable, "-m", "pytest", *in_processes(os.cpu_count() or 1), *chosen]
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode


def pytest_arguments(arguments: Sequence[str]) -> list[str]:
    """The paths of the kinds and of the services that are named, then pytest's own options as they stand.

    If nothing is named, all but what needs a browser or an engine.
    """
    expressions = {word for option, word in pairwise(arguments) if option in TAKE_AN_EXPRESSION}
    named = [word for word in arguments if word not in expressions and _paths(word)]
    options = [word for word in arguments if word not in named]
    if not named and not any(option.startswith("tests/") for option in options):
        return [*ALL_BUT_THOSE, *options]
    return [*(path for name in named for path in _paths(name)), *options]


def in_processes(cores: int) -> list[str]:
    """One for each core, but not more than memory is there for; a later `-n` of the user's holds instead."""
    return ["-n", str(min(cores, MOST_PROCESSES)), *WHOLE_FILES_IN_ORDER]


def _paths(name: str) -> list[str]:
    """The folder of a kind of tests, such as `unit`, or all that concerns a service, such as `camps`; else nothing."""
    if not name.isidentifier():
        return []
    return [f"tests/{name}"] if (TESTS / name).is_dir() else sorted(_concerning(name))


def _concerning(service: str) -> Iterator[str]:
    """The folders and files of any kind that bear its name."""
    found = [*TESTS.glob(f"*/{service}"), *TESTS.glob(f"*/test_{service}*.py")]
    return (str(path.relative_to(REPOSITORY)) for path in found)
