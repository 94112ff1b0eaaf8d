"""Tunes Python's garbage collector, which took a tenth of the processor time of a request (42)."""

import gc

THRESHOLD = 10_000
"""How many more containers are made than freed before cycles among the new ones are looked for; Python's own is 700."""


def collect_seldom() -> None:
    """Collect seldom, and never what there is now: modules and settings stay until the process ends."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(THRESHOLD)
