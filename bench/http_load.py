"""An HTTP load generator with a number of persistent connections."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
Address = tuple[str, int]
Next = Callable[[], bytes | None]
"""Gives the next request, or None at the end."""


def timed(address: Address, path: str, *, headers: Mapping[str, str], at_once: int, seconds: float) -> list[float]:
    """Get `path` repeatedly over `at_once` connections; gives the seconds of each answer.

    Raises ValueError for an answer that is no success.
    """
    request, end = _head("GET", path, address, headers), time.perf_counter() + seconds
    return asyncio.run(_asked(address, lambda: request if time.perf_counter() < end else None, at_once))


def paced(
    address: Address,
    paths: Sequence[str],
    is_over: Callable[[], bool],
    *,
    headers: Mapping[str, str],
    per_second: float,
) -> list[float]:
    """Get `paths` in turn over one connection, so many a second; gives the seconds from when each was due.

    What is due while an answer is awaited is asked as soon as that is there: its wait counts. Raises ValueError for
    an answer that is no success.
    """
    connection, begun, took = HTTPConnection(*address), time.perf_counter(), list[float]()
    for number, path in enumerate(cycle(paths)):
        due = begun + number / per_second
        time.sleep(max(0, due - time.perf_counter()))
        if is_over():
            break
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != HTTPStatus.OK:
            raise ValueError(content.decode(errors="replace"))
        took.append(time.perf_counter() - due)
    connection.close()
    return took


def post_all(address: Address, path: str, bodies: Iterator[bytes], *, headers: Mapping[str, str], at_once: int) -> None:
    """Post every body once; raises ValueError for an answer that is no success."""

    def following() -> bytes | None:
        body = next(bodies, None)
        described = {**headers, "Content-Type": "application/json", "Content-Length": str(len(body or b""))}
        return None if body is None else _head("POST", path, address, described) + body

    asyncio.run(_asked(address, following, at_once))


def _head(method: str, path: str, address: Address, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {address[0]}", *(f"{name}: {headers[name]}" for name in headers)]
    return "\r\n".join([*lines, "", ""]).encode()


async def _asked(address: Address, following: Next, at_once: int) -> list[float]:
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(lambda: Client(following), *address) for _ in range(at_once)]
    return [each for _, client in made for each in await client.done]


class Client(asyncio.Protocol):
    """One connection: sends the next request as soon as the last is answered."""

    def __init__(self, following: Next) -> None:
        """Send the requests that `following` gives, until it gives None."""
        self.done: asyncio.Future[list[float]] = asyncio.get_running_loop().create_future()
        self._following = following
        self._took: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Record the time of a complete answer, and send the next request."""
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or length is None or len(body) < int(length[1]):
            return
        self._took.append(time.perf_counter() - self._begun)
        if b" 20" in head.partition(b"\r\n")[0]:
            self._ask()
        else:
            self._end_with(ValueError(self._received.decode(errors="replace")))

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail unless all requests are answered."""
        self._end_with(exc or ConnectionError("the gateway closed the connection"))

    def _ask(self) -> None:
        request = self._following()
        if request is None:
            self._end_with(None)
        else:
            self._received, self._begun = b"", time.perf_counter()
            self._transport.write(request)

    def _end_with(self, error: Exception | None) -> None:
        self._transport.close()
        if self.done.done():
            return
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(self._took)
