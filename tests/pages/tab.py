"""A tab of a browser, as whoever reads a page uses it: looks, presses keys, clicks. Pages' scripts do not run in it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pages.devtools import DevTools

LOADED = "Page.loadEventFired"
NARROW = 600
"""Pixels; what is narrower is held in a hand."""
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
SHIFT = 8


@dataclass(frozen=True)
class Screen:
    """How wide and high a page is shown, in pixels."""

    name: str
    width: int
    height: int


PHONE = Screen("phone", 375, 667)
DESKTOP = Screen("desktop", 1280, 800)
PAPER = Screen("a4", 794, 1123)


class Tab:
    """A tab with cookies of its own."""

    def __init__(self, devtools: DevTools, session: str) -> None:
        """Use a tab that is open."""
        self._devtools = devtools
        self._session = session
        self.statuses: list[int] = []
        """The HTTP status of each page that was shown."""

    def ask(self, method: str, /, **parameters: Any) -> dict[str, Any]:
        """Ask the browser about this tab."""
        return self._devtools.ask(method, session=self._session, **parameters)

    def show_on(self, screen: Screen) -> None:
        """Show what comes on a screen of this size."""
        size = {"width": screen.width, "height": screen.height, "deviceScaleFactor": 1}
        self.ask("Emulation.setDeviceMetricsOverride", **size, mobile=screen.width < NARROW)

    def prefer(self, language: str) -> None:
        """Ask for pages in a language, as a browser of that language does."""
        self.ask("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})

    def print_from_now_on(self) -> None:
        """Show pages as they are printed."""
        self.ask("Emulation.setEmulatedMedia", media="print")

    def open(self, address: str) -> None:
        """Open an address, and return when the page is there."""
        self._devtools.told(LOADED, session=self._session)
        self.ask("Page.navigate", url=address)
        self.wait_until_loaded()

    def wait_until_loaded(self) -> None:
        """Return when the next page is there."""
        self._devtools.wait_for(LOADED, session=self._session)
        received = self._devtools.told("Network.responseReceived", session=self._session)
        self.statuses += [each["response"]["status"] for each in received if each["type"] == "Document"]

    def evaluate(self, expression: str) -> Any:
        """Give the value of an expression of JavaScript, which the page's own rules do not hold back."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    @contextmanager
    def scripts_running(self) -> Iterator[None]:
        """Let scripts run meanwhile, for tools that look at the page; pages have none."""
        self.ask("Emulation.setScriptExecutionDisabled", value=False)
        yield
        self.ask("Emulation.setScriptExecutionDisabled", value=True)

    def press(self, key: str, *, back: bool = False) -> None:
        """Press a key, with Shift if it is to go back."""
        code, text = KEYS[key]
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": SHIFT if back else 0}
        self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **about)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **about)

    def submit(self, key: str = "Enter") -> None:
        """Press a key that sends the form in which the focus is, and return when the answer is there."""
        self._devtools.told(LOADED, session=self._session)
        self.press(key)
        self.wait_until_loaded()

    def type(self, text: str) -> None:
        """Write a text over what the field with the focus contains."""
        self.evaluate("document.activeElement.select()")
        self.ask("Input.insertText", text=text)

    def focus(self, selector: str) -> None:
        """Have the focus on an element, as if Tab had led there."""
        for _ in range(100):
            if self.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    @property
    def text(self) -> str:
        """What the page says, to whoever sees it."""
        return " ".join(self.evaluate("document.body.innerText").split())

    @property
    def complaints(self) -> list[str]:
        """What the browser holds against the page: something it may not load, or cannot read."""
        told = [each["entry"] for each in self._devtools.told("Log.entryAdded", session=self._session)]
        return [each["text"] for each in told if each["source"] != "network"]  # that a page is a refusal is no fault

    def keep_picture(self, path: Path) -> None:
        """Keep a picture of the whole page, as PNG."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        picture = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip={**size, "scale": 1})
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(picture["data"]))


@contextmanager
def tab_open(devtools: DevTools) -> Iterator[Tab]:
    """Have a tab of its own, without what others left behind."""
    context = devtools.ask("Target.createBrowserContext")["browserContextId"]
    target = devtools.ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
    session = devtools.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    tab = Tab(devtools, session)
    for domain in ("Page", "Network", "Log"):
        tab.ask(f"{domain}.enable")
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    yield tab
    devtools.ask("Target.disposeBrowserContext", browserContextId=context)
