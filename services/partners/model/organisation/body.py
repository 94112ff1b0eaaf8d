"""The bodies of which a partner is made, where it is more than one."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.domain.errors import Invalid


class BodyNamedTwice(Invalid):
    """Each body of a partner has a name of its own."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation that is a partner together with others: NHS Scotland, say, and the Scottish Government.

    `kind` is what it is, in a few words; null where nothing is said.
    """

    name: str
    kind: str | None = None


def refuse_names_of_two(bodies: Sequence[Body]) -> None:
    """Raise BodyNamedTwice, at the second one, where two have one name, whatever its case."""
    seen: set[str] = set()
    for number, body in enumerate(bodies):
        if body.name.casefold() in seen:
            detail = f"The name of a body that is not named before is expected; got '{body.name}'"
            raise BodyNamedTwice.at(f"/bodies/{number}/name", "named_twice", detail)
        seen.add(body.name.casefold())
