"""`./partnerships fuzz`: fuzzes an instance of its own by its OpenAPI document."""

import random
from functools import partial

from cli.local.folder_lock import exclusive_use_of
from cli.local.instance import instance_running
from cli.local.process import REPOSITORY, append_to
from cli.local.supervisor import raise_on_signals
from dev.fuzz.fuzzer import fuzz

FOLDER = REPOSITORY / ".local" / "fuzz"
MAX_EXAMPLES = 1000
"""So many that a run ends by time."""


def run(*, seed: int | None, minutes: float) -> int:
    """Fuzz for so many minutes, print schemathesis' report, and give an exit code; raises CannotStart."""
    raise_on_signals()
    seed = random.randrange(10_000) if seed is None else seed
    print_line = partial(print, flush=True)
    print_line(f"seed {seed}: `--seed {seed}` repeats the requests; logs are kept in {FOLDER}")
    with exclusive_use_of(FOLDER, print_line=print_line):
        log = append_to(FOLDER / "run.log")
        with instance_running(
            folder=FOLDER / "instance",
            described_in=FOLDER / "run.json",
            print_from=lambda who, line: log(f"{who}: {line}"),
            given={},
        ) as instance:
            return fuzz(api_of=instance.api, folder=FOLDER, seed=seed, seconds=60 * minutes, examples=MAX_EXAMPLES)
