"""From the `Authorization` header to the scope of the caller."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jwt

from chassis.domain.faults import Fault
from chassis.domain.identity import select_ids
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.runtime.config import InvalidSettings
from gateway.auth.fetching import is_loopback
from gateway.auth.issuers import CLOCK_SKEW_SECONDS, ClaimNames, Claims, DevelopmentIssuer, Issuer, OidcIssuer
from gateway.auth.keys import IssuerKeys
from gateway.auth.roles import Role, in_words, misplaced_roles
from gateway.auth.verified_tokens import VerifiedToken, VerifiedTokens

MIN_SECRET_LENGTH = 32
INSTANTS = ("exp", "nbf", "iat")
_MAX_CLAIM_LENGTH = 200


class Tokens:
    """Verifies the tokens of the trusted issuers; a token is verified once, and again after anything has changed."""

    def __init__(
        self, issuers: Iterable[Issuer], *, longest_hours: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Trust these issuers, and no token of theirs that is valid for longer; `clock` counts seconds since 1970."""
        self._issuers = {issuer.name: issuer for issuer in issuers}
        self._longest_hours = longest_hours
        self._clock = clock
        self._verified = VerifiedTokens()

    def caller(self, authorization: str | None) -> Scope:
        """Return the scope of the sender of this `Authorization` header.

        Raises Fault `unauthenticated`, and `unavailable` if the keys of the issuer are unknown.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _unauthenticated("token_missing", "A bearer token is expected: Authorization: Bearer …")
        try:
            return self._scope_of(token.strip())
        except jwt.ExpiredSignatureError:
            raise _unauthenticated("token_expired", "The token has expired: take a new one") from None
        except jwt.InvalidTokenError:
            raise _unauthenticated("token_invalid", "The token is not one for this instance") from None

    def _scope_of(self, token: str) -> Scope:
        now = self._clock()
        known = self._verified.get(token)
        if known is None or not known.is_valid(now):
            known = self._verify(token, now)
            self._verified.put(token, known)
        return known.scope

    def _verify(self, token: str, now: float) -> VerifiedToken:
        issuer = self._issuer_of(token)
        key_set = issuer.key_set()  # before it verifies: if it fetches keys meanwhile, the token is verified once more
        claims = issuer.claims(token)
        instants = {name: _instant(claims, name) for name in INSTANTS if name in claims}
        self._must_end_soon(instants, int(now))
        scope = _scope(claims, issuer.claim_names)
        return VerifiedToken(scope=scope, issuer=issuer, key_set=key_set, since=now, until=instants["exp"])

    def _must_end_soon(self, instants: Mapping[str, int], now: int) -> None:
        """Raise Fault for a token that opens for so long that whoever finds it could use it."""
        begins = min(instants.get("iat", now), now)
        if instants["exp"] - begins > self._longest_hours * 3600 + CLOCK_SKEW_SECONDS:
            expected = f"at most {self._longest_hours:g} h are expected"
            raise _unauthenticated("token_valid_too_long", f"The token is valid for too long: {expected}")

    def _issuer_of(self, token: str) -> Issuer:
        claimed = jwt.decode(token, options={"verify_signature": False}).get("iss")
        if not isinstance(claimed, str) or claimed not in self._issuers:
            raise jwt.InvalidIssuerError("not a trusted issuer")
        return self._issuers[claimed]


def trusted_tokens(settings: Mapping[str, Any]) -> Tokens:
    """Trust the issuers in the settings; raises InvalidSettings if there are none, or one that is not allowed."""
    _must_be_a_secret(settings["TOKEN_SECRET"])
    issuers = [*_oidc(settings), *_development(settings)]
    if not issuers:
        raise InvalidSettings(
            "setting OIDC_ISSUER: the issuer of the tokens is expected, got nothing: "
            "the gateway does not start where nobody could say who they are."
        )
    return Tokens(issuers, longest_hours=settings["TOKEN_HOURS_AT_MOST"])


def _must_be_a_secret(secret: str) -> None:
    if len(secret) < MIN_SECRET_LENGTH:
        raise InvalidSettings(
            f"setting TOKEN_SECRET: at least {MIN_SECRET_LENGTH} characters are expected, got {len(secret)}: "
            "the gateway does not start with a secret that can be guessed."
        )


def _oidc(settings: Mapping[str, Any]) -> Iterable[Issuer]:
    if not settings["OIDC_ISSUER"]:
        return
    if not settings["OIDC_AUDIENCE"]:
        raise InvalidSettings(
            "setting OIDC_AUDIENCE: what OIDC_ISSUER calls this platform is expected, got nothing: "
            "tokens for other programs must not open this one."
        )
    name, names = settings["OIDC_ISSUER"], claim_names(settings)
    keys = IssuerKeys(issuer=name, jwks_url=settings["OIDC_JWKS_URL"])
    yield OidcIssuer(name=name, audience=settings["OIDC_AUDIENCE"], claim_names=names, keys=keys)


def claim_names(settings: Mapping[str, Any]) -> ClaimNames:
    """Return the names of the claims that OIDC_ISSUER uses."""
    return ClaimNames(
        subject=settings["OIDC_SUBJECT_CLAIM"],
        organisation=settings["OIDC_ORGANISATION_CLAIM"],
        roles=settings["OIDC_ROLES_CLAIM"],
        person=settings["OIDC_PERSON_CLAIM"],
    )


def _development(settings: Mapping[str, Any]) -> Iterable[Issuer]:
    if not settings["DEVELOPMENT_TOKENS"]:
        return
    address = settings["WEB_SERVER_ADDRESS"]
    if not is_loopback(address.rpartition(":")[0]):
        raise InvalidSettings(
            f"setting DEVELOPMENT_TOKENS: false is expected where WEB_SERVER_ADDRESS ({address}) can be reached "
            "from other machines: anybody with TOKEN_SECRET could be anybody."
        )
    yield DevelopmentIssuer(secret=settings["TOKEN_SECRET"])


def _scope(claims: Claims, names: ClaimNames) -> Scope:
    """Return the scope; roles that are unknown here are left out."""
    given = claims.get(names.roles)
    if not isinstance(given, list):
        raise jwt.InvalidTokenError("no list of roles")
    scope = Scope(
        subject=_text(claims, names.subject),
        organisation=_text(claims, names.organisation),
        roles=tuple(str(role) for role in Role if role in given),
        person=_person(claims, names.person),
        token_id=_text(claims, "jti") if "jti" in claims else None,
    )
    _must_go_together(scope)
    return scope


def _must_go_together(scope: Scope) -> None:
    """Raise Fault for a role of one organisation, held for all; and for one of the institute, held for a partner."""
    for_all = scope.organisation == EVERY_ORGANISATION
    misplaced = misplaced_roles(scope.roles, for_all=for_all)
    if misplaced:
        whose = "of one organisation" if for_all else "for the whole programme (*)"
        said = f"{in_words(misplaced)} can be held {whose} only, and the token is for {scope.organisation}"
        raise _unauthenticated("roles_contradict", said)


def _instant(claims: Claims, name: str) -> int:
    """Return a NumericDate (RFC 7519, section 2) in whole seconds; PyJWT takes texts and truth values for one, too."""
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise jwt.InvalidTokenError(f"no number as {name}")
    return int(value)


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_CLAIM_LENGTH or not value.isprintable():
        raise jwt.InvalidTokenError(f"nothing usable as {name}")
    return value


def _person(claims: Claims, name: str) -> str | None:
    if name not in claims:
        return None
    if not select_ids([person := _text(claims, name)]):
        raise jwt.InvalidTokenError("no id of a person")
    return person


def _unauthenticated(code: str, message: str) -> Fault:
    return Fault(kind="unauthenticated", code=code, message=message)
