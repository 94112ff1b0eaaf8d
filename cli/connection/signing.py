"""Signs tokens for the instance that commands work on."""

from typing import Any

from chassis.runtime.config import InvalidSettings
from cli.connection.settings import settings
from cli.local.errors import CannotStart
from cli.local.instance import TOKEN_HOURS
from cli.local.process import REPOSITORY
from gateway.auth import mint
from gateway.auth.own_key import OwnKey
from gateway.auth.tokens import claim_names

SECRET = REPOSITORY / ".local" / "run" / "token-secret"


def token_for(*, subject: str, organisation: str, roles: tuple[str, ...], person: str | None = None) -> str:
    """Sign a token for the instance that commands work on; raises CannotStart when there is no key."""
    whose: Any = {"subject": subject, "organisation": organisation, "roles": roles, "person": person}
    if settings()["GATEWAY_URL"]:
        return _signed_with_own_key(**whose)
    if not SECRET.exists():
        raise CannotStart("there is no instance here to sign a token for: start one with `./partnerships up`.")
    return mint(secret=SECRET.read_text(), hours=TOKEN_HOURS, **whose)


def _signed_with_own_key(**whose: Any) -> str:
    given = settings()
    if not given["SIGNING_KEY"]:
        raise CannotStart(
            "GATEWAY_URL alone opens nothing: give ACCESS_TOKEN with a token of its provider, or SIGNING_KEY."
        )
    issuer, audience, names = given["OIDC_ISSUER"], given["OIDC_AUDIENCE"], claim_names(given)
    try:
        return OwnKey(given["SIGNING_KEY"]).mint(
            issuer=issuer, audience=audience, names=names, hours=TOKEN_HOURS, **whose
        )
    except InvalidSettings as error:
        raise CannotStart(str(error)) from None
