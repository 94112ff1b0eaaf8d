"""A server that is not whom its callers mean: it ends TLS with a certificate of its own, and keeps what it is told."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import create_server
from threading import Thread

from tests.certificates import Certificate


class Impostor:
    """`told` is what callers said after the handshake; `callers` how many there were."""

    def __init__(self, certificate: Certificate) -> None:
        self.told = b""
        self.callers = 0
        self._context = certificate.of_a_server
        self._listening = create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.port: int = self._listening.getsockname()[1]
        self.is_closed = False

    def serve(self) -> None:
        while not self.is_closed:
            with suppress(OSError):
                self._answer_one()
        self._listening.close()

    def _answer_one(self) -> None:
        opened, _ = self._listening.accept()
        self.callers += 1
        opened.settimeout(1)
        with opened, self._context.wrap_socket(opened, server_side=True) as secured:
            self.told += secured.recv(4096)


@contextmanager
def impostor_running(certificate: Certificate) -> Iterator[Impostor]:
    impostor = Impostor(certificate)
    serving = Thread(target=impostor.serve)
    serving.start()
    try:
        yield impostor
    finally:
        impostor.is_closed = True
        serving.join()
