"""Timers that only poke: they fire in every replica, so what they start must claim its work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from nameko import config
from nameko.extensions import register_entrypoint
from nameko.timer import Timer
from pymongo.errors import PyMongoError

from chassis.observability.instrumentation import FAILED, Kind, instrumented
from chassis.observability.tracing import child_of

UNFOLLOWED = child_of(None, followed=False)
"""A timer fires for nothing most of the time; what it finds to do continues the trace that this belongs to."""
_log = structlog.get_logger(__name__)


class SettingTimer(Timer):
    """A timer whose interval, in seconds, is the setting it names."""

    def __init__(self, setting: str, **kwargs: Any) -> None:
        """Fire as often as `setting` says."""
        self.setting = setting
        super().__init__(interval=None, **kwargs)

    def setup(self) -> None:
        """Read the interval: settings are known only when the process starts."""
        self.interval = config[self.setting]


def timer(setting: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Poke a claim loop every so many seconds; a database that is away is waited for."""

    def decorate(method: Callable[..., None]) -> Callable[..., None]:
        @wraps(method)
        def poke(self: Any) -> None:
            entrypoint = f"{self.name}.{method.__name__}"
            with instrumented(service=self.name, entrypoint=entrypoint, kind=Kind.TIMER, hop=UNFOLLOWED) as work:
                try:
                    method(self)
                except PyMongoError as error:
                    work.outcome = FAILED
                    _log.warning("claim_loop_waits", loop=method.__name__, error=f"{type(error).__name__}")
                except Exception:
                    _log.exception("claim_loop_broke", loop=method.__name__)
                    raise

        register_entrypoint(poke, SettingTimer(setting))
        return poke

    return decorate
