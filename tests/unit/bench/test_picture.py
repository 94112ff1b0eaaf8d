"""Pictures are read back as a browser reads them: places are compared with those of the axis's own figures."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from bench.reporting.charts import WIDTH, Dots, Lines, picture

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*panels: Dots | Lines) -> Element:
    return ElementTree.fromstring(picture("A title", *panels))


def of_class(document: Element, tag: str, name: str) -> list[Element]:
    return [each for each in document.iter(f"{SVG}{tag}") if each.get("class") == name]


def text(document: Element, words: str) -> Element:
    return next(each for each in document.iter(f"{SVG}text") if each.text == words)


def x_of(document: Element, words: str) -> float:
    return float(text(document, words).attrib["x"])


def points(line: Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in line.attrib["points"].split())]


def test_a_dot_lies_where_the_axis_says() -> None:
    document = drawn(Dots(heading="ratio", rows={"one": [1.0], "half": [0.5]}))

    one, half = (float(dot.attrib["cx"]) for dot in of_class(document, "circle", "median"))

    assert one == x_of(document, "1")
    assert half == pytest.approx((x_of(document, "0") + x_of(document, "1")) / 2, abs=0.1)


def test_a_row_shows_every_value_their_median_and_a_whisker_from_the_least_to_the_most() -> None:
    document = drawn(Dots(heading="ratio", rows={"a": [2.0, 1.0, 4.0]}))
    x = {value: x_of(document, str(value)) for value in (1, 2, 4)}

    assert [float(dot.attrib["cx"]) for dot in of_class(document, "circle", "median")] == [x[2]]
    assert {x[1], x[2], x[4]} == {float(dot.attrib["cx"]) for dot in document.iter(f"{SVG}circle")}
    assert any((float(a.attrib["x1"]), float(a.attrib["x2"])) == (x[1], x[4]) for a in document.iter(f"{SVG}line"))
    assert text(document, "2.00 (1.00–4.00)") is not None


def test_what_is_promised_is_an_upright_line_at_its_value_and_is_named() -> None:
    document = drawn(Dots(heading="ratio", rows={"a": [1.0]}, promised={"≥ 0.6": 0.6}))

    (line,) = of_class(document, "line", "promised")

    assert float(line.attrib["x1"]) == float(line.attrib["x2"]) == x_of(document, "0.6")
    assert text(document, "promised ≥ 0.6") is not None


def test_a_promise_beyond_all_values_is_still_on_the_picture() -> None:
    document = drawn(Dots(heading="seconds", rows={"start": [3.0]}, promised={"≤ 20 s": 20}))

    (line,) = of_class(document, "line", "promised")

    assert float(line.attrib["x1"]) == x_of(document, "20")


def test_a_line_goes_through_its_points_and_the_limit_lies_on_the_same_axes() -> None:
    levels = Lines(
        heading="MB",
        across="messages",
        lines={"camps": [(600, 50), (1_000, 100)]},
        promised={"≤ 100 MB": [(0, 100), (1_000, 100)]},
    )
    document = drawn(levels)

    limit, camps = (points(line) for line in document.iter(f"{SVG}polyline"))

    assert camps[1] == limit[1]
    assert (camps[0][0], camps[1][0]) == (x_of(document, "600"), x_of(document, "1,000"))
    assert camps[0][1] > camps[1][1]  # more is higher up, where y is less
    assert text(document, "messages") is not None


def test_panels_lie_below_each_other_within_the_picture() -> None:
    panel = Dots(heading="ratio", rows={"a": [1.0], "b": [1.0]})
    document = drawn(panel, panel)

    tops = [int(re.findall(r"\d+", group.attrib["transform"])[1]) for group in document.iter(f"{SVG}g")]

    assert tops[1] - tops[0] == panel.height
    assert document.attrib["viewBox"] == f"0 0 {WIDTH} {tops[1] + panel.height}"


def test_a_picture_names_itself_and_needs_nothing_from_elsewhere() -> None:
    written = picture("Ours & <theirs>", Dots(heading="ratio", rows={"a < b & c": [1.0]}))

    document = ElementTree.fromstring(written)

    assert document.findtext(f"{SVG}title") == "Ours & <theirs>"
    assert text(document, "a < b & c") is not None
    assert re.findall(r"href|url\(|@import|<script|<image|https?://[^']*", written) == ["http://www.w3.org/2000/svg"]
