"""How many may be connected, and who has to go when there is no room."""

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from prometheus_client import REGISTRY

from gateway.http.connections import PATIENCE_SECONDS, ClientConnection, Connections, Why, within_descriptors


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Clients:
    """Clients that connect to a listener, and what they see."""

    def __init__(self, stack: ExitStack, *, most: int, most_of_one: int) -> None:
        self.clock = Clock()
        self.connections = Connections(most=most, most_of_one=most_of_one, clock=self.clock)
        self.stack = stack
        self.their_ends: dict[ClientConnection, socket.socket] = {}

    def connect(self, address: str = "192.0.2.1") -> ClientConnection | None:
        ours, theirs = (self.stack.enter_context(each) for each in socket.socketpair())
        theirs.setblocking(False)
        connection = self.connections.admit(ours, (address, 1))
        if connection:
            self.their_ends[connection] = theirs
        else:
            assert theirs.recv(1) == b"", "who is not admitted is closed"
        return connection

    def is_cut(self, connection: ClientConnection | None) -> bool:
        assert connection
        try:
            return self.their_ends[connection].recv(1) == b""
        except BlockingIOError:
            return False


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as entered:
        yield entered


def test_one_too_many_is_closed_and_there_is_room_again_when_one_leaves(stack: ExitStack) -> None:
    clients = Clients(stack, most=2, most_of_one=2)
    first, _ = clients.connect("192.0.2.1"), clients.connect("192.0.2.2")
    assert first

    assert clients.connect("192.0.2.3") is None
    clients.connections.leave(first)
    assert clients.connect("192.0.2.3")
    assert clients.connect("192.0.2.4") is None


def test_one_address_does_not_take_the_room_of_others(stack: ExitStack) -> None:
    clients = Clients(stack, most=10, most_of_one=2)

    mine = [clients.connect("192.0.2.1") for _ in range(5)]

    assert [each is not None for each in mine] == [True, True, False, False, False]
    assert clients.connect("192.0.2.2")


def test_all_addresses_of_a_subscriber_of_ipv6_are_one(stack: ExitStack) -> None:
    clients = Clients(stack, most=10, most_of_one=1)

    assert clients.connect("2001:db8::1")
    assert clients.connect("2001:db8::2") is None
    assert clients.connect("2001:db8:0:1::1")


def test_when_it_is_full_the_one_that_keeps_us_waiting_longest_is_cut(stack: ExitStack) -> None:
    clients = Clients(stack, most=2, most_of_one=2)
    slow = clients.connect("192.0.2.1")
    clients.clock.now += PATIENCE_SECONDS
    less_slow = clients.connect("192.0.2.2")

    assert clients.connect("192.0.2.3")
    assert clients.is_cut(slow)
    assert not clients.is_cut(less_slow)
    assert clients.connect("192.0.2.4") is None, "nobody else has been waited for long enough"


def test_who_is_being_answered_is_not_cut_until_it_is_waited_for_again(stack: ExitStack) -> None:
    clients = Clients(stack, most=1, most_of_one=1)
    served = clients.connect("192.0.2.1")
    assert served

    with served.served():
        clients.clock.now += 100
        assert clients.connect("192.0.2.2") is None
        with served.waited_for():
            assert clients.connect("192.0.2.2") is None
            clients.clock.now += PATIENCE_SECONDS
            assert clients.connect("192.0.2.2")
    assert clients.is_cut(served)


def test_an_address_beyond_its_share_cuts_its_own_and_nobody_elses(stack: ExitStack) -> None:
    clients = Clients(stack, most=10, most_of_one=1)
    other, own = clients.connect("192.0.2.1"), clients.connect("192.0.2.2")
    clients.clock.now += PATIENCE_SECONDS

    assert clients.connect("192.0.2.2")
    assert clients.is_cut(own)
    assert not clients.is_cut(other)


class Listening:
    """A listening socket on which accepting fails."""

    def __init__(self, number: int) -> None:
        self.number = number

    def accept(self) -> Any:
        raise OSError(self.number, "failed")


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ECONNABORTED])
def test_running_out_of_descriptors_is_survived(number: int) -> None:
    assert Connections(most=1, most_of_one=1).accept(Listening(number)) is None


def test_a_listener_that_is_closed_is_not_asked_for_ever() -> None:
    with pytest.raises(OSError, match="failed"):
        Connections(most=1, most_of_one=1).accept(Listening(errno.EBADF))


def test_there_are_never_more_than_there_are_descriptors_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (1024, 4096))

    assert within_descriptors(500) == 500
    assert within_descriptors(5000) == 768


def ended(why: Why) -> float:
    return REGISTRY.get_sample_value("partnerships_connections_ended_total", {"service": "gateway", "why": why}) or 0


def test_who_is_refused_and_who_is_cut_is_counted(stack: ExitStack) -> None:
    clients = Clients(stack, most=1, most_of_one=1)
    before = ended(Why.NO_ROOM), ended(Why.CUT)

    clients.connect("192.0.2.1")
    clients.connect("192.0.2.2")
    clients.clock.now += PATIENCE_SECONDS
    clients.connect("192.0.2.3")

    assert (ended(Why.NO_ROOM), ended(Why.CUT)) == (before[0] + 1, before[1] + 1)
