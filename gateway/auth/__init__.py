"""Authentication and roles: the trusted issuers, their keys, and the scope that a token grants."""

from gateway.auth.development import mint
from gateway.auth.roles import (
    ADMINISTRATION,
    AUDITING,
    COACHES,
    ENTERING_HISTORY,
    EVERYBODY,
    IMPROVERS,
    INSTITUTE,
    PROGRAMME_WIDE,
    Role,
)
from gateway.auth.tokens import Tokens, trusted_tokens

__all__ = [
    "ADMINISTRATION",
    "AUDITING",
    "COACHES",
    "ENTERING_HISTORY",
    "EVERYBODY",
    "IMPROVERS",
    "INSTITUTE",
    "PROGRAMME_WIDE",
    "Role",
    "Tokens",
    "mint",
    "trusted_tokens",
]
