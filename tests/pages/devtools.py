"""A browser's own protocol, DevTools, spoken by its standard input and output: JSON, each message ended by a zero byte.

https://chromedevtools.github.io/devtools-protocol says what can be asked.
"""

import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.pages.chromium import Browser

TIMEOUT_SECONDS = 20.0
ON_THE_FILES_IT_WANTS = 'exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null'
"""The browser reads messages from file 3 and writes them to file 4."""
Message = dict[str, Any]


class Refused(Exception):
    """The browser does not do what it was asked."""


class DevTools:
    """Asks a browser, and keeps what it tells meanwhile until somebody waits for it."""

    def __init__(self, browser: subprocess.Popen[bytes]) -> None:
        """Speak with a browser whose standard input and output are pipes."""
        assert browser.stdin and browser.stdout
        self._to, self._from = browser.stdin, browser.stdout
        self._numbers = count(1)
        self._unread = b""
        self._told: list[Message] = []

    def ask(self, method: str, /, *, session: str | None = None, **parameters: Any) -> Message:
        """Ask, and give the answer; raises Refused and TimeoutError."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        answer = self._next(lambda each: each.get("id") == number, method)
        if "error" in answer:
            raise Refused(f"{method}: {answer['error']}")
        return dict(answer["result"])

    def told(self, event: str, *, session: str) -> list[Message]:
        """Take what was told of an event so far."""
        found = [each for each in self._told if self._is(each, event, session)]
        self._told = [each for each in self._told if each not in found]
        return [each["params"] for each in found]

    def wait_for(self, event: str, *, session: str) -> Message:
        """Take the first that is told of an event, now or later; raises TimeoutError."""
        for each in self._told:
            if self._is(each, event, session):
                self._told.remove(each)
                return dict(each["params"])
        return dict(self._next(lambda each: self._is(each, event, session), event)["params"])

    @staticmethod
    def _is(message: Message, event: str, session: str) -> bool:
        return (message.get("method"), message.get("sessionId")) == (event, session)

    def _next(self, wanted: Any, what: str) -> Message:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        for message in self._messages(deadline, what):
            if wanted(message):
                return message
            self._told.append(message)
        raise AssertionError("messages do not end")

    def _messages(self, deadline: float, what: str) -> Iterator[Message]:
        while True:
            first, ended, rest = self._unread.partition(b"\0")
            if ended:
                self._unread = rest
                yield json.loads(first)
                continue
            if not select.select([self._from], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise TimeoutError(f"the browser says nothing of {what} within {TIMEOUT_SECONDS:.0f} s")
            if not (more := os.read(self._from.fileno(), 1 << 20)):
                raise Refused(f"the browser ended before it answered {what}")
            self._unread += more


@contextmanager
def browser_running(browser: Browser, *, log: Path) -> Iterator[DevTools]:
    """Run a browser, and end it afterwards with all its processes."""
    with log.open("wb") as complaints:
        process = subprocess.Popen(
            ["/bin/sh", "-c", ON_THE_FILES_IT_WANTS, "sh", *browser.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=dict(browser.environment),
        )
        try:
            devtools = DevTools(process)
            yield devtools
            devtools.ask("Browser.close")
        finally:
            process.kill()
            process.communicate()
