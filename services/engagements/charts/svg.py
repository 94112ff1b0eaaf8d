"""A chart as SVG: drawn by matplotlib, then written anew with only what a picture needs.

What comes out is the same each time, and can neither run nor fetch anything: elements and attributes that are not
listed here are refused, and looks are attributes, which show under a policy that forbids styles, too.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib

from services.engagements.charts.chart import Chart
from services.engagements.charts.description import description_of
from services.engagements.charts.layout import page_of
from services.engagements.charts.style import MATPLOTLIB
from services.engagements.charts.wording import cleaned

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
DROPPED = ("metadata", "style", "title", "desc")
ELEMENTS = frozenset({"svg", "g", "path", "use", "text", "tspan", "defs", "clipPath", "rect"})
ATTRIBUTES = frozenset({"id", "d", "x", "y", "width", "height", "viewBox", "version", "transform", "clip-path"})
LOOKS = frozenset(
    {
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
        "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "opacity", "text-anchor", "font-size",
        "font-family", "font-weight", "font-style",
    }
)  # fmt: skip
FAMILY = "DejaVu Sans, Verdana, Arial, sans-serif"
PART = "part-"
"""How the names of what is drawn begin; other ids are matplotlib's."""
ElementTree.register_namespace("", SVG[1:-1])


class NotAPicture(Exception):
    """What was drawn has something in it that a picture does not need."""


def svg_of(chart: Chart) -> str:
    """Draw a chart."""
    picture = written_anew(ElementTree.fromstring(_drawn(chart)))
    picture.attrib |= {"role": "img", "aria-labelledby": "title desc", "font-family": FAMILY}
    picture.attrib |= {"stroke-linejoin": "round"}
    texts = {"title": cleaned(chart.title, most=200), "desc": description_of(chart)}
    for index, (name, text) in enumerate(texts.items()):
        element = Element(f"{SVG}{name}", {"id": name})
        element.text = text
        picture.insert(index, element)
    return ElementTree.tostring(picture, encoding="unicode") + "\n"


def written_anew(drawn: Element) -> Element:
    """Return a copy of a picture with only what it needs; raises NotAPicture for whatever else is in it."""
    return _copy(drawn, {_target(each) for each in drawn.iter()})


def _drawn(chart: Chart) -> bytes:
    written = BytesIO()
    with matplotlib.rc_context(MATPLOTLIB), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a letter is in none of its fonts: who shows the picture has others
        page_of(chart).figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _copy(element: Element, referenced: set[str]) -> Element:
    name = _name(element)
    if name not in ELEMENTS:
        raise NotAPicture(f"<{name}>")
    copied = Element(f"{SVG}{name}", dict(_attributes(element, referenced)))
    copied.text = element.text if name in ("text", "tspan") else None
    for child in element:
        if _name(child) not in DROPPED:
            copied.append(_copy(child, referenced))
    return copied


def _name(element: Element) -> str:
    return element.tag.removeprefix(SVG)


def _attributes(element: Element, referenced: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "style":
            yield from _looks(value)
        elif name == f"{XLINK}href" and value.startswith("#"):
            yield "href", value
        elif name == "id":
            yield from _named(value, referenced)
        elif name in ATTRIBUTES and _is_within(value):
            yield name, value
        else:
            raise NotAPicture(f"{name}={value!r}")


def _named(value: str, referenced: set[str]) -> Iterator[tuple[str, str]]:
    if value in referenced:
        yield "id", value
    elif value.startswith(PART):
        yield "class", value.removeprefix(PART)


def _looks(style: str) -> Iterator[tuple[str, str]]:
    """Return the declarations of a style as attributes."""
    for name, _, value in (each.partition(":") for each in style.split(";") if each.strip()):
        name, value = name.strip(), value.strip()
        if name == "font":
            yield from _font(value)
        elif name in LOOKS and _is_within(value):
            yield name, value
        else:
            raise NotAPicture(f"style {name}: {value}")


def _font(shorthand: str) -> Iterator[tuple[str, str]]:
    """Return size, weight and slant of a font; its family is that of the whole."""
    before, _, _ = shorthand.partition("px")
    *words, size = before.split()
    yield "font-size", size
    yield from (("font-style", each) for each in words if each == "italic")
    yield from (("font-weight", each) for each in words if each in ("bold", "700"))


def _is_within(value: str) -> bool:
    """Whether what a value refers to, if anything, is within the picture."""
    return "url(" not in value or value.startswith("url(#")


def _target(element: Element) -> str:
    """Return the id to which an element refers, or nothing."""
    href, clip = element.get(f"{XLINK}href", ""), element.get("clip-path", "")
    return href.removeprefix("#") or clip.removeprefix("url(#").removesuffix(")")
