"""The number of processes of each service and of the gateway."""

from collections.abc import Iterator, Mapping, Sequence

from cli.connection.services import GATEWAY, path_of, services
from cli.local.errors import CannotStart


def read(options: Sequence[str]) -> Mapping[str, int]:
    """Parse options such as `camps=2`; raises CannotStart naming a wrong one."""
    return dict(map(_read, options))


def processes(replicas: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Give the name of each process and the service it runs; the second process of `camps` is `camps.2`.

    Replicas of the gateway share its port: the kernel distributes the connections.
    """
    for name, path in _programs().items():
        for number in range(1, replicas.get(name, 1) + 1):
            yield name if number == 1 else f"{name}.{number}", path


def _programs() -> Mapping[str, str]:
    return {name: path_of(service) for name, service in services().items()} | {"gateway": GATEWAY}


def _read(option: str) -> tuple[str, int]:
    name, _, count = option.partition("=")
    if name not in _programs():
        raise CannotStart(f"--replicas {option}: one of {', '.join(_programs())} is expected before the `=`.")
    if not count.isascii() or not count.isdecimal() or not 1 <= int(count) <= 20:
        raise CannotStart(f"--replicas {option}: a number from 1 to 20 is expected behind the `=`.")
    return name, int(count)
