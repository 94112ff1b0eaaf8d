"""Tokens of our own, for a local instance, its tests and its demonstrations."""

from collections.abc import Collection
from datetime import timedelta

import jwt

from chassis.domain.identity import new_id, utc_now
from gateway.auth.issuers import ClaimNames, Claims, DevelopmentIssuer


def mint(
    *,
    secret: str,
    subject: str,
    organisation: str,
    roles: Collection[str],
    hours: float,
    person: str | None = None,
) -> str:
    """Sign a token for `subject`, good for some hours.

    `organisation` is the id of the one whose things may be seen, or `*` for the whole programme;
    `person` the id under which they are on record, which faculty need.
    """
    names = DevelopmentIssuer.claim_names
    claims = claims_of(names, subject=subject, organisation=organisation, roles=roles, hours=hours, person=person)
    return jwt.encode({**claims, "iss": DevelopmentIssuer.name}, secret, algorithm=DevelopmentIssuer.algorithm)


def claims_of(
    names: ClaimNames, *, subject: str, organisation: str, roles: Collection[str], hours: float, person: str | None
) -> Claims:
    """Say in claims what `mint` takes, but for who says so."""
    return {
        names.subject: subject,
        names.organisation: organisation,
        names.roles: list(roles),
        "exp": utc_now() + timedelta(hours=hours),
        "jti": new_id("tok"),
    } | ({names.person: person} if person else {})
