"""Who has moved to another partner acts for the one before no more, whatever their token says."""

from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import an_admitted_partner


def test_who_moved_acts_for_the_partner_they_work_for_and_for_the_one_before_no_more(client: GatewayClient) -> None:
    before, after = an_admitted_partner(client), an_admitted_partner(client)
    (leader,) = client.get(f"/v1/people?partner_id={before['id']}").body["items"]
    path = f"/v1/partners/{before['id']}"
    theirs = client.as_(before["id"], "partner_lead", person=leader["id"])
    assert theirs.get(path).status == 200

    moved = {
        "to": "moved",
        "partner_id": after["id"],
        "role": "leader",
        "email": "elsewhere@example.org",
        "reason": "She said so",
    }
    assert client.move(f"/v1/people/{leader['id']}", version=leader["version"], **moved).status == 200

    refused = [theirs.get(path).problem, theirs.get(f"{path}/page").problem]
    assert [(each["status"], each["code"]) for each in refused] == [(403, "works_elsewhere")] * 2
    now = client.as_(after["id"], "partner_lead", person=leader["id"])
    assert now.get(f"/v1/partners/{after['id']}").status == 200
    assert now.get(path).problem["status"] == 404


@pytest.mark.parametrize("person", [None, "per_nobody", "prt_1"])
def test_a_token_that_names_nobody_on_record_is_taken_at_its_word(client: GatewayClient, person: Any) -> None:
    partner = an_admitted_partner(client)

    assert client.as_(partner["id"], "partner_lead", person=person).get(f"/v1/partners/{partner['id']}").status == 200
