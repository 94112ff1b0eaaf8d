"""What registers call an organisation."""

from dataclasses import dataclass

from chassis.domain.errors import Conflict


class IdentifierTaken(Conflict):
    """What a register calls one organisation, it calls no other."""


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """What one register calls an organisation: the scheme is the register's, such as ror, isni or ods."""

    scheme: str
    identifier: str
