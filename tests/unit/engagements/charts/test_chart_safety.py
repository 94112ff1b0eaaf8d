"""A chart is a picture: whatever its texts are, it runs nothing, fetches nothing, and can be read as XML."""

from xml.etree import ElementTree

import pytest

from services.engagements.charts.svg import NotAPicture, svg_of, written_anew
from tests.unit.engagements.charts.drawn import SVG, described, example, picture, texts, with_texts

HOSTILE = (
    "<script>alert(1)</script>",
    "</text><image href='https://example.org/x.png' onerror='alert(1)'/>",
    "]]><svg onload=alert(1)>",
    "<!--",
    "--><foreignObject><body onload='alert(1)'/></foreignObject>",
    "&#x3c;script&#x3e;",
    "&xxe;",
    "javascript:alert(1)",
    '" onclick="alert(1)',
    r"$\frac{1}{2}$ $_^{",
    "$",
    "url(#x); fill: url(https://example.org)",
    "\x00\x0b\x1b[31m\ud800\ufffe",
    "\u202egnp.exe\u2066",
    "a\n\r\u2028b",
    "{title} %s %(x)s",
    "W" * 5_000,
    "血液" * 400,
    "مرحبا 😀",
    "",
)
PICTURE = f"<svg xmlns='{SVG[1:-1]}' xmlns:xlink='http://www.w3.org/1999/xlink'>%s</svg>"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_makes_a_chart_do_anything(text: str) -> None:
    root = picture(with_texts(example(), text))

    names = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "path", "use", "text", "defs", "clipPath", "rect"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert name not in ("style", "xlink:href", "src")
            assert name != "href" or value.startswith("#")
            assert "url(" not in value or value.startswith("url(#")
            assert "script" not in value


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "& \"quoted\" 'text'", "$x^2$ costs 5 $", "血液 مرحبا 😀"]
)
def test_what_is_written_can_be_read_as_it_was_written(text: str) -> None:
    root = picture(with_texts(example(), text))

    assert root.findtext(f"{SVG}title") == text
    assert texts(root)[0] == text or text in " ".join(texts(root))
    assert f"Source: {text}" in described(root)


def test_what_is_not_shown_or_changes_the_direction_of_reading_is_replaced() -> None:
    root = picture(with_texts(example(), "a\x00b\u202ec"))

    assert root.findtext(f"{SVG}title") == "a\ufffdb\ufffdc"


def test_nothing_of_the_machine_or_the_day_is_in_it() -> None:
    drawn = svg_of(example())

    assert "matplotlib" not in drawn.lower()
    assert "metadata" not in drawn
    assert "<!DOCTYPE" not in drawn


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<image href='x'/>",
        "<a href='https://example.org'><text>x</text></a>",
        "<g onload='alert(1)'/>",
        "<use xlink:href='https://example.org/x.svg#y'/>",
        "<use href='#y'/>",
        "<g style='background: url(https://example.org)'/>",
        "<g style='fill: url(https://example.org)'/>",
        "<g clip-path='url(https://example.org/x.svg#y)'/>",
        "<g><foreignObject/></g>",
        "<animate attributeName='href'/>",
    ],
)
def test_what_a_picture_does_not_need_is_refused_whoever_drew_it(inside: str) -> None:
    with pytest.raises(NotAPicture):
        written_anew(ElementTree.fromstring(PICTURE % inside))
