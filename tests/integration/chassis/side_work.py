"""Functions that are called in processes of their own."""

import os
import sys
import time
from typing import Any


def doubled(number: int) -> int:
    return number * 2


def described(_: Any) -> dict[str, Any]:
    return {"pid": os.getpid(), "environment": dict(os.environ), "modules": sorted(sys.modules)}


def slow(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def broken(_: Any) -> None:
    raise ValueError("cannot be drawn")


def dies(_: Any) -> None:
    os._exit(3)
