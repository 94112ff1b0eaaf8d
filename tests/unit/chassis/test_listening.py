"""A port has one listener: another process that wants it is told so."""

import socket

import pytest

from chassis.runtime.config import InvalidSettings
from chassis.runtime.listening import listen


def test_a_port_is_shared_only_where_both_would() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"

        listen(address, setting="WEB_SERVER_ADDRESS", shared=True).close()
        with pytest.raises(InvalidSettings) as refusal:
            listen(address, setting="WEB_SERVER_ADDRESS")

    assert str(refusal.value) == (
        "setting WEB_SERVER_ADDRESS: an address where this process can listen is expected, "
        f"got {address}: Address already in use"
    )
