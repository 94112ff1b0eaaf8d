"""The picture of a driver diagram: readable in black and white, and in words; nothing in it runs."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from services.engagements.charts.driver_diagram import (
    BOX_WIDTH,
    MOST_LINES,
    WIDTH,
    Link,
    Node,
    driver_diagram,
    wrapped,
)

SVG = "{http://www.w3.org/2000/svg}"
NODES = [
    Node(code="aim", column=0, text="Halve infections", note="4.2 → 2.1"),
    Node(code="insertion", column=1, text="Safe insertion"),
    Node(code="care", column=1, text="Daily care"),
    Node(code="hands", column=2, text="Clean hands"),
    Node(code="bundle", column=3, text="The bundle", note="test · best practice"),
]
LINKS = [
    Link(source="insertion", target="aim"),
    Link(source="care", target="aim", is_weak=True),
    Link(source="hands", target="care"),
    Link(source="bundle", target="hands"),
]


def drawn(nodes: list[Node] = NODES, links: list[Link] = LINKS, title: str = "Fewer infections") -> ElementTree.Element:
    return ElementTree.fromstring(driver_diagram(title=title, nodes=nodes, links=links))


def texts(picture: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in picture.iter(f"{SVG}text")]


def boxes(picture: ElementTree.Element) -> dict[str, tuple[float, float, float]]:
    """The left side, the top and the height of each box, by its first line."""
    found = {}
    for group in picture.iter(f"{SVG}g"):
        frame, line = group.find(f"{SVG}rect"), group.find(f"{SVG}text")
        assert frame is not None
        assert line is not None
        found[line.text or ""] = (float(frame.get("x", 0)), float(frame.get("y", 0)), float(frame.get("height", 0)))
    return found


def test_aim_drivers_and_ideas_stand_in_four_columns_from_left_to_right() -> None:
    lefts = [boxes(drawn())[text][0] for text in ("Halve infections", "Safe insertion", "Clean hands", "The bundle")]

    assert lefts == sorted(set(lefts))
    assert lefts[-1] + BOX_WIDTH < WIDTH


def test_no_two_boxes_lie_on_each_other() -> None:
    many = [Node(code=f"d{number}", column=2, text="A driver with a rather long title " * 3) for number in range(30)]

    tops = sorted((top, top + height) for _, top, height in boxes_of(drawn([*NODES, *many])) if height)

    assert all(above[1] < below[0] for above, below in pairwise(tops))


def boxes_of(picture: ElementTree.Element) -> list[tuple[float, float, float]]:
    """Those of the secondary drivers alone."""
    third = boxes(picture)["Clean hands"][0]
    frames = [group.find(f"{SVG}rect") for group in picture.iter(f"{SVG}g")]
    places = [(float(each.get("x", 0)), float(each.get("y", 0)), float(each.get("height", 0)))
              for each in frames if each is not None]  # fmt: skip
    return [place for place in places if place[0] == third]


def test_weak_links_are_dashed_and_strong_ones_are_not() -> None:
    curves = [each for each in drawn().iter(f"{SVG}path") if " C " in each.get("d", "")]

    assert ["stroke-dasharray" in each.attrib for each in curves] == [False, True, False, False]


def test_everything_is_black_or_white() -> None:
    colours = set(re.findall(r"(?:fill|stroke)='([^']*)'", driver_diagram(title="Fewer", nodes=NODES, links=LINKS)))

    assert colours == {"#000000", "#ffffff", "none"}


def test_who_hears_the_picture_read_is_told_what_drives_what() -> None:
    picture = drawn()

    assert (picture.get("role"), picture.get("aria-labelledby")) == ("img", "title desc")
    assert picture.findtext(f"{SVG}title") == "Driver diagram: Fewer infections"
    assert picture.findtext(f"{SVG}desc") == (
        "Aim: “Halve infections”. Primary driver “Safe insertion” drives “Halve infections”. "
        "Primary driver “Daily care” drives “Halve infections” (weakly). Secondary driver “Clean hands” drives "
        "“Daily care”. Change idea “The bundle” drives “Clean hands”."
    )


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "' onload='alert(1)", '"/><image href="https://evil.example"/>', "]]>", "&quot;",
     "a\x00b\x1fc"],
    ids=["script", "attribute", "image", "cdata", "entity", "control"],
)  # fmt: skip
def test_no_text_becomes_markup(text: str) -> None:
    picture = drawn([Node(code="aim", column=0, text=text, note=text)], [], title=text)

    tags = {each.tag.removeprefix(SVG) for each in picture.iter()}
    attributes = {name for each in picture.iter() for name in each.attrib}
    assert tags <= {"svg", "title", "desc", "rect", "text", "g", "path"}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}


def test_a_text_is_broken_into_lines_that_fit_a_long_word_too() -> None:
    lines = wrapped("Clean hands Donaudampfschifffahrtsgesellschaft 中心静脈カテーテル", 100)

    assert "".join(lines).replace(" ", "") == "CleanhandsDonaudampfschifffahrtsgesellschaft中心静脈カテーテル"
    assert len(lines) > 3


def test_a_very_long_text_is_cut_and_says_so() -> None:
    lines = wrapped("word " * 500, 100)

    assert len(lines) == MOST_LINES
    assert lines[-1].endswith(" …")


def test_a_diagram_without_anything_is_a_picture_too() -> None:
    assert "Aim" in texts(drawn([Node(code="aim", column=0, text="Fewer")], []))


def test_what_drives_the_same_stands_together() -> None:
    nodes = [
        Node(code="p1", column=1, text="First"), Node(code="p2", column=1, text="Second"),
        Node(code="a", column=2, text="A"), Node(code="b", column=2, text="B"), Node(code="c", column=2, text="C"),
    ]  # fmt: skip
    links = [Link(source="a", target="p2"), Link(source="b", target="p1"), Link(source="c", target="p2")]

    places = boxes(drawn(nodes, links))

    assert sorted("ABC", key=lambda text: places[text][1]) == ["B", "A", "C"]
