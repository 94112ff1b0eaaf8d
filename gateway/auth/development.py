"""Tokens signed with a shared secret, for local instances, tests and demonstrations."""

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
    """Return a signed token for `subject` that expires after some hours.

    `organisation` is the id of the organisation whose resources may be seen, or `*` for the whole programme;
    `person` is the id of the subject's record as a person, which faculty need.
    """
    names = DevelopmentIssuer.claim_names
    claims = claims_of(names, subject=subject, organisation=organisation, roles=roles, hours=hours, person=person)
    return jwt.encode({**claims, "iss": DevelopmentIssuer.name}, secret, algorithm=DevelopmentIssuer.algorithm)


def claims_of(
    names: ClaimNames, *, subject: str, organisation: str, roles: Collection[str], hours: float, person: str | None
) -> Claims:
    """Return the claims of a token without those of its issuer; the arguments are those of `mint`."""
    return {
        names.subject: subject,
        names.organisation: organisation,
        names.roles: list(roles),
        "exp": utc_now() + timedelta(hours=hours),
        "jti": new_id("tok"),
    } | ({names.person: person} if person else {})
