"""The network of partners as SVG: partners on an oval, clockwise by name, and lines between those that are connected.

Pure: from names to a picture, the same each time. It has no script, no style sheet, no link and no font of its own;
kinds are told apart by their dashes, so that it is read in black and white, and a title and a description say the same
in words.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from xml.sax.saxutils import escape

WIDTH, MARGIN, HEAD, FOOT, ROW = 1000, 24, 96, 84, 46
RADIUS, DOT, LABEL_GAP = 190, 5, 14
LINE_HEIGHT, FONT_SIZE, CHARACTERS, MOST_LINES = 16, 13, 36, 2
BETWEEN_LINES = 16
"""How far apart the lines of one pair pass the middle, where it is connected by several kinds."""
DASHES = {"site_visit": "", "buddy": "12 5", "joint_test": "2 4", "mentoring": "12 4 2 4"}
WORDS = {"site_visit": "site visit", "buddy": "buddies", "joint_test": "joint test", "mentoring": "mentoring"}
TITLE = "Network of partners"
_FONT = "font-family='Helvetica, Arial, sans-serif'"


@dataclass(frozen=True, kw_only=True)
class Node:
    """One partner."""

    id: str
    name: str
    country: str


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What two partners do, by their ids."""

    ends: tuple[str, ...]
    kind: str
    is_dormant: bool


@dataclass(frozen=True, kw_only=True)
class _Place:
    node: Node
    x: float
    y: float
    is_right: bool


def network_svg(nodes: Sequence[Node], ties: Sequence[Tie], *, is_complete: bool = True) -> str:
    """Draw it; ties of which an end is missing are left out."""
    places = {each.node.id: each for each in _placed(nodes)}
    known = [each for each in ties if set(each.ends) <= places.keys()]
    height = _height(len(nodes))
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' height='{height}' "
        "role='img' aria-labelledby='title desc'>",
        f"<title id='title'>{TITLE}</title>",
        f"<desc id='desc'>{_escaped(described(nodes, known, is_complete=is_complete))}</desc>",
        f"<rect width='{WIDTH}' height='{height}' fill='#ffffff'/>",
        _text(MARGIN, 36, TITLE, size=20, weight="bold"),
        _text(MARGIN, 60, _counted(nodes, known, is_complete=is_complete)),
        *_lines(known, places),
        *(_partner(each) for each in places.values()),
        *_legend(height - 30),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def described(nodes: Sequence[Node], ties: Sequence[Tie], *, is_complete: bool = True) -> str:
    """Say in words what the picture shows: who is connected by what, and who with none."""
    names = {each.id: each.name for each in nodes}
    said = [f"{' and '.join(sorted(names[id] for id in each.ends))}: {_in_words(each)}." for each in ties]
    connected = {id for each in ties for id in each.ends}
    alone = [each.name for each in nodes if each.id not in connected]
    said += [f"Connected with none: {', '.join(alone)}."] if alone else []
    return " ".join([_counted(nodes, ties, is_complete=is_complete) + ".", *said])


def _counted(nodes: Sequence[Node], ties: Sequence[Tie], *, is_complete: bool) -> str:
    partners = f"{len(nodes)} {'partner' if len(nodes) == 1 else 'partners'}"
    connections = f"{len(ties)} active {'connection' if len(ties) == 1 else 'connections'}"
    return f"{partners}, {connections}" + ("" if is_complete else "; there are more than are shown")


def _in_words(tie: Tie) -> str:
    return WORDS.get(tie.kind, tie.kind) + (", dormant" if tie.is_dormant else "")


def _height(number: int) -> int:
    return HEAD + FOOT + ROW * max((number + 1) // 2, 3)


def _placed(nodes: Sequence[Node]) -> Iterator[_Place]:
    """Give each partner its place: down the right side of the oval, and up the left one, with room for each name."""
    right = (len(nodes) + 1) // 2
    for at, node in enumerate(nodes):
        is_right = at < right
        row = at if is_right else len(nodes) - 1 - at
        rows = right if is_right else len(nodes) - right
        yield _place(node, row, rows, is_right=is_right, height=_height(len(nodes)))


def _place(node: Node, row: int, rows: int, *, is_right: bool, height: int) -> _Place:
    middle, tall = (HEAD + height - FOOT) / 2, (height - HEAD - FOOT) / 2
    y = middle + (row + 0.5 - rows / 2) * ROW
    across = RADIUS * sqrt(max(0.0, 1 - ((y - middle) / tall) ** 2))
    return _Place(node=node, x=WIDTH / 2 + (across if is_right else -across), y=y, is_right=is_right)


def _lines(ties: Sequence[Tie], places: dict[str, _Place]) -> Iterator[str]:
    """Draw a curve for each tie, bent to the middle; those of one pair pass it beside each other."""
    drawn: Counter[tuple[str, ...]] = Counter()
    of_pair = Counter(each.ends for each in ties)
    for tie in ties:
        offset = (drawn[tie.ends] - (of_pair[tie.ends] - 1) / 2) * BETWEEN_LINES * 2
        drawn[tie.ends] += 1
        yield _curve(tie, *(places[id] for id in tie.ends), offset=offset)


def _curve(tie: Tie, one: _Place, other: _Place, *, offset: float) -> str:
    dx, dy = other.x - one.x, other.y - one.y
    long = hypot(dx, dy) or 1.0
    x = (one.x + other.x) / 4 + WIDTH / 4 - dy / long * offset
    y = (one.y + other.y) / 2 + dx / long * offset
    path = f"M {one.x:.1f} {one.y:.1f} Q {x:.1f} {y:.1f} {other.x:.1f} {other.y:.1f}"
    line = f"<path d='{path}' {_stroke(tie.kind, is_dormant=tie.is_dormant)}/>"
    if not tie.is_dormant:
        return line
    return line + _ring((one.x + 2 * x + other.x) / 4, (one.y + 2 * y + other.y) / 4)


def _ring(x: float, y: float) -> str:
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='6' fill='#ffffff' stroke='#000000' stroke-width='1.4'/>"


def _stroke(kind: str, *, is_dormant: bool = False) -> str:
    dashes = f" stroke-dasharray='{DASHES[kind]}'" if DASHES.get(kind) else ""
    return f"fill='none' stroke='#000000' stroke-width='{1 if is_dormant else 1.8}'{dashes}"


def _partner(place: _Place) -> str:
    lines = _label(place.node)
    x = place.x + (LABEL_GAP if place.is_right else -LABEL_GAP)
    y = place.y + 4.5 - LINE_HEIGHT * (len(lines) - 1) / 2
    anchor = "start" if place.is_right else "end"
    texts = [_text(x, y + LINE_HEIGHT * at, line, anchor=anchor) for at, line in enumerate(lines)]
    return "\n".join([f"<g><circle cx='{place.x:.1f}' cy='{place.y:.1f}' r='{DOT}' fill='#000000'/>", *texts, "</g>"])


def _label(node: Node) -> list[str]:
    return textwrap.wrap(f"{node.name} ({node.country})", CHARACTERS, max_lines=MOST_LINES, placeholder=" …")


def _legend(y: float) -> Iterable[str]:
    for at, (kind, words) in enumerate(WORDS.items()):
        x = MARGIN + at * 170
        yield f"<path d='M {x} {y - 4:g} L {x + 56} {y - 4:g}' {_stroke(kind)}/>"
        yield _text(x + 66, y, words)
    x = MARGIN + len(WORDS) * 170
    yield f"<path d='M {x} {y - 4:g} L {x + 56} {y - 4:g}' {_stroke('', is_dormant=True)}/>" + _ring(x + 28, y - 4)
    yield _text(x + 66, y, "dormant, of any kind")


def _text(x: float, y: float, text: str, *, size: int = FONT_SIZE, weight: str = "", anchor: str = "") -> str:
    more = f" font-weight='{weight}'" if weight else ""
    more += f" text-anchor='{anchor}'" if anchor else ""
    return f"<text x='{x:.1f}' y='{y:.1f}' {_FONT} font-size='{size}' fill='#000000'{more}>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    """Write a text such that nothing in it is markup, without characters that no XML may have."""
    clean = "".join(each if each.isprintable() else " " for each in text)
    return escape(clean, {"'": "&#39;", '"': "&quot;"})
