"""Applies eventlet's monkey patch before anything else is imported: import it first, in a main module only."""

import os
import sys

os.environ["EVENTLET_NO_GREENDNS"] = "yes"  # greendns replaces the resolver's behaviour
os.environ["PYTHONTZPATH"] = ""  # use the pinned tzdata, not the machine's zone files

TOO_EARLY = ("nameko", "kombu", "pymongo")
_imported = [name for name in TOO_EARLY if name in sys.modules]
if _imported:
    raise RuntimeError(
        f"{', '.join(_imported)} was imported before eventlet's patch: import chassis.runtime.bootstrap first"
    )

import warnings  # noqa: E402  must come after the environment is set

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # eventlet warns at import that it is being retired; see decision 4
    import eventlet

eventlet.monkey_patch()
