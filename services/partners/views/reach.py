"""How far the programme reaches: its partners at present, counted, and where they are as a picture."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.partners.charts.continents import Country, continent_grid
from services.partners.model.organisation.population import PopulationServed
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME
from services.partners.reference import CONTINENT_OF
from services.partners.repository.partner import Partners
from services.partners.repository.programme import Programmes

PRESENT = {"state": {"$in": sorted(IN_THE_PROGRAMME)}}
TITLE = "Where the partners are"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Show the reach of the programme: its partners at present, by where they are and what they focus on.

    `partners_at_most` is how many partners the programme carries; None for no limit, and for who works for a partner.
    `people_served` adds up what those say who say how many they serve, `partners_that_count` of them: whom two of them
    serve is in it twice.
    """

    partners: int
    continents: dict[str, int]
    countries: dict[str, int]
    scope_levels: dict[str, int]
    focus_areas: dict[str, int]
    partners_at_most: int | None
    people_served: int
    partners_that_count: int


@dataclass(frozen=True, kw_only=True)
class Serving:
    """Whom a partner serves."""

    population_served: PopulationServed


@dataclass(frozen=True, kw_only=True)
class ReachPicture:
    """Where the partners are, drawn as SVG."""

    svg: str


@query
def show_reach(reading: Reading, scope: Scope) -> Reach:
    """Show the reach of the programme: its partners at present, by where they are and what they focus on."""
    continents = _counted(reading, scope, "continent")
    programme = Programmes(reading).present()
    served = [each.population_served.people for each in _saying_whom_they_serve(reading, scope)]
    return Reach(
        partners=sum(continents.values()),
        continents=continents,
        countries=_counted(reading, scope, "country"),
        scope_levels=_counted(reading, scope, "scope_level"),
        focus_areas=_counted(reading, scope, "focus_areas"),
        partners_at_most=programme.capacity if programme.is_limited and scope.is_unrestricted else None,
        people_served=sum(served),
        partners_that_count=len(served),
    )


@query
def draw_reach(reading: Reading, scope: Scope) -> ReachPicture:
    """Draw where the partners at present are, as SVG, to be printed: a grid of continents with their countries."""
    names = Locale("en").territories
    countries = [
        Country(name=names.get(code, code), continent=CONTINENT_OF[code], partners=number)
        for code, number in _counted(reading, scope, "country").items()
    ]
    return ReachPicture(svg=continent_grid(title=TITLE, countries=countries))


def _saying_whom_they_serve(reading: Reading, scope: Scope) -> Iterator[Serving]:
    saying = {**PRESENT, "population_served": {"$gt": {}}}
    return Partners(reading).members(saying, Serving, scope=scope, sort="_id")


def _counted(reading: Reading, scope: Scope, by: str) -> dict[str, int]:
    return Partners(reading).counts(by, where=PRESENT, scope=scope)


QUERIES = (show_reach, draw_reach)
