"""From `./partnerships up` to the first answer, with an environment that is there already."""

import subprocess
import sys
import time
from http.client import HTTPException

from bench.figures import spread
from bench.results import keep, load, own_versions, say, table
from cli.api import Refused
from cli.local.process import REPOSITORY
from cli.running import RUN, running_instance

PROMISED_SECONDS = 20
PATIENCE_SECONDS = 120
GLANCE_SECONDS = 0.05


def run(*, rounds: int) -> int:
    """Start and stop it again and again; gives 0 if the slowest start is as quick as promised."""
    before = load()
    if RUN.exists():
        say(f"an instance is running here ({RUN}): stop it first")
        return 1
    took = [_first_answer_after(number) for number in range(1, rounds + 1)]
    found = spread(took)
    verdict = "which holds" if found.most <= PROMISED_SECONDS else "which is missed"
    page = f"Promised is the first answer within {PROMISED_SECONDS} s, {verdict}."
    rows = [["first answer", found.shown(1)]]
    about = {"starts": rounds, "libraries": own_versions()}
    keep(
        "start", f"{page}\n\n{table(('s', 'median (least–most)'), rows)}", figures=took, about=about, load_before=before
    )
    return 0 if found.most <= PROMISED_SECONDS else 1


def _first_answer_after(number: int) -> float:
    """Start everything, ask until somebody answers, and stop everything again."""
    begun = time.monotonic()
    up = subprocess.Popen([str(REPOSITORY / "partnerships"), "up"], stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        while not _answers():
            if up.poll() is not None or time.monotonic() > begun + PATIENCE_SECONDS:
                raise TimeoutError("`./partnerships up` does not come up")
            time.sleep(GLANCE_SECONDS)
        took = time.monotonic() - begun
        say(f"start {number}: the first answer after {took:.1f} s, load {load()}")
        return took
    finally:
        up.terminate()
        up.wait(PATIENCE_SECONDS)


def _answers() -> bool:
    """Whether somebody answers already."""
    if not RUN.exists():
        return False
    try:
        running_instance().api.get("/v1/partners", limit=1)
    except (OSError, ValueError, HTTPException, Refused):
        return False
    return True
