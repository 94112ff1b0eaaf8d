"""The time from `./partnerships up` to the first answered request, with an existing environment."""

import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from bench.reporting.charts import Dots
from bench.reporting.figures import spread
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import keep, load, own_versions, print_line, table
from cli.connection.api import Refused
from cli.connection.instance_address import RUN, running_instance
from cli.local.process import REPOSITORY

PROMISED_SECONDS = 20
TIMEOUT_SECONDS = 120
POLL_SECONDS = 0.05


def run(*, rounds: int) -> int:
    """Start and stop an instance in each round; gives 0 if the promise holds."""
    before = load()
    if RUN.exists():
        print_line(f"an instance is running here ({RUN}): stop it first")
        return 1
    took = [_first_answer_after(number) for number in range(1, rounds + 1)]
    about = {"starts": rounds, "libraries": own_versions()}
    return keep("start", report, figures=took, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the time of each start; the slowest must keep the promise."""
    took: list[float] = kept["figures"]
    found = spread(took)
    promise = Promise(
        what="start until the first answer, each", bound=AT_MOST, limit=PROMISED_SECONDS, unit="s",
        found=found.most, measured=f"{found.shown(1)} s",
    )  # fmt: skip
    return Report(
        title="From ./partnerships up to the first answer",
        promises=[promise],
        panels=[
            Dots(
                heading="seconds", rows={"first answer": took}, promised={promise.promised: PROMISED_SECONDS}, digits=1
            )
        ],
        details=table(("start", "s"), [[str(number), f"{each:.1f}"] for number, each in enumerate(took, 1)]),
    )


def _first_answer_after(number: int) -> float:
    """Start an instance, send requests until one is answered, and stop the instance."""
    begun = time.monotonic()
    up = subprocess.Popen([str(REPOSITORY / "partnerships"), "up"], stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        while not _answers():
            if up.poll() is not None or time.monotonic() > begun + TIMEOUT_SECONDS:
                raise TimeoutError("`./partnerships up` does not come up")
            time.sleep(POLL_SECONDS)
        took = time.monotonic() - begun
        print_line(f"start {number}: the first answer after {took:.1f} s, load {load()}")
        return took
    finally:
        up.terminate()
        up.wait(TIMEOUT_SECONDS)


def _answers() -> bool:
    """Whether a request is answered."""
    if not RUN.exists():
        return False
    try:
        running_instance().api.get("/v1/partners", limit=1)
    except (OSError, ValueError, HTTPException, Refused):
        return False
    return True
