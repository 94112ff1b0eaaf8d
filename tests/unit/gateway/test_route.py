"""A route names the roles it is for."""

import pytest

from gateway.endpoints.route import InvalidRoute, Route


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (frozenset(), "GET /v1/things: roles: some of .*partner_lead.* are expected; got none"),
        (frozenset({"wizard"}), "roles: .*; got wizard"),
    ],
)
def test_a_route_without_roles_is_refused_at_import(roles: frozenset, said: str) -> None:
    with pytest.raises(InvalidRoute, match=said):
        Route("GET", "/v1/things", roles, "things.list_things")
