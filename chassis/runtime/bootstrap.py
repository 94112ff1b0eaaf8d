"""Makes the process green before anything else is imported: import this first, and only in a process's main module."""

import os
import sys

os.environ["EVENTLET_NO_GREENDNS"] = "yes"  # greendns replaces the resolver's behaviour
os.environ["PYTHONTZPATH"] = ""  # the pinned tzdata, not what the machine happens to have

TOO_EARLY = ("nameko", "kombu", "pymongo")
_imported = [name for name in TOO_EARLY if name in sys.modules]
if _imported:
    raise RuntimeError(
        f"{', '.join(_imported)} was imported before eventlet's patch: import chassis.runtime.bootstrap first"
    )

import warnings  # noqa: E402  the order is this module's purpose

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # eventlet announces its retirement at every import; decision 4 has our answer
    import eventlet

eventlet.monkey_patch()
