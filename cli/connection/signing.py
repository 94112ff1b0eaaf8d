"""Signs tokens for the instance that commands work on."""

from typing import Any

from chassis.domain.scope import EVERY_ORGANISATION
from chassis.runtime.config import InvalidSettings
from cli.connection.settings import settings
from cli.local.errors import CannotStart
from cli.local.instance import TOKEN_HOURS
from cli.local.process import REPOSITORY
from gateway.auth import mint
from gateway.auth.own_key import OwnKey
from gateway.auth.roles import Role, in_words, misplaced_roles
from gateway.auth.tokens import claim_names

SECRET = REPOSITORY / ".local" / "run" / "token-secret"


def token_for(*, subject: str, organisation: str, roles: tuple[str, ...], person: str | None = None) -> str:
    """Sign a token for the instance that commands work on; raises CannotStart when there is no key."""
    _must_be_usable(organisation, roles)
    whose: Any = {"subject": subject, "organisation": organisation, "roles": roles, "person": person}
    if settings()["GATEWAY_URL"]:
        return _signed_with_own_key(**whose)
    if not SECRET.exists():
        raise CannotStart("there is no instance here to sign a token for: start one with `./partnerships up`.")
    return mint(secret=SECRET.read_text(), hours=TOKEN_HOURS, **whose)


def _must_be_usable(organisation: str, roles: tuple[str, ...]) -> None:
    unknown = [role for role in roles if role not in set(Role)]
    if unknown:
        raise CannotStart(f"there is no role {in_words(unknown)}: there are {in_words(Role)}.")
    for_all = organisation == EVERY_ORGANISATION
    if misplaced := misplaced_roles(roles, for_all=for_all):
        right = "--org with a partner's id" if for_all else "no --org, for the whole programme"
        raise CannotStart(
            f"a token with the role {in_words(misplaced)} needs {right}: the gateway refuses it otherwise."
        )


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
