"""How charts look: on paper, in black and white, and for who sees few colours. Shapes and words carry the meaning."""

from typing import Any

from services.engagements.analysis.verdict import Meaning

Look = dict[str, Any]
"""How something is drawn, in the words of matplotlib."""
INK, PALE, FAINT, RULE = "#222222", "#5c5c5c", "#a8a8a8", "#d9d9d9"
COLOURS = {Meaning.IMPROVEMENT: "#0068a8", Meaning.CONCERN: "#c04a00", Meaning.NEUTRAL: "#6a3d9a"}
SHAPES = {Meaning.IMPROVEMENT: "D", Meaning.CONCERN: "s", Meaning.NEUTRAL: "^"}
"""Diamonds, squares and triangles, in the notation of matplotlib."""
DASHES: Look = {
    "centre": "-",
    "extended": (0, (7, 3)),
    "limit": (0, (4, 2)),
    "target": (0, (6, 2, 1, 2)),
    "phase": (0, (2, 2)),
    "annotation": ":",
}
TITLE, TEXT, SMALL = 14.0, 9.0, 8.0
"""Sizes of type, in points."""
WIDTH, MARGIN = 780.0, 24.0
"""In points: of a page of A4 that lies on its side, within its margins."""
LEFT, RIGHT, NARROW_RIGHT = 62.0, 104.0, 78.0
"""For the scale, and for the names of lines; for these where several plots stand beside each other."""
MATPLOTLIB: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "partnerships",  # ids are the same each time
    "text.parse_math": False,  # $ is a dollar
    "axes.unicode_minus": False,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same widths on every machine
    "font.size": SMALL,
    "axes.edgecolor": PALE,
    "axes.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "path.simplify": True,
}
