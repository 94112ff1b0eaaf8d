"""How far the programme reaches, on the real database: its partners at present, each counted where it is."""

from chassis.persistence.unit_of_work import Store
from services.partners.use_cases.partner import depart_partner, pause_partner
from services.partners.views.partner import show_reach
from tests.integration.partners.test_changes import admitted
from tests.integration.partners.test_use_cases import STAFF, Answer, Scope, do, indexes, of, propose

__all__ = ["indexes"]
SCOTLAND = {"name": "NHS Scotland", "country": "GB", "subdivision": "GB-SCT", "zone": "Europe/London"}
BRAZIL = {"name": "Hospital Israelita", "country": "BR", "subdivision": None, "zone": "America/Sao_Paulo"}


def reach(store: Store, scope: Scope = STAFF) -> Answer:
    return do(store, show_reach, scope)


def test_partners_are_counted_by_where_they_are_and_what_they_focus_on(store: Store) -> None:
    admitted(store, focus_areas=["safer_care", "closing_equity_gaps"])
    admitted(store, **SCOTLAND, focus_areas=["safer_care"])
    admitted(store, **BRAZIL, focus_areas=["volume_to_value"])

    assert reach(store) == {
        "partners": 3,
        "continents": {"europe": 2, "south_america": 1},
        "countries": {"SE": 1, "GB": 1, "BR": 1},
        "scope_levels": {"regional": 3},
        "focus_areas": {"safer_care": 2, "closing_equity_gaps": 1, "volume_to_value": 1},
    }


def test_who_rests_is_still_reached_and_who_is_proposed_or_has_departed_is_not(store: Store) -> None:
    for use_case in (pause_partner, depart_partner):
        partner = admitted(store)
        do(store, use_case, partner_id=partner["id"], version=partner["version"], reason="The budget")
    propose(store)

    assert reach(store)["partners"] == 1


def test_a_partner_sees_itself_alone(store: Store) -> None:
    own = admitted(store)
    admitted(store, **SCOTLAND)

    assert reach(store, of(own))["countries"] == {"SE": 1}
