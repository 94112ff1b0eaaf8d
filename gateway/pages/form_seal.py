"""When the public form was opened, sealed: who sends it back has opened it, and neither at once nor long ago."""

import time
from collections.abc import Callable

from chassis.domain.capabilities import CapabilityKeys
from chassis.domain.faults import Fault

FASTEST_SECONDS = 3
"""Nobody reads the form and writes an inquiry in less."""
OLDEST_SECONDS = 24 * 60 * 60
_FOR = "form of an inquiry"


class FormSeals:
    """Makes and reads the instants at which forms were opened; gateways with the same secret read each other's."""

    def __init__(self, secret: str, *, clock: Callable[[], float] = time.time) -> None:
        """Seal with a key that this secret gives; `clock` counts seconds since 1970."""
        self._keys = CapabilityKeys((secret,))
        self._clock = clock

    def seal(self) -> str:
        """Give this instant, to the millisecond."""
        opened = str(int(self._clock() * 1000))
        return f"{opened}.{self._keys.code(_FOR, opened)}"

    def renewed(self, seal: object) -> str:
        """Give the same seal, so that time goes on for it; one of now where that is none or too old."""
        age = self._age(seal)
        return str(seal) if age is not None and age <= OLDEST_SECONDS else self.seal()

    def check(self, seal: object) -> None:
        """Raise Fault unless a form was opened here, some seconds ago and no longer than a day."""
        age = self._age(seal)
        if age is None or age > OLDEST_SECONDS:
            message = "A form that was opened here within a day is expected"
            raise Fault(kind="conflict", code="form_too_old", message=message)
        if age < FASTEST_SECONDS:
            message = f"A form that was opened {FASTEST_SECONDS} s ago at least is expected"
            raise Fault(kind="conflict", code="form_too_fast", message=message)

    def _age(self, seal: object) -> float | None:
        """Give how many seconds ago a form was opened; None where nobody here has sealed that."""
        opened, _, code = str(seal).partition(".")
        if not self._keys.made(code, _FOR, opened):
            return None
        return self._clock() - int(opened) / 1000
