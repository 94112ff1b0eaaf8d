"""What a body may be, and how a bad one is named."""

import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.faults import Fault
from gateway.http import strict_json

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(SCALARS | TEXT, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=20)


def refused(body: bytes) -> Fault:
    with pytest.raises(Fault) as refusal:
        strict_json.read(body)
    assert refusal.value.kind == "malformed"
    return refusal.value


def places(body: bytes) -> list[str]:
    return [field["pointer"] for field in refused(body).fields]


@given(st.dictionaries(NAMES, VALUES))
def test_what_can_be_kept_is_read_as_it_is(members: dict[str, Any]) -> None:
    assert strict_json.read(json.dumps(members).encode()) == members
    assert strict_json.read(json.dumps(members, ensure_ascii=False).encode()) == members


@given(st.binary() | TEXT.map(str.encode))
def test_a_body_is_read_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        read = strict_json.read(body)
    except Fault as fault:
        assert fault.kind == "malformed"
    else:
        assert isinstance(read, dict)


@pytest.mark.parametrize("body", [b"", b" ", b"{", b"{'a': 1}", b'{"a": 1,}', b'{"a": 1} x', b"\xef\xbb\xbf{}"])
def test_what_is_not_json_is_named_by_line_and_column(body: bytes) -> None:
    assert "line 1, column" in str(refused(body))


def test_what_is_not_utf_8_is_named_by_its_byte() -> None:
    assert "byte 7 " in str(refused(b'{"a": "\xff"}'))


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"true"])
def test_an_object_is_expected(body: bytes) -> None:
    assert "object" in str(refused(body))


def test_a_member_given_twice_is_refused_wherever_it_is() -> None:
    assert places(b'{"a": 1, "a": 1}') == ["/a"]
    assert places(b'{"a": [{"b": 1, "c": 2, "b": 3}]}') == ["/a/0/b"]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400"])
def test_numbers_are_finite(number: bytes) -> None:
    assert places(b'{"a": {"b": ' + number + b"}}") == ["/a/b"]


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("9223372036854775807", True),
        ("-9223372036854775808", True),
        ("9223372036854775808", False),
        ("-9223372036854775809", False),
        ("9" * 5000, False),
    ],
)
def test_integers_have_at_most_64_bits(number: str, fits: bool) -> None:
    body = f'{{"a": {number}}}'.encode()

    if fits:
        assert strict_json.read(body) == {"a": int(number)}
    else:
        assert places(body) == ["/a"]


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\udc00"])
def test_text_that_no_document_can_hold_is_refused_in_values_and_names(escape: str) -> None:
    assert places(f'{{"a": "x{escape}"}}'.encode()) == ["/a"]
    assert places(f'{{"a": {{"x{escape}": 1}}}}'.encode()) == ["/a"]


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert strict_json.read(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def test_32_levels_are_read_and_33_are_not() -> None:
    assert strict_json.read(nested(32)) == json.loads(nested(32))
    assert "32 levels" in str(refused(nested(33)))


@pytest.mark.parametrize(("levels", "said"), [(1_000, "32 levels"), (100_000, "20000 values")])
def test_no_depth_of_nesting_brings_it_down(levels: int, said: str) -> None:
    assert said in str(refused(nested(levels)))
    assert refused(b'{"a":' * levels)


def test_a_list_of_1000_items_is_read_and_one_more_is_too_many() -> None:
    assert strict_json.read(items(1000))
    assert places(items(1001)) == ["/a"]
    assert "1000 items" in str(refused(items(1001)))


def items(number: int) -> bytes:
    return b'{"a": [' + b"1," * (number - 1) + b"1]}"


def nested(levels: int) -> bytes:
    return b'{"a": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_all_mistakes_are_named_at_once_but_not_thousands() -> None:
    assert places(b'{"a": NaN, "b/c": 1e999, "d~": 99999999999999999999}') == ["/a", "/b~1c", "/d~0"]
    many = refused(b'{"a": [' + b",".join([b"NaN"] * 1000) + b"]}")
    assert len(many.fields) == 20
    assert many.message.endswith("; and 980 more")


def test_a_long_value_is_cut_in_the_refusal() -> None:
    assert len(str(refused(b'{"a": ' + b"9" * 5000 + b"}"))) < 200


def members(number: int) -> bytes:
    return json.dumps({f"m{each}": each for each in range(number)}).encode()


def test_an_object_of_1000_members_is_read_and_one_more_is_too_many() -> None:
    assert strict_json.read(members(1000))
    assert places(members(1001)) == [""]
    assert "1000 members" in str(refused(members(1001)))


def test_a_body_of_20000_values_is_read_and_one_more_is_too_many() -> None:
    lists = {f"m{each}": [0] * 999 for each in range(20)}

    assert strict_json.read(json.dumps(lists).encode()) == lists
    assert "20000 values" in str(refused(json.dumps({**lists, "more": [0] * 19}).encode()))


def test_what_stands_in_texts_is_no_value() -> None:
    prose = {"a": 'One, "two", [three], {four} \\ five\\" ' * 2000}

    assert strict_json.read(json.dumps(prose).encode()) == prose


def test_a_name_of_200_characters_is_read_and_a_longer_one_is_not_repeated() -> None:
    assert strict_json.read(json.dumps({"a": {"n" * 200: 1}}).encode())
    long = refused(json.dumps({"a": {"n" * 201: 1}}).encode())
    assert [field["pointer"] for field in long.fields] == ["/a"]
    assert len(long.message) < 200


MIB = 1024 * 1024
COSTLY = {
    "members": b'{"":0' + b"".join(b',"%x":0' % each for each in range(105_000)) + b"}",
    "one member again and again": b'{"a":0' + b',"a":0' * (MIB // 6 - 2) + b"}",
    "lists": b'{"a":[[]' + b",[]" * (MIB // 3 - 4) + b"]}",
    "objects": b'{"a":[{}' + b",{}" * (MIB // 3 - 4) + b"]}",
    "lists in lists": b'{"a":[' + b",".join([b"[" + b",".join([b"[]"] * 999) + b"]"] * 330) + b"]}",
    "texts": b'{"a":[""' + b',""' * (MIB // 3 - 4) + b"]}",
    "what is no number": b'{"a":[' + b",".join([b"[" + b",".join([b"NaN"] * 999) + b"]"] * 19) + b"]}",
    "a long name": b'{"' + b"n" * (MIB - 6) + b'":0}',
    "depth": b"[" * MIB,
}


@pytest.mark.parametrize("body", COSTLY.values(), ids=COSTLY.keys())
def test_a_refusal_costs_a_small_multiple_of_what_was_sent(body: bytes) -> None:
    assert len(body) <= MIB
    started = time.process_time()
    told = refused(body)
    seconds = time.process_time() - started

    tracemalloc.start()
    refused(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(told.message) < 2000
    assert seconds < 0.5  # a body of 1 MiB kept everybody waiting for 2 seconds
    assert peak < 20 * MIB  # and took 349 MiB
