"""The picture of the network: the same each time, read without colours, and said in words."""

import itertools
import xml.etree.ElementTree as ElementTree

from services.partners.views.network_drawing import Node, Tie, described, network_svg

NODES = [Node(id=f"prt_{name}", name=f"Region {name.upper()}", country="SE") for name in "abcd"]
TIES = [
    Tie(ends=("prt_a", "prt_b"), kind="buddy", is_dormant=False),
    Tie(ends=("prt_a", "prt_b"), kind="site_visit", is_dormant=False),
    Tie(ends=("prt_a", "prt_c"), kind="mentoring", is_dormant=True),
]
SVG = "{http://www.w3.org/2000/svg}"


def drawn() -> ElementTree.Element:
    return ElementTree.fromstring(network_svg(NODES, TIES))


def test_the_picture_says_in_words_who_is_connected_by_what_and_who_with_none() -> None:
    assert described(NODES, TIES) == (
        "4 partners, 3 active connections. Region A and Region B: buddies. Region A and Region B: site visit. "
        "Region A and Region C: mentoring, dormant. Connected with none: Region D."
    )
    picture = drawn()
    assert picture.get("aria-labelledby") == "title desc"
    assert [picture.find(f"{SVG}{name}").get("id") for name in ("title", "desc")] == ["title", "desc"]  # type: ignore[union-attr]


def test_everything_is_black_on_white_and_kinds_differ_by_their_dashes() -> None:
    elements = list(drawn().iter())
    colours = {each.get(name) for each in elements for name in ("fill", "stroke")} - {None, "none"}
    assert colours == {"#000000", "#ffffff"}
    lines = [each for each in elements if each.tag == f"{SVG}path"]
    assert len({each.get("stroke-dasharray") for each in lines[:3]}) == 3


def test_two_lines_of_one_pair_do_not_cover_each_other() -> None:
    lines = [each.get("d") for each in drawn().iter(f"{SVG}path")]

    assert lines[0] != lines[1]


def test_names_do_not_run_into_each_other() -> None:
    many = [Node(id=f"prt_{n}", name="The Ministry of Health and Social Affairs of the Republic", country="XX")
            for n in range(13)]  # fmt: skip
    labels = list(ElementTree.fromstring(network_svg(many, [])).iter(f"{SVG}text"))
    for anchor in ("start", "end"):
        rows = sorted(float(each.get("y", 0)) for each in labels if each.get("text-anchor") == anchor)
        assert all(below - above >= 15 for above, below in itertools.pairwise(rows))


def test_what_a_partner_is_called_is_text_and_no_markup() -> None:
    evil = [Node(id="prt_1", name="<script>alert('1')</script>\x07 & Co", country="SE")]

    picture = ElementTree.fromstring(network_svg(evil, []))

    assert [each.tag for each in picture.iter() if each.tag.endswith("script")] == []
    assert "<script>" in "".join(each.text or "" for each in picture.iter(f"{SVG}text"))


def test_there_is_a_picture_of_nobody() -> None:
    assert "0 partners, 0 active connections" in network_svg([], [])
