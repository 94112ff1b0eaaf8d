"""A TCP proxy before broker and database, whose connections can be reset, frozen and refused."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

from cli.local.ports import HOST, free_port

CHUNK = 64 * 1024
LINGER_ZERO = struct.pack("ii", 1, 0)
"""Makes closing a socket a reset (RST)."""


class Proxy:
    """Forwards connections from `port` to another port of this machine, in a thread of its own."""

    def __init__(self, *, to: int) -> None:
        """Forward to the port `to`; `running` listens."""
        self.port = free_port()
        self._to = to
        self._loop = asyncio.new_event_loop()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._refuses = False
        self.carried = 0
        """How many bytes went through, either way."""

    def instead_of(self, uri: str) -> str:
        """Give the URI that reaches the server behind the proxy through it."""
        return uri.replace(f":{self._to}", f":{self.port}")

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        """Listen for the duration of the `with` statement."""
        thread = Thread(target=self._loop.run_forever, name=f"proxy to {self._to}", daemon=True)
        thread.start()
        server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self._close(server), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def cut(self) -> None:
        """Reset every open connection; new ones are accepted."""
        self._loop.call_soon_threadsafe(self._reset_all)

    def refuse(self) -> None:
        """Reset every open connection, and each new one, until it is mended."""
        self._refuses = True
        self.cut()

    def mend(self) -> None:
        """Accept and forward again."""
        self._refuses = False
        self.thaw()

    def freeze(self) -> None:
        """Forward no bytes in either direction; connections stay open, and new ones are accepted."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def thaw(self) -> None:
        """Forward again, beginning with the bytes held back."""
        self._loop.call_soon_threadsafe(self._flowing.set)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._connect, HOST, self.port)

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        self._reset_all()
        self._flowing.set()
        talking = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*talking, return_exceptions=True)

    async def _connect(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        if self._refuses:
            _reset(near_out)
            return
        try:
            far_in, far_out = await asyncio.open_connection(HOST, self._to)
        except OSError:
            _reset(near_out)
        else:
            ends = {near_out, far_out}
            self._ends |= ends
            await asyncio.gather(self._pass_on(near_in, far_out), self._pass_on(far_in, near_out))
            self._ends -= ends

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await source.read(CHUNK):
                await self._flowing.wait()
                sink.write(chunk)
                await sink.drain()
                self.carried += len(chunk)
        await self._flowing.wait()
        sink.close()

    def _reset_all(self) -> None:
        for end in self._ends:
            _reset(end)


def port_of(uri: str) -> int:
    """Give the port of a URI that names one."""
    return urlsplit(uri).port or 0


def _reset(end: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_ZERO)
    end.transport.abort()
