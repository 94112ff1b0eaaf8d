import pytest
from marshmallow import fields

from chassis.schemas.fields import Count, Day, Email, Id, Language, Text, Zone, one_of
from chassis.schemas.messages import Request
from chassis.schemas.validation import InvalidFields, load, shown


class Inner(Request):
    size = Count(required=True, most=5)


class Everything(Request):
    id = Id("thg")
    text = Text(longest=10)
    count = Count()
    day = Day()
    zone = Zone()
    language = Language()
    email = Email()
    colour = one_of("red", "blue")
    inner = fields.List(fields.Nested(Inner))


def refused(**sent: object) -> dict[str, str]:
    with pytest.raises(InvalidFields) as raised:
        load(Everything(), sent)
    return {field["pointer"]: field["detail"] for field in raised.value.fields}


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("id", "thg-1", "begins with thg_"),
        ("id", "oth_1", "begins with thg_"),
        ("text", "far too long a text", "Length must be between 1 and 10"),
        ("text", "   ", "can be seen"),
        ("text", "a\x00b", "cannot be stored"),
        ("text", "\ud800", "cannot be stored"),
        ("count", 1.5, "integer"),
        ("count", "5", "integer"),
        ("count", True, "integer"),
        ("count", 2**63, "less than or equal to 9223372036854775807"),
        ("count", -1, "greater than or equal to 0"),
        ("day", "2026-02-30", "A day as YYYY-MM-DD"),
        ("day", "20260201", "A day as YYYY-MM-DD"),
        ("day", "2026-W05-1", "A day as YYYY-MM-DD"),
        ("day", "1800-01-01", "1900 to 2199"),
        ("zone", "Middle/Earth", "time zone of a place"),
        ("language", "english", "language tag"),
        ("email", "nobody", "mail address"),
        ("email", "a@b.example\nBcc: c@d.example", "mail address"),
        ("colour", "green", "One of red, blue"),
    ],
)
def test_a_refusal_names_the_field_the_value_and_what_would_be_right(field: str, wrong: object, right: str) -> None:
    details = refused(**{field: wrong})

    assert set(details) == {f"/{field}"}
    assert right in details[f"/{field}"]
    assert f"got {wrong!r}" in details[f"/{field}"]


def test_what_is_right_is_taken_as_it_is() -> None:
    sent = {"text": "Jönköping", "count": 0, "zone": "Asia/Qatar", "language": "pt-BR", "email": "yaël@ihi.example"}

    assert load(Everything(), sent) == sent


def test_a_member_that_is_not_known_is_refused_by_name() -> None:
    assert refused(colou="red") == {"/colou": "Unknown field; got 'red'"}


def test_a_field_inside_a_list_is_pointed_at() -> None:
    details = refused(inner=[{"size": 1}, {"size": 9}])

    assert list(details) == ["/inner/1/size"]


def test_a_long_value_is_cut() -> None:
    (detail,) = refused(zone="x" * 10_000).values()

    assert len(detail) < 200


def test_a_body_that_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidFields, match="an object is expected, not"):
        load(Everything(), ["a"])


def test_the_first_20_errors_are_told_and_how_many_more_there_are() -> None:
    with pytest.raises(InvalidFields) as raised:
        load(Everything(), {f"unknown_{each}": "x" * 1000 for each in range(1000)})

    assert len(raised.value.fields) == 20
    assert str(raised.value).endswith("; and 980 more")
    assert len(str(raised.value)) < 20 * 200


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"b": 1, "a": [True, None]}, "{'b': 1, 'a': [True, None]}"),
        ("x" * 10**6, "'" + "x" * 78 + "…"),
        ([["x" * 10**6] * 100] * 100, "[['" + "x" * 76 + "…"),
    ],
)
def test_of_a_large_value_the_beginning_is_shown(value: object, told: str) -> None:
    assert shown(value) == told
