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

    def __init__(self, setting: str, *, at_once: int = 1, **kwargs: Any) -> None:
        """Fire every `setting` seconds, unless so many earlier ticks are still at work."""
        self.setting = setting
        self._at_once, self._at_work = at_once, 0
        super().__init__(interval=None, **kwargs)

    def setup(self) -> None:
        """Read the interval, which is known only when the process starts."""
        self.interval = config[self.setting]

    def handle_timer_tick(self) -> None:
        """Begin one tick, and let the next one begin if there is room for it."""
        if self._at_work < self._at_once:
            self._at_work += 1
            super().handle_timer_tick()
            self._let_the_next_begin()

    def handle_result(self, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Make room for another tick."""
        self._at_work -= 1
        self._let_the_next_begin()
        return result, exc_info

    def _let_the_next_begin(self) -> None:
        if self._at_work < self._at_once and not self.worker_complete.ready():
            self.worker_complete.send()


def timer(setting: str, *, at_once: int = 1) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a method every `setting` seconds; while the database is away, the next tick tries again.

    `at_once` calls may be under way, so that one that waits does not hold up the next.
    """

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

        register_entrypoint(tick, SettingTimer(setting, at_once=at_once))
        return tick

    return decorate
