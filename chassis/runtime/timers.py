"""Timers fire in every replica, so the methods they call must claim their work."""

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

UNSAMPLED = child_of(None, sampled=False)
"""Timer ticks are not traced; the work they find continues its own trace."""
_log = structlog.get_logger(__name__)


class SettingTimer(Timer):
    """A timer whose interval, in seconds, is the setting it names."""

    def __init__(self, setting: str, **kwargs: Any) -> None:
        """Fire every `setting` seconds."""
        self.setting = setting
        super().__init__(interval=None, **kwargs)

    def setup(self) -> None:
        """Read the interval, which is known only when the process starts."""
        self.interval = config[self.setting]


def timer(setting: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a method every `setting` seconds; while the database is away, the next tick tries again."""

    def decorate(method: Callable[..., None]) -> Callable[..., None]:
        @wraps(method)
        def tick(self: Any) -> None:
            entrypoint = f"{self.name}.{method.__name__}"
            with instrumented(service=self.name, entrypoint=entrypoint, kind=Kind.TIMER, span=UNSAMPLED) as work:
                try:
                    method(self)
                except PyMongoError as error:
                    work.outcome = FAILED
                    _log.warning("claim_loop_failed", loop=method.__name__, error=f"{type(error).__name__}")
                except Exception:
                    _log.exception("claim_loop_broke", loop=method.__name__)
                    raise

        register_entrypoint(tick, SettingTimer(setting))
        return tick

    return decorate
