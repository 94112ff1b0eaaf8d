"""Tokens of our own, for a local instance, its tests and its demonstrations."""

from collections.abc import Collection
from datetime import timedelta

import jwt

from chassis.identity import new_id, utc_now
from gateway.auth.issuers import DevelopmentIssuer


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
    claims = {
        names.subject: subject,
        names.organisation: organisation,
        names.roles: list(roles),
        "exp": utc_now() + timedelta(hours=hours),
        "iss": DevelopmentIssuer.name,
        "jti": new_id("tok"),
    } | ({names.person: person} if person else {})
    return jwt.encode(claims, secret, algorithm=DevelopmentIssuer.algorithm)
