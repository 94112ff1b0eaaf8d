"""A driver diagram as SVG: aim, primary and secondary drivers, and change ideas in four columns from left to right.

Pure: from texts to a picture. It has no script, no style sheet, no link and no font of its own; strong links are solid
and weak ones dashed, so that it is read in black and white, and a title and a description say the same in words.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

COLUMNS = ("Aim", "Primary drivers", "Secondary drivers", "Change ideas")
BOX_WIDTH, GUTTER, MARGIN = 216, 72, 24
PADDING, LINE_HEIGHT, BETWEEN = 10, 17, 18
HEAD, FOOT = 84, 56
FONT_SIZE, CHARACTER = 13, 6.8
"""How wide a character of that size is on average in a plain typeface."""
MOST_LINES = 7
WIDTH = 2 * MARGIN + len(COLUMNS) * BOX_WIDTH + (len(COLUMNS) - 1) * GUTTER
_FONT = "font-family='Helvetica, Arial, sans-serif'"


@dataclass(frozen=True, kw_only=True)
class Node:
    """One box: `column` is 0 for the aim to 3 for change ideas; `note` stands in it below, smaller."""

    code: str
    column: int
    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A line between two boxes, by their codes, from what drives to what is driven."""

    source: str
    target: str
    is_weak: bool = False


@dataclass(frozen=True, kw_only=True)
class _Box:
    node: Node
    lines: Sequence[str]
    notes: Sequence[str]
    top: float

    @property
    def left(self) -> float:
        return MARGIN + self.node.column * (BOX_WIDTH + GUTTER)

    @property
    def height(self) -> float:
        return _height(self.lines, self.notes)

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def driver_diagram(*, title: str, nodes: Sequence[Node], links: Sequence[Link]) -> str:
    """Draw it; links of which an end is missing are left out."""
    boxes = _placed(nodes, links)
    known = [link for link in links if link.source in boxes and link.target in boxes]
    height = HEAD + FOOT + max((box.top + box.height - HEAD for box in boxes.values()), default=0)
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height:g}' width='{WIDTH}' "
        f"height='{height:g}' role='img' aria-labelledby='title desc'>",
        f"<title id='title'>{_escaped('Driver diagram: ' + title)}</title>",
        f"<desc id='desc'>{_escaped(described(nodes, known))}</desc>",
        f"<rect width='{WIDTH}' height='{height:g}' fill='#ffffff'/>",
        _text(MARGIN, 32, title, size=18, weight="bold"),
        *(_text(MARGIN + at * (BOX_WIDTH + GUTTER), 66, name, size=13, weight="bold")
          for at, name in enumerate(COLUMNS)),
        *(_line(boxes[link.source], boxes[link.target], link) for link in known),
        *(_box(box) for box in boxes.values()),
        *_legend(height - 22),
        "</svg>",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def described(nodes: Iterable[Node], links: Sequence[Link]) -> str:
    """Say in words what the picture shows: each thing, and what it drives."""
    by_code = {node.code: node for node in nodes}
    sentences = []
    for node in sorted(by_code.values(), key=lambda each: each.column):
        driven = [
            f"{_named(by_code[link.target].text)}{' (weakly)' if link.is_weak else ''}"
            for link in links
            if link.source == node.code
        ]
        drives = f" drives {', '.join(driven)}" if driven else ""
        sentences.append(f"{_KINDS[node.column]} {_named(node.text)}{drives}.")
    return " ".join(sentences)


_KINDS = ("Aim:", "Primary driver", "Secondary driver", "Change idea")


def _named(text: str) -> str:
    return f"“{text}”"


def _placed(nodes: Sequence[Node], links: Sequence[Link]) -> Mapping[str, _Box]:
    """Give each box its place: each column in the order of what its boxes drive, and in the middle of the picture."""
    columns: list[list[Node]] = [[node for node in nodes if node.column == at] for at in range(len(COLUMNS))]
    tallest = max(map(_column_height, columns))
    boxes: dict[str, _Box] = {}
    for column in columns:
        place = {code: box.middle for code, box in boxes.items()}
        ordered = sorted(column, key=lambda node: _barycentre(node, links, place))
        top = HEAD + (tallest - _column_height(column)) / 2
        for node in ordered:
            lines, notes = _lines_of(node)
            boxes[node.code] = _Box(node=node, lines=lines, notes=notes, top=top)
            top += _height(lines, notes) + BETWEEN
    return boxes


def _barycentre(node: Node, links: Sequence[Link], place: Mapping[str, float]) -> float:
    """Give the middle of what it drives, so that few lines cross; what drives nothing is last."""
    driven = [place[link.target] for link in links if link.source == node.code and link.target in place]
    return sum(driven) / len(driven) if driven else float("inf")


def _column_height(column: Sequence[Node]) -> float:
    heights = [_height(*_lines_of(node)) for node in column]
    return sum(heights) + BETWEEN * max(len(heights) - 1, 0)


def _lines_of(node: Node) -> tuple[list[str], list[str]]:
    return wrapped(node.text, BOX_WIDTH - 2 * PADDING), wrapped(node.note, BOX_WIDTH - 2 * PADDING) if node.note else []


def _height(lines: Sequence[str], notes: Sequence[str]) -> float:
    return 2 * PADDING + LINE_HEIGHT * (len(lines) + len(notes)) - 3


def wrapped(text: str, width: float) -> list[str]:
    """Break a text into lines of a width, a long word too; what is beyond MOST_LINES is cut, with an ellipsis."""
    lines = [""]
    for word in _words(text, width):
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        return [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1].rstrip(".,;") + " …"]
    return lines


def _words(text: str, width: float) -> Iterable[str]:
    for word in text.split():
        rest = word
        while _width(rest) > width:
            most = next(at for at in range(len(rest), 0, -1) if at == 1 or _width(rest[:at]) <= width)
            yield rest[:most]
            rest = rest[most:]
        if rest:
            yield rest


def _width(text: str) -> float:
    """Estimate how wide a text is: ideographs take two characters, combining marks none."""
    return sum(_CHARACTERS.get(unicodedata.east_asian_width(each), 1) * CHARACTER
               for each in text if not unicodedata.combining(each))  # fmt: skip


_CHARACTERS = {"W": 2, "F": 2}


def _box(box: _Box) -> str:
    weight = " stroke-width='2'" if box.node.column == 0 else ""
    frame = (f"<rect x='{box.left:g}' y='{box.top:g}' width='{BOX_WIDTH}' height='{box.height:g}' rx='4' "
             f"fill='#ffffff' stroke='#000000'{weight}/>")  # fmt: skip
    x, y = box.left + PADDING, box.top + PADDING + FONT_SIZE - 2
    lines = [_text(x, y + LINE_HEIGHT * at, line) for at, line in enumerate(box.lines)]
    below = y + LINE_HEIGHT * len(box.lines)
    notes = [_text(x, below + LINE_HEIGHT * at, line, size=11, style="italic") for at, line in enumerate(box.notes)]
    return "\n".join([f"<g>{frame}", *lines, *notes, "</g>"])


def _line(source: _Box, target: _Box, link: Link) -> str:
    """Draw a curve from the left side of what drives to the right side of what is driven."""
    x1, x2 = source.left, target.left + BOX_WIDTH
    y1, y2, middle = source.middle, target.middle, (x1 + x2) / 2
    path = f"M {x1:g} {y1:g} C {middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
    return f"<path d='{path}' {_stroke(link.is_weak)}/>"


def _stroke(is_weak: bool) -> str:
    dashes = " stroke-dasharray='5 4'" if is_weak else ""
    return f"fill='none' stroke='#000000' stroke-width='{1 if is_weak else 1.6:g}'{dashes}"


def _legend(y: float) -> Iterable[str]:
    for at, (name, is_weak) in enumerate((("strong link", False), ("weak link", True))):
        x = MARGIN + at * 160
        yield f"<path d='M {x} {y - 4:g} L {x + 48} {y - 4:g}' {_stroke(is_weak)}/>"
        yield _text(x + 58, y, name, size=12)


def _text(x: float, y: float, text: str, *, size: int = FONT_SIZE, weight: str = "", style: str = "") -> str:
    more = f" font-weight='{weight}'" if weight else ""
    more += f" font-style='{style}'" if style else ""
    return f"<text x='{x:g}' y='{y:g}' {_FONT} font-size='{size}' fill='#000000'{more}>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    """Write a text such that nothing in it is markup, without characters that no XML may have."""
    clean = "".join(each if each.isprintable() else " " for each in text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        clean = clean.replace(character, entity)
    return clean
