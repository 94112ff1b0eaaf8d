"""How far the programme reaches, on the real database: its partners at present, each counted where it is."""

from datetime import date

from chassis.persistence.unit_of_work import Store
from services.partners.model.organisation.population import PopulationServed
from services.partners.use_cases.partner import depart_partner, pause_partner
from services.partners.views.reach import draw_reach, show_reach
from tests.integration.partners.test_changes import admitted
from tests.integration.partners.test_use_cases import STAFF, Answer, Scope, do, indexes, of, propose

__all__ = ["indexes"]
SCOTLAND = {"name": "NHS Scotland", "country": "GB", "subdivision": "GB-SCT", "zone": "Europe/London"}
BRAZIL = {"name": "Hospital Israelita", "country": "BR", "subdivision": None, "zone": "America/Sao_Paulo"}


def serving(people: int) -> PopulationServed:
    return PopulationServed(people=people, source="Census", counted_on=date(2025, 12, 31))


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
        "partners_at_most": None,
        "people_served": 0,
        "partners_that_count": 0,
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


def test_how_many_people_partners_serve_is_added_up_of_those_that_say_so(store: Store) -> None:
    admitted(store, population_served=serving(365_000))
    admitted(store, **SCOTLAND, population_served=serving(5_500_000))
    admitted(store, **BRAZIL)

    shown = reach(store)

    assert (shown["people_served"], shown["partners_that_count"], shown["partners"]) == (5_865_000, 2, 3)


def test_the_map_says_in_words_how_many_partners_each_continent_has_and_in_which_countries(store: Store) -> None:
    for described in ({}, {"name": "Another one"}, SCOTLAND, BRAZIL):
        admitted(store, **described)

    drawn = do(store, draw_reach)["svg"]

    assert "Europe: 3 partners (Sweden 2, United Kingdom 1). South America: 1 partner (Brazil 1)." in drawn
