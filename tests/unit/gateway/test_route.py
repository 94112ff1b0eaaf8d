"""What a route must say of itself before it is one."""

import pytest

from gateway.auth import EVERYBODY
from gateway.endpoints.route import LISTING, InvalidRoute, Route


@pytest.mark.parametrize(
    ("roles", "errors", "said"),
    [
        (frozenset(), LISTING, "GET /v1/things: roles: some of .*partner_lead.* are expected; got none"),
        (frozenset({"wizard"}), LISTING, "roles: .*; got wizard"),
        (EVERYBODY, frozenset(), "GET /v1/things: errors: some of .*not_found.* are expected; got none"),
        (EVERYBODY, LISTING | {"teapot"}, "errors: .*; got teapot"),
    ],
)
def test_a_route_for_nobody_or_without_known_errors_does_not_import(
    roles: frozenset, errors: frozenset, said: str
) -> None:
    with pytest.raises(InvalidRoute, match=said):
        Route("GET", "/v1/things", roles, errors, asks="things.list_things")
