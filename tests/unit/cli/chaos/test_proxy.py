"""The TCP proxy of a fault run: it forwards, it can be cut, it can be frozen."""

import socket
import socketserver
from collections.abc import Iterator
from threading import Thread

import pytest

from cli.local.ports import HOST, free_port
from dev.chaos.proxy import Proxy

LARGE = b"a letter to a partner" * 100_000
SHORT_SECONDS = 0.3


class Echo(socketserver.BaseRequestHandler):
    """Says back what it hears."""

    def handle(self) -> None:
        try:
            while heard := self.request.recv(65536):
                self.request.sendall(heard)
        except ConnectionResetError:
            self.server.resets.append(True)


class Echoes(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Echo)
        self.resets: list[bool] = []


@pytest.fixture
def echoes() -> Iterator[Echoes]:
    with Echoes() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def proxy(echoes: Echoes) -> Iterator[Proxy]:
    with Proxy(to=echoes.server_address[1]).running() as running:
        yield running


@pytest.fixture
def connection(proxy: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection((HOST, proxy.port), timeout=5) as opened:
        yield opened


def heard_back(connection: socket.socket, said: bytes) -> bytes:
    connection.sendall(said)
    return heard(connection, len(said))


def heard(connection: socket.socket, length: int) -> bytes:
    collected = b""
    while len(collected) < length:
        collected += connection.recv(length - len(collected))
    return collected


def is_silent(connection: socket.socket) -> bool:
    connection.settimeout(SHORT_SECONDS)
    try:
        connection.recv(1)
    except TimeoutError:
        return True
    finally:
        connection.settimeout(5)
    return False


def test_everything_is_passed_on_in_both_directions(connection: socket.socket) -> None:
    assert heard_back(connection, b"partners") == b"partners"


def test_much_at_once_is_passed_on_whole(connection: socket.socket) -> None:
    Thread(target=connection.sendall, args=(LARGE,)).start()

    assert heard(connection, len(LARGE)) == LARGE


def test_a_cut_resets_both_ends_and_new_connections_are_welcome(
    proxy: Proxy, connection: socket.socket, echoes: Echoes, eventually
) -> None:
    heard_back(connection, b"before")

    proxy.cut()

    with pytest.raises(ConnectionResetError):
        connection.recv(1)
    assert eventually(lambda: echoes.resets == [True])
    with socket.create_connection((HOST, proxy.port), timeout=5) as another:
        assert heard_back(another, b"after") == b"after"


def test_while_it_is_frozen_nothing_arrives_and_afterwards_everything_does(
    proxy: Proxy, connection: socket.socket
) -> None:
    heard_back(connection, b"before")

    proxy.freeze()
    connection.sendall(b"meanwhile")

    assert is_silent(connection)
    proxy.thaw()
    assert heard(connection, len(b"meanwhile")) == b"meanwhile"


def test_who_connects_while_it_is_frozen_is_let_in_and_kept_waiting(proxy: Proxy) -> None:
    proxy.freeze()

    with socket.create_connection((HOST, proxy.port), timeout=5) as connection:
        connection.sendall(b"hello")
        assert is_silent(connection)
        proxy.thaw()
        assert heard(connection, 5) == b"hello"


def test_when_one_end_hangs_up_so_does_the_other(connection: socket.socket) -> None:
    heard_back(connection, b"before")

    connection.shutdown(socket.SHUT_WR)

    assert connection.recv(1) == b""


def test_when_nobody_is_there_the_connection_is_reset() -> None:
    with (
        Proxy(to=free_port()).running() as proxy,
        pytest.raises(ConnectionResetError),
        socket.create_connection((HOST, proxy.port), timeout=5) as connection,
    ):
        connection.recv(1)


def test_nobody_listens_once_it_is_left(echoes: Echoes) -> None:
    with Proxy(to=echoes.server_address[1]).running() as proxy:
        pass

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, proxy.port), timeout=5)
