"""What the tests of the real parts share: running parts, and waiting without sleeping."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from cli.local.parts import Parts, parts_running


@pytest.fixture(scope="module")
def parts(tmp_path_factory) -> Iterator[Parts]:
    """All parts, apart from those the other tests use, because these tests kill them."""
    with parts_running(folder=tmp_path_factory.mktemp("parts"), print_from=lambda *_: None) as parts:
        yield parts


@pytest.fixture
def eventually() -> Callable[..., bool]:
    """Tell whether a condition comes true in time."""

    def wait(condition: Callable[[], bool], *, within: float = 30.0) -> bool:
        deadline = time.monotonic() + within
        pause = threading.Event()
        while not condition():
            if time.monotonic() > deadline:
                return False
            pause.wait(0.05)
        return True

    return wait
