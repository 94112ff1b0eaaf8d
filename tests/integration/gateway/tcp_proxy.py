"""A TCP proxy in front of the broker that a test can freeze or cut."""

import socket
from contextlib import suppress
from threading import Event, Thread
from typing import Self
from urllib.parse import urlsplit


class TcpProxy:
    """Passes on what comes to a port of its own, until it is frozen or cut."""

    def __init__(self, uri: str) -> None:
        there = urlsplit(uri)
        self._there = (there.hostname or "", there.port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._flows, self._whole = Event(), True
        self._flows.set()
        self.carried = 0
        self.uri = uri.replace(f":{there.port}", f":{self._listener.getsockname()[1]}")

    def __enter__(self) -> Self:
        Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._close_all()

    def freeze(self) -> None:
        self._flows.clear()

    def cut(self) -> None:
        self._whole = False
        self._close_all()

    def mend(self) -> None:
        self._whole = True
        self._flows.set()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listener.accept()
                if self._whole:
                    self._connect(here)
                else:
                    here.close()

    def _connect(self, here: socket.socket) -> None:
        there = socket.create_connection(self._there)
        self._ends += [here, there]
        for pair in ((here, there), (there, here)):
            Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
                self.carried += len(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _close_all(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()
