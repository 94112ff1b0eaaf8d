"""What a partner's own people may see and do, and what is the institute's."""

from typing import Any

import pytest

from tests.integration.camps.harness import CampsHarness

PARTNER_1 = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}


@pytest.fixture
def camp(camps: CampsHarness) -> dict[str, Any]:
    camps.admit("prt_1", "prt_2")
    camp = camps.inviting()
    for milestone_id, partner_id in [("mst_1", "prt_1"), ("mst_2", "prt_1"), ("mst_3", "prt_2"), ("mst_4", "prt_2")]:
        camps.reach(milestone_id, partner_id)
    return camp


def test_everybody_sees_the_camps(camps: CampsHarness, camp: dict[str, Any]) -> None:
    assert camps.call("show_camp", PARTNER_1, camp_id=camp["id"])["ok"]["title"] == "Summer Camp 2026"
    assert [each["id"] for each in camps.call("list_camps", PARTNER_1)["ok"]["items"]] == [camp["id"]]


@pytest.mark.parametrize(
    ("where", "found"),
    [({"season": "summer"}, 1), ({"season": "winter"}, 0), ({"year": 2026}, 1), ({"year": 2027}, 0),
     ({"state": "inviting"}, 1), ({"state": "announced"}, 0)],
)  # fmt: skip
def test_camps_are_found_by_season_year_and_state(
    camps: CampsHarness, camp: dict[str, Any], where: dict[str, Any], found: int
) -> None:
    assert len(camps.all("list_camps", **where)) == found


def test_a_partner_sees_its_own_invitations_and_sessions_and_no_others(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    invitations = camps.call("list_invitations", PARTNER_1)["ok"]["items"]
    sessions = camps.call("list_sessions", PARTNER_1, camp_id=camp["id"], state="proposed")["ok"]["items"]
    (of_another,) = camps.all("list_invitations", partner_id="prt_2")

    assert [each["partner_id"] for each in invitations] == ["prt_1"]
    assert [each["partner_id"] for each in sessions] == ["prt_1"]
    assert camps.call("show_invitation", PARTNER_1, invitation_id=of_another["id"])["fault"]["kind"] == "not_found"
    assert camps.call("list_invitations", PARTNER_1, partner_id="prt_2")["ok"]["items"] == []


def test_seats_are_the_institutes_to_see(camps: CampsHarness, camp: dict[str, Any]) -> None:
    fault = camps.call("show_seats", PARTNER_1, camp_id=camp["id"])["fault"]

    assert (fault["kind"], fault["code"]) == ("forbidden", "needs_every_organisation")
    assert camps.call("show_seats", camp_id=camp["id"])["ok"]["held"] == 8


def test_camps_are_announced_and_opened_by_the_institute(camps: CampsHarness) -> None:
    camp = camps.announce(season="winter", starts_on="2026-12-07", ends_on="2026-12-09")
    described = {field: camp[field] for field in ("title", "place", "zone", "starts_on", "ends_on", "capacity")}

    announcing = camps.call("announce_camp", PARTNER_1, season="summer", year=2026, **described)
    opening = camps.call("open_invitations", PARTNER_1, camp_id=camp["id"], version=1, answer_by="2026-11-01")

    assert announcing["fault"]["code"] == opening["fault"]["code"] == "needs_every_organisation"
    assert [each["state"] for each in camps.all("list_camps")] == ["announced"]


def test_a_camp_that_is_not_there_has_neither_seats_nor_invitations(camps: CampsHarness) -> None:
    assert camps.call("show_camp", camp_id="cmp_nowhere")["fault"]["kind"] == "not_found"
    assert camps.call("show_seats", camp_id="cmp_nowhere")["fault"]["kind"] == "not_found"
    assert camps.all("list_invitations", camp_id="cmp_nowhere") == []


def test_camps_are_found_by_their_title(camps: CampsHarness) -> None:
    camps.announce(title="Summer Camp 2026")

    assert [each["title"] for each in camps.all("list_camps", q="camp summ")] == ["Summer Camp 2026"]
    assert camps.all("list_camps", q="winter") == []
