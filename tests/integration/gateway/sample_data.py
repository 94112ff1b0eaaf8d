"""Partners and engagements that the tests of the gateway create."""

from typing import Any
from uuid import uuid4

from tests.integration.gateway.gateway_client import GatewayClient
from tests.waiting import eventually

PARTNER = {
    "name": "Region Jönköping County",
    "place": "Sweden",
    "country": "SE",
    "subdivision": "SE-F",
    "zone": "Europe/Stockholm",
    "language": "sv",
    "kind": "region",
    "scope_level": "regional",
    "focus_areas": ["safer_care"],
    "same_name_is_meant": True,
}
LEADER = {
    "name": "Åsa Påhittad",
    "email": "asa@jonkoping.example",
    "role": "leader",
    "language": "sv",
    "zone": "Europe/Stockholm",
}
ADMISSION = {"reasons": ["Will"], "term_starts_on": "2026-01-01", "term_ends_on": "2028-12-31"}


def a_partner(client: GatewayClient, **shown: Any) -> Any:
    created = client.post("/v1/partners", {**PARTNER, **shown})
    assert created.status == 201, created.body
    return created.body


def an_admitted_partner(client: GatewayClient) -> Any:
    partner = a_partner(client)
    assert client.post("/v1/people", {**LEADER, "partner_id": partner["id"]}).status == 201
    return client.move(f"/v1/partners/{partner['id']}", "admitted", version=1, **ADMISSION).body


def a_coach(client: GatewayClient) -> Any:
    """One of the institute's coaches; engagements will hear of them in a moment."""
    coach = {**LEADER, "name": "Ada Example", "email": f"{uuid4().hex}@institute.example", "role": "coach"}
    created = client.post("/v1/people", coach)
    assert created.status == 201, created.body
    return created.body


def its_engagement(client: GatewayClient, partner: Any) -> Any:
    """The engagement that is drafted once engagements has heard of the admission."""
    found = eventually(lambda: client.get(f"/v1/engagements?partner_id={partner['id']}").body["items"])
    return found[0]


def its_active_engagement(client: GatewayClient, partner: Any, coach_id: str) -> Any:
    """The engagement, agreed on and begun."""
    path = f"/v1/engagements/{its_engagement(client, partner)['id']}"
    sides = {"for_partner": "Åsa Påhittad", "for_institute": "Ada Example", "agreed_on": "2026-01-08"}
    assert client.move(path, "agreed", version=1, **sides).status == 200
    begun = client.move(path, "active", version=2, lead_coach_id=coach_id, activated_on="2026-01-12")
    assert begun.status == 200, begun.body
    return begun.body
