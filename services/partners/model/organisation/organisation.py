"""What is described of an organisation, and what holds about it whatever becomes of the partnership."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict, Unpack

from chassis.domain.errors import Invalid
from chassis.domain.external_ids import KnownElsewhere
from services.partners.model.organisation.body import Body, refuse_names_of_two
from services.partners.model.organisation.former_name import DAY, FormerName, names_before
from services.partners.model.organisation.identifier import Identifier
from services.partners.model.organisation.issue import Issue
from services.partners.model.organisation.mission import MissionStatement
from services.partners.model.organisation.population import PopulationServed
from services.partners.model.organisation.scope_level import ScopeLevel


class SubdivisionOfAnotherCountry(Invalid):
    """A subdivision lies in the country it is given with."""


class DayToCome(Invalid):
    """What was counted, stated or changed was so on a day that has come."""


class Beside(TypedDict, total=False):
    """What may be described of an organisation, and need not."""

    name_used_from: date | None
    former_names: list[FormerName]
    place: str | None
    subdivision: str | None
    other_scope_levels: list[ScopeLevel]
    other_languages: list[str]
    issues: list[Issue]
    population_served: PopulationServed | None
    partner_mission: MissionStatement | None
    institute_mission: MissionStatement | None
    bodies: list[Body]
    identifiers: list[Identifier]


class Changes(Beside, total=False):
    """What is described of an organisation: the members that are to be changed."""

    name: str
    country: str
    continent: str
    zone: str
    language: str
    kind: str
    scope_level: ScopeLevel
    focus_areas: list[str]


class Description(Beside):
    """What is described of an organisation when it is proposed."""

    name: str
    country: str
    continent: str
    zone: str
    language: str
    kind: str
    scope_level: ScopeLevel
    focus_areas: list[str]


@dataclass(kw_only=True)
class Organisation(KnownElsewhere):
    """A large organisation, system, region or country, as it is described.

    `place` is in its own words; `country`, `subdivision` and `continent` say where that is. `kind` is what it is, in a
    few words. `scope_level` is the level it mainly works on and `language` the one it is written to in; there may be
    others of both. Either side says in its own words which mission both share.
    """

    name: str
    name_used_from: date | None = None
    former_names: list[FormerName] = field(default_factory=list)
    place: str | None = None
    country: str
    subdivision: str | None = None
    continent: str
    zone: str
    language: str
    other_languages: list[str] = field(default_factory=list)
    kind: str
    scope_level: ScopeLevel
    other_scope_levels: list[ScopeLevel] = field(default_factory=list)
    focus_areas: list[str]
    issues: list[Issue] = field(default_factory=list)
    population_served: PopulationServed | None = None
    partner_mission: MissionStatement | None = None
    institute_mission: MissionStatement | None = None
    bodies: list[Body] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)

    def describe(self, **described: Unpack[Changes]) -> list[str]:
        """Describe it anew by the members given, and give the names of those that are different now, sorted.

        Nothing is changed where it raises SubdivisionOfAnotherCountry or BodyNamedTwice.
        """
        said: dict[str, Any] = dict(described)
        refuse_names_of_two(said.get("bodies", self.bodies))
        refuse_another_country(said.get("subdivision", self.subdivision), country=said.get("country", self.country))
        before = {name: getattr(self, name) for name in DESCRIBED}
        for name, value in said.items():
            setattr(self, name, value)
        self._name_each_once()
        return sorted(name for name in DESCRIBED if getattr(self, name) != before[name])

    @property
    def searched_words(self) -> str:
        """Give all that it is found by: its name, those it had before, and those of its bodies."""
        former, bodies = [each.name for each in self.former_names], [each.name for each in self.bodies]
        return " ".join([self.name, *former, *bodies])

    def with_names(self, described: Changes, *, on: date) -> Changes:
        """Give what is described from a day on, and what follows from it of names unless that is described, too.

        The name that it has is a former one where there is another; it is used earlier where it is said so.
        """
        if described.get("name", self.name) != self.name:
            return {"name_used_from": on, "former_names": self._names_before(on), **described}
        if "name" in described and self.name_used_from is not None and on < self.name_used_from:
            return {"name_used_from": on, "former_names": names_before(on, self.former_names), **described}
        return described

    def _names_before(self, day: date) -> list[FormerName]:
        last = day - DAY
        former = names_before(day, self.former_names)
        if self.name_used_from is not None and self.name_used_from > last:
            return former
        return [*former, FormerName(name=self.name, used_from=self.name_used_from, used_until=last)]

    def refuse_days_to_come(self, today: date) -> None:
        """Raise DayToCome where something is said to have been counted or stated on a day that has not come."""
        for at, day in self._days_said().items():
            if day > today:
                raise DayToCome.at(at, "in_the_future", f"A day up to {today} is expected; got '{day}'")

    def _days_said(self) -> dict[str, date]:
        said = {f"/former_names/{at}/used_until": each.used_until for at, each in enumerate(self.former_names)}
        said |= {"/population_served/counted_on": self.population_served.counted_on} if self.population_served else {}
        said |= {"/name_used_from": self.name_used_from} if self.name_used_from else {}
        missions = {"partner_mission": self.partner_mission, "institute_mission": self.institute_mission}
        return said | {f"/{side}/stated_on": mission.stated_on for side, mission in missions.items() if mission}

    def _name_each_once(self) -> None:
        """Leave the main level and the main language out of the other ones."""
        self.other_scope_levels = [each for each in self.other_scope_levels if each != self.scope_level]
        self.other_languages = [each for each in self.other_languages if each != self.language]


DESCRIBED = frozenset(Changes.__annotations__)
"""The members of an organisation that describe it."""


def refuse_another_country(subdivision: str | None, *, country: str) -> None:
    """Raise SubdivisionOfAnotherCountry; ISO 3166-2 codes begin with the country's own code."""
    if subdivision is not None and not subdivision.startswith(f"{country}-"):
        detail = f"A subdivision of {country}, such as {country}-…, or null is expected; got '{subdivision}'"
        raise SubdivisionOfAnotherCountry.at("/subdivision", "another_country", detail)
