"""The body of a request, read within limits of time and size; after a malformed one the connection is closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from eventlet import Timeout, wsgi
from nameko import config

from chassis.domain.faults import Fault
from gateway.http.connections import ClientConnection, Why
from gateway.http.message import MALFORMED, read_chunk_end, read_chunk_size, read_fields

MAX_CHUNKS = 4096
"""A body in chunks of a few bytes costs a hundred times as much as one in a piece."""
MAX_DISCARDED_BYTES = 2 * 1024 * 1024
"""How much of a body that nobody wants is read to keep the connection."""


class Body(wsgi.Input):
    """A body as the server hands it to the application."""

    def __init__(self, plain: wsgi.Input, *, connection: ClientConnection, on_broken: Callable[[Why], None]) -> None:
        """Replace eventlet's `plain` input; `on_broken` is called when the start of a next request is unknown."""
        super().__init__(
            plain.rfile, plain.content_length, plain.get_socket(), plain.wfile, plain.wfile_line, plain.chunked_input
        )
        self._waiting, self._on_broken = connection.waited_for, on_broken
        self._chunks, self._left, self._is_at_end = 0, 0, False

    @property
    def is_unread(self) -> bool:
        """Whether some of it has not been read."""
        return not self._is_at_end if self.chunked_input else self.position < self.content_length

    def read(self, length: int | None = None) -> bytes:
        """Return up to `length` bytes; raises TimeoutError, OSError if it breaks off, and Fault `malformed`."""
        with self._connection_ends_with_errors(), self._waiting(), client_timeout():
            return self._read(length)

    def discard(self, buffer_size: int = 16 * 1024) -> None:
        """Read the rest, up to the next request; raises OSError if that is too long, too slow or malformed."""
        try:
            with self._connection_ends_with_errors(), client_timeout():
                for _ in range(MAX_DISCARDED_BYTES // buffer_size):
                    if not self._read(buffer_size):
                        return
                raise OSError("too much is left of the body")
        except Fault as fault:
            raise OSError(str(fault)) from None

    @contextmanager
    def _connection_ends_with_errors(self) -> Iterator[None]:
        try:
            yield
        except (Fault, OSError) as error:  # a TimeoutError is an OSError
            self._on_broken(Why.TOO_SLOW if isinstance(error, TimeoutError) else Why.MALFORMED)
            raise

    def _read(self, length: int | None) -> bytes:
        missing = 0 if self.chunked_input else self.content_length - self.position
        data: bytes = super().read(length)
        if len(data) < (missing if length is None else min(length, missing)):
            raise OSError("the body broke off")
        return data

    def _chunked_read(self, rfile: Any, length: int | None = None, use_readline: bool = False) -> bytes:
        """Decode chunks (RFC 9112, section 7.1); eventlet reads their lines without a limit, and leniently."""
        if self.should_send_hundred_continue:
            self.send_hundred_continue_response()
            self.is_hundred_continue_response_sent = True
        parts, missing = [], length
        while missing != 0 and self._next_chunk(rfile):
            wanted = self._left if missing is None else min(missing, self._left)
            data = rfile.read(wanted)
            if len(data) < wanted:
                raise OSError("the body broke off")
            parts.append(data)
            self._consume(len(data), rfile)
            missing = None if missing is None else missing - len(data)
        return b"".join(parts)

    def _next_chunk(self, rfile: Any) -> bool:
        """Whether there is data to read: of this chunk, or of the next."""
        if self._left == 0 and not self._is_at_end:
            self._chunks += 1
            if self._chunks > MAX_CHUNKS:
                raise replace(MALFORMED)
            self._left = read_chunk_size(rfile)
            if self._left == 0:
                read_fields(rfile)  # trailers: nobody here needs any
                self._is_at_end = True
        return not self._is_at_end

    def _consume(self, size: int, rfile: Any) -> None:
        self._left -= size
        if self._left == 0:
            read_chunk_end(rfile)


def client_timeout() -> Timeout:
    """Raise TimeoutError in the body of a `with` statement if the client takes longer than `CLIENT_SECONDS`."""
    seconds = config["CLIENT_SECONDS"]
    return Timeout(seconds, TimeoutError(f"over {seconds:g} s"))
