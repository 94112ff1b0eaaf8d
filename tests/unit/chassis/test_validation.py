import pytest
from marshmallow import fields, validate

from chassis.schemas.fields import Count, Day, Email, Id, Instant, Language, Text, Unique, Zone, one_of
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
        ("text", "far too long a text", "A length from 1 to 10 is expected"),
        ("text", "   ", "can be seen"),
        ("text", "a\x00b", "cannot be stored"),
        ("text", "\ud800", "cannot be stored"),
        ("count", 1.5, "A whole number is expected"),
        ("count", "5", "A whole number is expected"),
        ("count", True, "A whole number is expected"),
        ("count", 2**63, "less than or equal to 9223372036854775807 is expected"),
        ("count", -1, "A number greater than or equal to 0"),
        ("day", "2027-02-29", "there is no 2027-02-29"),
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
    assert f"got {'true' if wrong is True else repr(wrong)}" in details[f"/{field}"]


def test_valid_data_are_taken_as_they_are() -> None:
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


def test_what_is_missing_null_or_of_another_kind_is_told_in_our_words() -> None:
    assert refused(text=None, count=None, inner=None) == dict.fromkeys(
        ("/text", "/count", "/inner"), "A value is expected, not null; got null"
    )
    assert refused(text=5, inner={}, count=[]) == {
        "/text": "A text is expected; got 5",
        "/inner": "A list is expected; got {}",
        "/count": "A whole number is expected; got []",
    }
    assert refused(inner=[7]) == {"/inner/0": "An object is expected; got 7"}
    assert refused(inner=[{}]) == {"/inner/0/size": "A value is expected; there is none."}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("pt-br", "pt-BR"), ("PT-BR", "pt-BR"), ("ZH-HANT-tw", "zh-Hant-TW"), ("EN", "en"), ("es-419", "es-419"),
        ("sr-latn", "sr-Latn"),
    ],
)  # fmt: skip
def test_a_language_tag_is_kept_in_the_case_of_rfc_5646(sent: str, kept: str) -> None:
    assert load(Everything(), {"language": sent}) == {"language": kept}


@pytest.mark.parametrize("tag", ["pt_BR", "p", "pt-B", "pt-BRA-x", "-", "pt-", "português", "en-ß\u00df"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    assert "A language tag such as" in refused(language=tag)["/language"]


class Chosen(Request):
    words = Unique(Text(longest=20), validate=validate.Length(1, 2))


def test_in_a_set_the_same_counts_once_in_whichever_form_it_is_written() -> None:
    assert load(Chosen(), {"words": ["b", "Mu\u0308ller", "b ", "M\u00fcller"]}) == {"words": ["b", "M\u00fcller"]}


def test_what_is_wrong_in_a_set_is_pointed_at_where_it_was_sent() -> None:
    with pytest.raises(InvalidFields, match="/words/2"):
        load(Chosen(), {"words": ["b", "b", "\x00"]})


def test_an_instant_on_no_day_of_the_calendar_is_told_so() -> None:
    class Meeting(Request):
        at = Instant()

    with pytest.raises(InvalidFields, match="there is no 2027-02-29"):
        load(Meeting(), {"at": "2027-02-29T12:00:00Z"})
