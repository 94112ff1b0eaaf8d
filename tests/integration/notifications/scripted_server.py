"""A mail server that says what it is told to: real sockets, and the answers no well-behaved server gives."""

import socketserver
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread

CONTENT = "."
"""The end of a letter's content, among the verbs that are answered."""
HANG_UP, SAY_NOTHING = "hang up", "say nothing"
WELL_BEHAVED = {
    "CONNECT": "220 ready",
    "EHLO": "250 scripted",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    CONTENT: "250 taken",
    "QUIT": "221 bye",
}


class ScriptedServer(socketserver.ThreadingTCPServer):
    """Answers each verb as `answers` say, and remembers every line it was sent."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: Mapping[str, str], *, delay_seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers = {**WELL_BEHAVED, **answers}
        self.delay_seconds = delay_seconds
        self.lines: list[bytes] = []
        self.closing = Event()

    @property
    def uri(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: ScriptedServer

    def handle(self) -> None:
        going_on = self.answer("CONNECT")
        while going_on and (line := self.read()):
            verb = line.split()[0].decode().upper()
            going_on = self.answer(verb) and (not self.is_content_next(verb) or self.take_content())

    def is_content_next(self, verb: str) -> bool:
        return verb == "DATA" and self.server.answers[verb].startswith("354")

    def take_content(self) -> bool:
        while self.read() not in (b".\r\n", b""):
            pass
        self.server.closing.wait(self.server.delay_seconds)
        return self.answer(CONTENT)

    def read(self) -> bytes:
        try:
            line = self.rfile.readline()
        except ConnectionError:
            return b""
        self.server.lines.append(line)
        return line

    def answer(self, verb: str) -> bool:
        answer = self.server.answers.get(verb, "502 what?")
        if answer == SAY_NOTHING:
            self.server.closing.wait()
        if answer in (HANG_UP, SAY_NOTHING):
            return False
        self.wfile.write(answer.encode() + b"\r\n")
        return True


@contextmanager
def a_mail_server(*, delay_seconds: float = 0, **answers: str) -> Iterator[ScriptedServer]:
    """A server that behaves well but for these answers, by verb; `CONTENT` is `.`, answered after a delay."""
    with ScriptedServer(answers, delay_seconds=delay_seconds) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            serving.join()
