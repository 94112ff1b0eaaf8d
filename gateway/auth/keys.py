"""The published keys of an issuer: cached, and fetched a bounded number of times, whatever tokens clients send.

PyJWT's PyJWKClient fetches for every token while the issuer is down, and no longer trusts the keys it knew.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidTokenError, PyJWK, PyJWKSet, PyJWTError

from chassis.domain.faults import Fault
from gateway.auth.fetching import CannotFetch, fetch_json, is_confidential

MAX_AGE_SECONDS = 300.0
"""After this time the keys are fetched again, so that a withdrawn key is no longer trusted."""
MIN_INTERVAL_SECONDS = 60.0
"""The least time between two fetches, and after one that failed."""
FETCHES_AT_ONCE = 5
"""How many keys that are not known yet may be asked for at once; then one in each MIN_INTERVAL_SECONDS."""
MIN_RSA_BITS = 2048
"""What is less can be factored. NIST SP 800-131A revision 2, section 3."""
DISCOVERY = "/.well-known/openid-configuration"
_UNAVAILABLE = Fault(kind="unavailable", code="issuer_unavailable", message="The issuer of this token does not answer")
_log = structlog.get_logger(__name__)


class IssuerKeys:
    """The public keys of one issuer by their ids."""

    def __init__(self, *, issuer: str, jwks_url: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """Fetch from `jwks_url`, or from where the discovery document says; `clock` counts seconds."""
        self._issuer = issuer
        self._jwks_url = jwks_url
        self._clock = clock
        self._keys: Mapping[str, PyJWK] = {}
        self._fetches = 0
        self._fetched_at = self._succeeded_at = float("-inf")
        self._fetching = Lock()
        self._next_fetch_due = float("-inf")
        self._unknown: dict[str, float] = {}
        """When each key was last looked for in vain; forgotten with the next that may be asked for."""

    def key(self, id: str) -> PyJWK:
        """Return the key of this id.

        Raises jwt.InvalidTokenError if the issuer has no such key, and Fault `unavailable` if that is unknown because
        it does not respond. Known keys stay trusted meanwhile.
        """
        is_known = id in self._keys
        if not is_known:
            self._refresh(lambda: self._may_look_for(id), waiting=True)
        elif self._is_too_old:
            self._refresh(self._may_ask_again, waiting=False)
        if id in self._keys:
            return self._keys[id]
        if self._succeeded_at < self._fetched_at:
            raise replace(_UNAVAILABLE)
        raise InvalidTokenError("the issuer has no such key")

    def current_set(self) -> int:
        """Return the number of the key set, which is fetched again if it is too old; a set fetched anew has another."""
        if self._is_too_old:
            self._refresh(self._may_ask_again, waiting=False)
        return self._fetches

    @property
    def _is_too_old(self) -> bool:
        return self._age(self._succeeded_at) > MAX_AGE_SECONDS

    def _refresh(self, may_fetch: Callable[[], bool], *, waiting: bool) -> None:
        """Fetch the keys, unless a fetch is under way or may not be made."""
        if not self._fetching.acquire(blocking=waiting):
            return
        try:
            if may_fetch():
                self._fetch()
        finally:
            self._fetching.release()

    def _may_ask_again(self) -> bool:
        return self._age(self._fetched_at) >= MIN_INTERVAL_SECONDS

    def _may_look_for(self, id: str) -> bool:
        """Whether a key that is not known may be asked for: a new one at once, forged ones seldom."""
        if id in self._keys:  # fetched while this one waited
            return False
        if self._succeeded_at < self._fetched_at:
            return self._may_ask_again()
        if self._age(self._unknown.get(id, float("-inf"))) < MIN_INTERVAL_SECONDS:
            return False
        return self._take_one_fetch(id)

    def _take_one_fetch(self, id: str) -> bool:
        """Count one fetch by the generic cell rate algorithm (ITU-T I.371, annex A)."""
        now = self._clock()
        if self._next_fetch_due - now > (FETCHES_AT_ONCE - 1) * MIN_INTERVAL_SECONDS:
            return False
        self._next_fetch_due = max(self._next_fetch_due, now) + MIN_INTERVAL_SECONDS
        recent = {key: at for key, at in self._unknown.items() if now - at < MIN_INTERVAL_SECONDS}
        self._unknown = {**recent, id: now}
        return True

    def _fetch(self) -> None:
        self._fetched_at = self._clock()
        try:
            self._keys = self._published_keys()
            self._fetches += 1
            self._succeeded_at = self._fetched_at
        except (CannotFetch, PyJWTError) as error:
            _log.warning("issuer_away", issuer=self._issuer, error=str(error)[:300])

    def _published_keys(self) -> Mapping[str, PyJWK]:
        keys = PyJWKSet.from_dict(fetch_json(self._jwks_url or self._discovered_url()))
        return {key.key_id: key for key in keys if key.key_id and self._can_be_trusted(key)}

    def _can_be_trusted(self, key: PyJWK) -> bool:
        if isinstance(key.key, RSAPublicKey) and key.key.key_size < MIN_RSA_BITS:
            bits = {"bits": key.key.key_size, "expected": MIN_RSA_BITS}
            _log.warning("key_too_short", issuer=self._issuer, key_id=key.key_id, **bits)
            return False
        return key.public_key_use in ("sig", None)

    def _discovered_url(self) -> str:
        """Return the URL of the keys (OpenID Connect Discovery 1.0, section 4)."""
        document = fetch_json(self._issuer.rstrip("/") + DISCOVERY)
        url = document.get("jwks_uri")
        if document.get("issuer") != self._issuer or not isinstance(url, str) or not is_confidential(url):
            raise CannotFetch("its discovery document is another issuer's, or its jwks_uri is not confidential")
        return url

    def _age(self, since: float) -> float:
        return self._clock() - since
