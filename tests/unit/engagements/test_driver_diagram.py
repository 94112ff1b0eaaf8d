"""A driver diagram is a graph: many-to-many between neighbouring levels, without a cycle."""

from itertools import pairwise

import pytest

from chassis.domain.errors import Invalid
from services.engagements.model.improvement.driver_diagram import (
    ChangeIdea,
    CodeTwice,
    CycleInDiagram,
    Driver,
    DriverDiagram,
    DriverLevel,
    DriverLink,
    IdeaIsTested,
    IdeaStage,
    IdeaWithoutDriver,
    LinkTwice,
    NotInTheDiagram,
    NotNeighbouringLevels,
    SpreadBeforeAdopted,
    TriedIdeas,
    find_cycle,
    refuse_to_lose,
)
from tests.builders.engagements import an_engagement
from tests.builders.initiatives import FAMILY, a_diagram, an_initiative

PRIMARY, SECONDARY = DriverLevel
UNTRIED = TriedIdeas()


def diagram(
    links: str, *, ideas: str = "idea", stage: IdeaStage = IdeaStage.TEST, drivers: str = "p1 p2 s1 s2"
) -> DriverDiagram:
    """Drivers whose codes begin with p are primary, those with s secondary; links are written source>target."""
    pairs = [tuple(each.split(">")) for each in links.split()]
    return DriverDiagram(
        drivers=[
            Driver(code=code, level=PRIMARY if code[0] == "p" else SECONDARY, title=code) for code in drivers.split()
        ],
        ideas=[ChangeIdea(code=code, title=code, stage=stage) for code in ideas.split()],
        links=[DriverLink(source=source, target=target) for source, target in pairs],
    )


def refused(kind: type[Invalid], drawn: DriverDiagram, tested: TriedIdeas = UNTRIED) -> tuple[str, str]:
    with pytest.raises(kind) as error:
        drawn.refuse_what_is_wrong(tested)
    (field,) = error.value.fields
    return field["pointer"], field["detail"]


def test_a_driver_drives_several_and_is_driven_by_several() -> None:
    many = diagram("p1>aim p2>aim s1>p1 s1>p2 s2>p1 idea>s1 idea>s2")
    initiative = an_initiative()

    assert initiative.draw(many, engagement=an_engagement(), tested=UNTRIED, family=FAMILY)

    assert initiative.diagram == many


def test_a_cycle_is_refused_and_names_its_path() -> None:
    pointer, detail = refused(CycleInDiagram, diagram("p1>aim s1>p1 p1>s1 idea>s1"))

    assert pointer in ("/links/1", "/links/2")
    assert "s1 → p1 → s1" in detail or "p1 → s1 → p1" in detail


def test_a_long_cycle_is_named_in_full() -> None:
    edges = [(f"n{each}", f"n{each + 1}") for each in range(5000)] + [("n5000", "n4997")]

    path = find_cycle(edges)

    assert sorted(path[:-1]) == ["n4997", "n4998", "n4999", "n5000"]
    assert path[0] == path[-1]
    assert all(pair in edges for pair in pairwise(path))


def test_two_ways_to_the_same_are_no_cycle() -> None:
    assert find_cycle([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]) == []


@pytest.mark.parametrize("link", ["s1>aim", "idea>p1", "idea>aim", "aim>p1", "p1>p2", "p1>s2"])
def test_a_link_leads_exactly_one_level_up(link: str) -> None:
    pointer, detail = refused(NotNeighbouringLevels, diagram(f"idea>s1 {link}"))

    assert pointer == "/links/1"
    assert detail.startswith("A link one level up is expected; ")


def test_a_link_is_between_what_is_there_and_there_once() -> None:
    assert refused(NotInTheDiagram, diagram("s1>p9")) == (
        "/links/0/target", "The code of a driver or an idea, or aim, is expected; got 'p9'",
    )  # fmt: skip
    assert refused(LinkTwice, diagram("s1>p1 s1>p1"))[0] == "/links/1"


@pytest.mark.parametrize("ideas", ["p1", "aim", "twice twice"])
def test_each_thing_has_a_code_of_its_own(ideas: str) -> None:
    assert refused(CodeTwice, diagram("", ideas=ideas))[0] == f"/ideas/{len(ideas.split()) - 1}/code"


def test_an_idea_is_to_act_on_a_secondary_driver() -> None:
    pointer, detail = refused(IdeaWithoutDriver, diagram("s1>p1"))

    assert (pointer, "'idea'" in detail) == ("/ideas/0", True)


def test_nothing_is_spread_before_a_test_of_it_ended_in_adopt() -> None:
    drawn = diagram("idea>s1", stage=IdeaStage.SPREAD)

    assert refused(SpreadBeforeAdopted, drawn, TriedIdeas(ideas={"idea"}))[0] == "/ideas/0/stage"
    drawn.refuse_what_is_wrong(TriedIdeas(ideas={"idea"}, adopted={"idea"}))


def test_what_is_tested_stays_in_the_diagram() -> None:
    refuse_to_lose({"idea"}, diagram("idea>s1"))

    with pytest.raises(IdeaIsTested, match="PDSA cycles on bundle"):
        refuse_to_lose({"bundle", "idea"}, diagram("idea>s1"))


def test_drivers_that_nothing_measures_and_that_drive_nothing_are_known() -> None:
    drawn = a_diagram()

    assert drawn.unmeasured == ["hands"]
    assert diagram("p1>aim s1>p1 idea>s1").unlinked == ["p2", "s2"]


def test_drawn_as_it_was_nothing_is_different() -> None:
    thing = an_initiative()

    same = thing.draw(a_diagram(), engagement=an_engagement(), tested=TriedIdeas(), family=FAMILY)

    assert (same, thing.recorded) == (False, [])
