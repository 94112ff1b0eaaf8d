"""One route and the contracts of what it asks: what the description of it is made from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.contracts import Contract, JsonSchema
from gateway.endpoints.route import Route


@dataclass(frozen=True, kw_only=True)
class Described:
    """A route, the contracts of what it asks by its choices or its parts, and the tag it is listed under."""

    route: Route
    contracts: Mapping[str, Contract]
    tag: str

    @property
    def contract(self) -> Contract:
        """The contract of its operation; of a resource's transitions, which answer alike, the first."""
        return next(iter(self.contracts.values()))

    @property
    def name(self) -> str:
        """The operation as clients call it: the service's own name for it, `move_…` for transitions, or the path's."""
        service, _, operation = self.contract.title.partition(".")
        thing = self.in_path[-1].removesuffix("_id") if self.in_path else ""
        if self.route.gathers:
            return "_".join(filter(None, ("show", thing, self.route.path.rpartition("/")[2])))
        done = "move" if self.route.choice == "to" else self.route.choice
        return f"{service}_{done}_{thing}" if self.route.moves else f"{service}_{operation}"

    @property
    def in_path(self) -> list[str]:
        """What stands in its path."""
        return re.findall(r"<([a-z_]+)>", self.route.path)

    @property
    def path(self) -> str:
        """Its path as OpenAPI writes it."""
        return re.sub(r"<([a-z_]+)>", r"{\1}", self.route.path)

    @property
    def body(self) -> str:
        """The name of the schema of its body."""
        return pascal(self.name) if self.route.moves else title(self.contract)

    def members(self, contract: Contract) -> dict[str, JsonSchema]:
        """Give what is asked in the query or in the body: what stands neither in the path nor in `If-Match`."""
        elsewhere = {*self.in_path, *(("version",) if self.route.changes_what_was_seen else ())}
        return {name: schema for name, schema in contract.members.items() if name not in elsewhere}


def title(contract: Contract) -> str:
    """Give the name of the schema of what it asks."""
    return pascal(contract.title.replace(".", "_"))


def pascal(name: str) -> str:
    """Give a name as schemas are called."""
    return "".join(word.title() for word in name.split("_"))
