"""A driver diagram: the team's theory of what drives its aim, and which changes it tries. A graph, not a tree.

Aim, primary drivers, secondary drivers and change ideas; a link leads from what drives to what is driven, one level up
(Institute for Healthcare Improvement, QI Essentials Toolkit: Driver Diagram).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from chassis.domain.errors import Conflict, Invalid

AIM = "aim"
"""The code of the aim in links."""


class DriverLevel(StrEnum):
    """How near a driver is to the aim."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Strength(StrEnum):
    """How much of a link the team believes; weak ones are drawn dotted."""

    STRONG = "strong"
    WEAK = "weak"


class IdeaStage(StrEnum):
    """The phases of a change idea's life."""

    INNOVATION = "innovation"
    TEST = "test"
    IMPLEMENT = "implement"
    SPREAD = "spread"


class IdeaEvidence(StrEnum):
    """What speaks for a change idea."""

    BEST_PRACTICE = "best_practice"
    INNOVATIVE_IDEA = "innovative_idea"
    PROMISING = "promising"
    PROVEN_HERE = "proven_here"


class CodeTwice(Invalid):
    """Each driver and each idea has a code of its own, and `aim` is the aim's."""


class NotInTheDiagram(Invalid):
    """A link is between what is in the diagram."""


class LinkTwice(Invalid):
    """Two things have one link."""


class CycleInDiagram(Invalid):
    """What drives something is not driven by it."""


class NotNeighbouringLevels(Invalid):
    """A link leads one level up: idea to secondary driver, secondary to primary driver, primary driver to aim."""


class IdeaWithoutDriver(Invalid):
    """A change idea is to act on a secondary driver at least."""


class SpreadBeforeAdopted(Invalid):
    """Nothing is spread before a test of it ended in adopt."""


class IdeaIsTested(Conflict):
    """A change idea that is being tested, or was, stays in the diagram."""


@dataclass(frozen=True, kw_only=True)
class Driver:
    """What the aim depends on, and by which measures it is followed."""

    code: str
    level: DriverLevel
    title: str
    measure_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ChangeIdea:
    """A specific change that is tried; `concept` is the general notion that it is an instance of."""

    code: str
    title: str
    concept: str | None = None
    stage: IdeaStage = IdeaStage.TEST
    evidence: IdeaEvidence = IdeaEvidence.INNOVATIVE_IDEA
    source_id: str | None = None
    """The lesson of another industry that it was taken from."""


@dataclass(frozen=True, kw_only=True)
class DriverLink:
    """That one thing drives another, one level up."""

    source: str
    target: str
    strength: Strength = Strength.STRONG


@dataclass(frozen=True, kw_only=True)
class TriedIdeas:
    """What is known of the tests of an initiative's ideas, by the ideas' codes."""

    ideas: Collection[str] = ()
    """Those that a cycle is about, whatever became of it."""
    adopted: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class DriverDiagram:
    """Drivers, change ideas and the links between them; the aim itself is the initiative's."""

    drivers: list[Driver] = field(default_factory=list)
    ideas: list[ChangeIdea] = field(default_factory=list)
    links: list[DriverLink] = field(default_factory=list)

    def idea(self, code: str) -> ChangeIdea | None:
        """Give the change idea with a code, if there is one."""
        return next((each for each in self.ideas if each.code == code), None)

    def drivers_of(self, code: str) -> list[str]:
        """Give the codes of what an idea or a driver acts on."""
        return [each.target for each in self.links if each.source == code]

    @property
    def unmeasured(self) -> list[str]:
        """The codes of the drivers that no measure follows; every driver should have one."""
        return [each.code for each in self.drivers if not each.measure_ids]

    @property
    def unlinked(self) -> list[str]:
        """The codes of the drivers that drive nothing."""
        linked = {each.source for each in self.links}
        return [each.code for each in self.drivers if each.code not in linked]

    def refuse_what_is_wrong(self, tested: TriedIdeas) -> None:
        """Raise, at the member, what no diagram may have, beginning with the most basic mistake."""
        levels = self._levels()
        _refuse_unknown(self.links, levels)
        _refuse_cycle(self.links)
        _refuse_other_levels(self.links, levels)
        self._refuse_idle_ideas()
        self._refuse_early_spread(tested.adopted)

    def _levels(self) -> Mapping[str, int]:
        """Give the level of each code, the aim's being 0; raises CodeTwice."""
        levels = {AIM: 0}
        listed = [(f"/drivers/{at}/code", each.code, 1 if each.level is DriverLevel.PRIMARY else 2)
                  for at, each in enumerate(self.drivers)]  # fmt: skip
        listed += [(f"/ideas/{at}/code", each.code, 3) for at, each in enumerate(self.ideas)]
        for pointer, code, level in listed:
            if code in levels:
                raise CodeTwice.at(pointer, "twice", f"Another code is expected; '{code}' is there already")
            levels[code] = level
        return levels

    def _refuse_idle_ideas(self) -> None:
        for at, each in enumerate(self.ideas):
            if not self.drivers_of(each.code):
                detail = f"A link from '{each.code}' to a secondary driver is expected; there is none"
                raise IdeaWithoutDriver.at(f"/ideas/{at}", "no_driver", detail)

    def _refuse_early_spread(self, adopted: Collection[str]) -> None:
        for at, each in enumerate(self.ideas):
            if each.stage is IdeaStage.SPREAD and each.code not in adopted:
                detail = f"Another stage is expected: no PDSA cycle on '{each.code}' ended in adopt"
                raise SpreadBeforeAdopted.at(f"/ideas/{at}/stage", "not_adopted", detail)


def refuse_to_lose(tested: Collection[str], diagram: DriverDiagram) -> None:
    """Raise IdeaIsTested when an idea on which there are cycles is in the diagram no more."""
    lost = sorted(set(tested) - {each.code for each in diagram.ideas})
    if lost:
        raise IdeaIsTested(f"there are PDSA cycles on {', '.join(lost)}: keep what they test in the diagram")


def _refuse_unknown(links: Sequence[DriverLink], levels: Mapping[str, int]) -> None:
    seen = set()
    for at, link in enumerate(links):
        for member in ("source", "target"):
            code = getattr(link, member)
            if code not in levels:
                detail = f"The code of a driver or an idea, or aim, is expected; got '{code}'"
                raise NotInTheDiagram.at(f"/links/{at}/{member}", "unknown", detail)
        if (link.source, link.target) in seen:
            detail = f"One link from '{link.source}' to '{link.target}' is expected; this is another one"
            raise LinkTwice.at(f"/links/{at}", "twice", detail)
        seen.add((link.source, link.target))


def _refuse_cycle(links: Sequence[DriverLink]) -> None:
    if path := find_cycle((link.source, link.target) for link in links):
        (closing,) = [at for at, link in enumerate(links) if (link.source, link.target) == (path[-2], path[-1])]
        detail = f"Links without a cycle are expected; {' → '.join(path)} is one"
        raise CycleInDiagram.at(f"/links/{closing}", "cycle", detail)


def _refuse_other_levels(links: Sequence[DriverLink], levels: Mapping[str, int]) -> None:
    for at, link in enumerate(links):
        if levels[link.source] != levels[link.target] + 1:
            detail = (f"A link one level up is expected; '{link.source}' is {_NAMES[levels[link.source]]}, "
                      f"'{link.target}' {_NAMES[levels[link.target]]}")  # fmt: skip
            raise NotNeighbouringLevels.at(f"/links/{at}", "not_neighbouring", detail)


_NAMES = ("the aim", "a primary driver", "a secondary driver", "a change idea")


def find_cycle(edges: Iterable[tuple[str, str]]) -> list[str]:
    """Give the nodes of one cycle, the first one again at the end; nothing where there is none."""
    leading: dict[str, list[str]] = {}
    for source, target in edges:
        leading.setdefault(source, []).append(target)
    done: set[str] = set()
    for start in leading:
        if found := _walk(start, leading, done):
            return found
    return []


def _walk(start: str, leading: Mapping[str, Sequence[str]], done: set[str]) -> list[str]:
    """Follow the edges in depth, without recursion: a refused diagram may be long."""
    path, waiting = [start], [iter(leading.get(start, ()))]
    while path:
        following = next(waiting[-1], None)
        if following is None:
            done.add(path.pop())
            waiting.pop()
        elif following in path:
            return [*path[path.index(following) :], following]
        elif following not in done:
            path.append(following)
            waiting.append(iter(leading.get(following, ())))
    return []
