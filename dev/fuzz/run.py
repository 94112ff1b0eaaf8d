"""`./partnerships fuzz`: an instance of its own, asked everything its description allows, and what it does not."""

import random
from functools import partial

from cli.local.folder_lock import only_user_of
from cli.local.instance import instance_running
from cli.local.process import REPOSITORY, written_to
from cli.local.supervisor import end_on_signals
from dev.fuzz.asking import fuzz

FOLDER = REPOSITORY / ".local" / "fuzz"
MOST_EXAMPLES = 1000
"""Time is what ends a run."""


def run(*, seed: int | None, minutes: float) -> int:
    """Ask for so long, show what schemathesis found, and give an exit code; raises CannotStart."""
    end_on_signals()
    seed = random.randrange(10_000) if seed is None else seed
    tell = partial(print, flush=True)
    tell(f"seed {seed}: `--seed {seed}` asks the same again; logs are kept in {FOLDER}")
    with only_user_of(FOLDER, say=tell):
        log = written_to(FOLDER / "run.log")
        with instance_running(
            folder=FOLDER / "instance",
            described_in=FOLDER / "run.json",
            say=lambda who, line: log(f"{who}: {line}"),
            given={},
        ) as instance:
            return fuzz(api_of=instance.api, folder=FOLDER, seed=seed, seconds=60 * minutes, examples=MOST_EXAMPLES)
