"""The keys an issuer publishes: kept, and asked for again, but never as often as somebody outside could want."""

import time
from collections.abc import Callable, Mapping
from threading import Lock

import structlog
from jwt import InvalidTokenError, PyJWK, PyJWKSet, PyJWTError

from chassis.domain.faults import Fault
from gateway.auth.fetching import CannotFetch, fetched, is_confidential

FRESH_SECONDS = 300.0
"""After this long a key that was withdrawn is trusted no more."""
PAUSE_SECONDS = 60.0
"""The least time between two questions to the issuer, whatever keys tokens name."""
DISCOVERY = "/.well-known/openid-configuration"
_AWAY = Fault(kind="unavailable", code="issuer_unavailable", message="The issuer of this token does not answer")
_log = structlog.get_logger(__name__)


class IssuerKeys:
    """The public keys of one issuer by their ids."""

    def __init__(self, *, issuer: str, jwks_url: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """Find them at `jwks_url`, or where the issuer's discovery document says; `clock` counts seconds."""
        self._issuer = issuer
        self._jwks_url = jwks_url
        self._clock = clock
        self._keys: Mapping[str, PyJWK] = {}
        self._asked_at = self._answered_at = float("-inf")
        self._asking = Lock()

    def key(self, id: str) -> PyJWK:
        """Give the key of this id.

        Raises jwt.InvalidTokenError when the issuer has no such key, and Fault `unavailable` when
        nobody can know because it does not answer. Keys known from before are trusted meanwhile.
        """
        is_known = id in self._keys
        if not is_known or self._age(self._answered_at) > FRESH_SECONDS:
            self._ask_again(waiting=not is_known)
        if id in self._keys:
            return self._keys[id]
        if self._answered_at < self._asked_at:
            raise _AWAY
        raise InvalidTokenError("the issuer has no such key")

    def _ask_again(self, *, waiting: bool) -> None:
        """Ask the issuer, unless somebody is doing so, or has just done so."""
        if not self._asking.acquire(blocking=waiting):
            return
        try:
            if self._age(self._asked_at) >= PAUSE_SECONDS:
                self._ask()
        finally:
            self._asking.release()

    def _ask(self) -> None:
        self._asked_at = self._clock()
        try:
            self._keys = self._published()
            self._answered_at = self._asked_at
        except (CannotFetch, PyJWTError) as error:
            _log.warning("issuer_away", issuer=self._issuer, error=str(error)[:300])

    def _published(self) -> Mapping[str, PyJWK]:
        keys = PyJWKSet.from_dict(fetched(self._jwks_url or self._discovered()))
        return {key.key_id: key for key in keys if key.key_id and key.public_key_use in ("sig", None)}

    def _discovered(self) -> str:
        """Read where the keys are (OpenID Connect Discovery 1.0, section 4)."""
        document = fetched(self._issuer.rstrip("/") + DISCOVERY)
        url = document.get("jwks_uri")
        if document.get("issuer") != self._issuer or not isinstance(url, str) or not is_confidential(url):
            raise CannotFetch("its discovery document is another issuer's, or names no place for keys to be safe in")
        return url

    def _age(self, since: float) -> float:
        return self._clock() - since
