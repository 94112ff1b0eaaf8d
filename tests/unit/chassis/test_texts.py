"""Which texts are taken, and how they are stored."""

import pytest

from chassis.schemas.fields import Line, Text
from chassis.schemas.messages import Request
from chassis.schemas.validation import InvalidFields, load


class Written(Request):
    line = Line(longest=20)
    text = Text(longest=20)


@pytest.mark.parametrize("member", ["line", "text"])
@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("  Bellin Health ", "Bellin Health"),
        ("\u00a0Bellin Health\u3000", "Bellin Health"),
        ("Mu\u0308ller", "M\u00fcller"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("مریم\u200cالسادات", "مریم\u200cالسادات"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
    ],
)
def test_a_text_is_stored_in_normalisation_form_c_without_white_space_at_its_ends(
    member: str, sent: str, stored: str
) -> None:
    assert load(Written(), {member: sent}) == {member: stored}


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\t", "\u2028", "\u2029"])
def test_only_text_of_several_lines_has_line_breaks_and_tabs(break_: str) -> None:
    sent = f"Evil{break_}Bcc: x@y.z"

    assert load(Written(), {"text": sent}) == {"text": sent}
    with pytest.raises(InvalidFields, match="One line of text"):
        load(Written(), {"line": sent})


@pytest.mark.parametrize("member", ["line", "text"])
@pytest.mark.parametrize("control", ["\x01", "\x1b", "\x7f", "\x85", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_no_text_has_controls_or_what_turns_its_direction(member: str, control: str) -> None:
    with pytest.raises(InvalidFields, match=f"without U\\+{ord(control):04X}"):
        load(Written(), {member: f"Bellin{control}Health"})


@pytest.mark.parametrize("member", ["line", "text"])
@pytest.mark.parametrize(
    "blank",
    [
        " ", "\u3000", "\u200b", "\u200d\u200c", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u180e", "\u3164",
        "\uffa0", "\u115f", "\u2800", "\ufe0f", "\ufff9", "\U000e0041", "\U0001d173", "\u200e \u200f",
    ],
)  # fmt: skip
def test_a_text_has_something_that_can_be_seen(member: str, blank: str) -> None:
    with pytest.raises(InvalidFields, match="can be seen"):
        load(Written(), {member: blank})


def test_a_text_is_measured_as_it_was_sent() -> None:
    with pytest.raises(InvalidFields, match="from 1 to 20"):
        load(Written(), {"line": "x" * 20 + " "})
