"""A browser, the platform, and the pages of it that are looked at."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.pages.axe import axe_source
from tests.pages.chromium import found_browser
from tests.pages.devtools import DevTools, browser_running
from tests.pages.guests import Guests
from tests.pages.public_pages import PublicPage
from tests.pages.tab import Tab, tab_open

Played = Callable[[PublicPage], str]


@pytest.fixture(scope="session")
def devtools(folder: Path) -> Iterator[DevTools]:
    """One browser for the whole run."""
    own = folder / "browser"
    own.mkdir()
    with browser_running(found_browser(own), log=own / "browser.log") as running:
        yield running


@pytest.fixture(scope="session")
def guests(instance: Instance) -> Guests:
    """Who is invited on the platform."""
    return Guests(PlatformDriver(instance))


@pytest.fixture(scope="session")
def played(guests: Guests) -> Played:
    """Plays what leads to a page, once, and gives the link; for tests that change nothing."""
    return cache(lambda page: page.play(guests))


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that finds what not everybody can use."""
    return axe_source()


@pytest.fixture
def tab(devtools: DevTools) -> Iterator[Tab]:
    """A tab in which nobody was before."""
    with tab_open(devtools) as opened:
        yield opened
