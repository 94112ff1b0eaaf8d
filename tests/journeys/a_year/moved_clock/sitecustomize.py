"""Sets the clock of the services of a test: Python imports this module first, where `PYTHONPATH` leads to it.

`utc_now` is the services' only clock. What the file of the variable MOVED_CLOCK holds, in seconds, is added to it; time
limits, leases and the validity of tokens go by other clocks, and stay as they are.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from chassis.domain import identity

_present, _offset = identity.utc_now, Path(os.environ["MOVED_CLOCK"])


def _moved() -> datetime:
    return _present() + timedelta(seconds=float(_offset.read_text()))


identity.utc_now = _moved
