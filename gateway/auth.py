"""Who is asking: bearer tokens, signed by whoever knows TOKEN_SECRET."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Any

import jwt

from chassis.config import InvalidSettings
from chassis.faults import Fault
from chassis.identity import utc_now
from chassis.scope import Scope

ALGORITHM = "HS256"
ISSUER = "partnerships"
CLAIMS = ("sub", "org", "roles", "exp", "iss")
SHORTEST_SECRET = 32
_LONGEST_NAME = 200


class Role(StrEnum):
    """What somebody may do, for the institute or for a partner."""

    INSTITUTE_ADMIN = "institute_admin"
    PROGRAMME_STAFF = "programme_staff"
    FACULTY = "faculty"
    PARTNER_LEAD = "partner_lead"
    PARTNER_EDITOR = "partner_editor"
    PARTNER_VIEWER = "partner_viewer"
    AUDITOR = "auditor"


INSTITUTE = frozenset({Role.INSTITUTE_ADMIN, Role.PROGRAMME_STAFF})
COACHES = INSTITUTE | {Role.FACULTY}
IMPROVERS = INSTITUTE | {Role.FACULTY, Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
EVERYBODY = frozenset(Role)


class Tokens:
    """Reads the tokens of this instance."""

    def __init__(self, secret: str) -> None:
        """Trust what is signed with `secret`; raises InvalidSettings when it is too short to be one."""
        if len(secret) < SHORTEST_SECRET:
            raise InvalidSettings(
                f"setting TOKEN_SECRET: at least {SHORTEST_SECRET} characters are expected, got {len(secret)}: "
                "the gateway does not start without a secret nobody can guess."
            )
        self._secret = secret

    def caller(self, authorization: str | None) -> Scope:
        """Give the scope of whoever sent this `Authorization` header; raises Fault `unauthenticated`."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _unknown("token_missing", "A bearer token is expected: Authorization: Bearer …")
        claims = self._claims(token.strip())
        return Scope(subject=claims["sub"], organisation=claims["org"], roles=tuple(claims["roles"]))

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self._secret, algorithms=[ALGORITHM], issuer=ISSUER, options={"require": list(CLAIMS)}
            )
        except jwt.ExpiredSignatureError:
            raise _unknown("token_expired", "The token has expired: take a new one") from None
        except jwt.InvalidTokenError:
            raise _unknown("token_invalid", "The token is not one of this instance") from None
        if not _well_formed(claims):
            raise _unknown("token_invalid", "The token says nothing usable of who is asking")
        return claims


def mint(*, secret: str, subject: str, organisation: str, roles: Collection[str], hours: float) -> str:
    """Sign a token for `subject`, good for some hours.

    `organisation` is the id of the one whose things may be seen, or `*` for the whole programme.
    """
    expires = utc_now() + timedelta(hours=hours)
    claims = {"sub": subject, "org": organisation, "roles": list(roles), "exp": expires, "iss": ISSUER}
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def _well_formed(claims: dict[str, Any]) -> bool:
    named = all(isinstance(claims[name], str) and 0 < len(claims[name]) <= _LONGEST_NAME for name in ("sub", "org"))
    roles = claims["roles"]
    return named and isinstance(roles, list) and all(isinstance(role, str) for role in roles)


def _unknown(code: str, message: str) -> Fault:
    return Fault(kind="unauthenticated", code=code, message=message)
