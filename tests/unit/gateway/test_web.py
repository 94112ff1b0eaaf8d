"""What happens below HTTP."""

import errno
from typing import Any

from gateway.web import Server


class NetworkGone:
    """An eventlet server whose client can no longer be reached."""

    def process_request(self, connection: Any) -> None:
        raise OSError(errno.EHOSTUNREACH, "No route to host")


def test_a_client_that_cannot_be_reached_any_more_does_not_take_the_gateway_with_it() -> None:
    server = Server()
    server._serv = NetworkGone()

    server.process_request(None, ("192.0.2.1", 12345))
