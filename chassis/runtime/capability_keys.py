"""The secrets that capabilities are made with, out of a setting."""

from nameko import config

from chassis.domain.capabilities import CapabilityKeys
from chassis.runtime.config import InvalidSettings

SHORTEST_SECRET = 32


def capability_keys(setting: str) -> CapabilityKeys:
    """Give the secrets in a setting, one a line: the first makes capabilities, all are believed.

    Raises InvalidSettings for none, and for one that could be guessed.
    """
    secrets = [line.strip() for line in config[setting].splitlines() if line.strip()]
    shortest = min(map(len, secrets), default=0)
    if shortest < SHORTEST_SECRET:
        raise InvalidSettings(
            f"setting {setting}: at least {SHORTEST_SECRET} characters are expected in each line, got {shortest}: "
            "the service does not start without a secret nobody can guess."
        )
    return CapabilityKeys(tuple(secrets))
