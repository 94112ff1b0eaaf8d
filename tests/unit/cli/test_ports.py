"""Ports are chosen so that nothing clashes, loudly or silently."""

import socket

from cli.local import ports
from cli.local.ports import HOST, answers, can_listen, free_port, remembered_port


def listening(port: int, *, shared: bool = False) -> socket.socket:
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    server.bind((HOST, port))
    server.listen()
    return server


def test_the_preferred_port_is_given_when_it_is_free() -> None:
    wanted = next(port for port in range(10_000, 0, -1) if can_listen(port))  # given to nobody
    assert free_port(preferred=wanted) == wanted


def test_another_port_is_given_when_the_preferred_one_is_busy() -> None:
    with listening(0) as server:
        busy = server.getsockname()[1]
        assert free_port(preferred=busy) != busy


def test_no_port_is_handed_out_twice() -> None:
    ports = [free_port() for _ in range(50)]
    assert len(set(ports)) == 50


def test_a_listener_that_would_share_its_port_still_makes_it_busy() -> None:
    with listening(0, shared=True) as server:
        assert not can_listen(server.getsockname()[1])


def test_a_port_answers_only_while_somebody_listens() -> None:
    with listening(0) as server:
        port = server.getsockname()[1]
        assert answers(port)
    assert not answers(port)


def test_a_folder_keeps_its_port_while_it_is_free(tmp_path) -> None:
    memory = tmp_path / "broker" / "port"
    port = next(port for port in range(ports.RANGE.start - 1, 0, -1) if can_listen(port))  # given to nobody
    memory.parent.mkdir()
    memory.write_text(str(port))
    assert remembered_port(remembered_in=memory) == port


def test_a_folder_remembers_the_port_it_had_to_move_to(tmp_path) -> None:
    memory = tmp_path / "port"
    with listening(0) as server:
        memory.write_text(str(server.getsockname()[1]))
        moved_to = remembered_port(remembered_in=memory)
    assert memory.read_text() == str(moved_to) != str(server)
