"""A stub of an OpenID Connect issuer on loopback: it publishes keys, signs tokens, and can misbehave."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

AUDIENCE = "partnerships-api"
KEYS_PATH, DISCOVERY_PATH = "/keys", "/.well-known/openid-configuration"
MAKERS: Mapping[str, Callable[[], Any]] = {
    "RS256": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


@cache
def private_key(algorithm: str, id: str = "") -> Any:
    """Making one takes longer than a test should."""
    return MAKERS[algorithm]()


def public_jwk(algorithm: str, id: str) -> dict[str, Any]:
    public = jwt.get_algorithm_by_name(algorithm).to_jwk(private_key(algorithm, id).public_key(), as_dict=True)
    return {**public, "kid": id, "use": "sig", "alg": algorithm}


class IssuerStub:
    """`answers` has a (status, headers, body) for each path, `asked` the paths requested so far."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.asked: list[str] = []
        self.trickles: Event | None = None
        """If given, bodies are sent byte by byte, slowly; set when the first byte was sent."""
        self.answers: dict[str, tuple[int, Mapping[str, str], bytes]] = {}
        self.answer(DISCOVERY_PATH, {"issuer": self.url, "jwks_uri": self.url + KEYS_PATH})
        self.publish(rs="RS256", es="ES256", ed="EdDSA")

    def publish(self, **algorithm_by_id: str) -> None:
        self.answer(KEYS_PATH, {"keys": [public_jwk(algorithm, id) for id, algorithm in algorithm_by_id.items()]})

    def answer(self, path: str, body: Any, *, status: int = 200, **headers: str) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[path] = (status, headers, content)

    def be_away(self) -> None:
        self.answers = dict.fromkeys(self.answers, (503, {}, b"{}"))

    def token(self, *, key: str = "rs", algorithm: str = "RS256", typ: str = "at+jwt", **claims: Any) -> str:
        headers = {"kid": key, "typ": typ}
        return jwt.encode(self.claims(**claims), private_key(algorithm, key), algorithm=algorithm, headers=headers)

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Valid claims, but for those given; None removes one."""
        good = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "anna",
            "org": "prt_1",
            "roles": ["partner_lead"],
            "exp": datetime.now(UTC) + timedelta(hours=1),
        }
        return {name: value for name, value in {**good, **changed}.items() if value is not None}


@contextmanager
def issuer_running() -> Iterator[IssuerStub]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.issuer = issuer = IssuerStub(server.server_port)  # type: ignore[attr-defined]
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        issuer: IssuerStub = self.server.issuer  # type: ignore[attr-defined]
        issuer.asked.append(self.path)
        status, headers, body = issuer.answers.get(self.path, (404, {}, b"{}"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if issuer.trickles:
            self._trickle(body, issuer.trickles)
        else:
            self.wfile.write(body)

    def _trickle(self, body: bytes, begun: Event) -> None:
        with suppress(OSError):
            for drop in body:
                self.wfile.write(bytes([drop]))
                begun.set()
                time.sleep(0.2)  # each drop in time, the whole of them never

    def log_message(self, *_: Any) -> None:
        """Be silent."""


def unsigned(header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """A token with a signature that nobody made."""
    return f"{_part(header)}.{_part(claims)}."


def _part(content: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content, default=lambda at: int(at.timestamp())).encode()).decode().rstrip("=")
