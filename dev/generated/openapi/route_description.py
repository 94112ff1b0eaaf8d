"""One route with the contracts of its operations: the source of its description."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.contracts import Contract, JsonSchema
from gateway.endpoints.route import Route


@dataclass(frozen=True, kw_only=True)
class RouteDescription:
    """A route, the contracts of its operations by their names in the route, and its tag."""

    route: Route
    contracts: Mapping[str, Contract]
    tag: str

    @property
    def contract(self) -> Contract:
        """The contract of its operation, or of the first of several; transitions have the same response."""
        return next(iter(self.contracts.values()))

    @property
    def name(self) -> str:
        """The `operationId`: the name in the service, `…_transition_…` or `…_answer_…`, or that of the page."""
        service, _, operation = self.contract.title.partition(".")
        thing = self.in_path[-1].removesuffix("_id") if self.in_path else ""
        if self.route.aggregates:
            return "_".join(filter(None, ("show", thing, self.route.path.rpartition("/")[2])))
        verb = "transition" if self.route.choice == "to" else self.route.choice
        return f"{service}_{verb}_{thing}" if self.route.transitions else f"{service}_{operation}"

    @property
    def in_path(self) -> list[str]:
        """The names of the parameters in its path."""
        return re.findall(r"<([a-z_]+)>", self.route.path)

    @property
    def path(self) -> str:
        """Its path in the notation of OpenAPI."""
        return re.sub(r"<([a-z_]+)>", r"{\1}", self.route.path)

    @property
    def body(self) -> str:
        """The name of the schema of its request body."""
        return pascal(self.name) if self.route.transitions else title(self.contract)

    def members(self, contract: Contract) -> dict[str, JsonSchema]:
        """Return the members of the query or the body: those that are neither in the path nor in `If-Match`."""
        elsewhere = {*self.in_path, *(("version",) if self.route.needs_if_match else ())}
        return {name: schema for name, schema in contract.members.items() if name not in elsewhere}


def title(contract: Contract) -> str:
    """Return the name of the schema of a request."""
    return pascal(contract.title.replace(".", "_"))


def pascal(name: str) -> str:
    """Return a name in Pascal case."""
    return "".join(word.title() for word in name.split("_"))
