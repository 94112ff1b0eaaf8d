"""Entity tags, and the conditions that clients make of them (RFC 9110, sections 8.8.3 and 13.1)."""

import pytest
from werkzeug.datastructures import Headers

from chassis.domain.faults import Fault
from gateway.http.etags import etag, expected_versions, is_current

SHA_256_OF_ABC = "ba7816bf8f01cfea"
"""How FIPS 180-2, appendix B.1, begins."""


def test_a_tag_names_the_version_and_the_representation() -> None:
    assert etag(b"abc", 3) == f'"3.{SHA_256_OF_ABC}"'


def test_what_has_no_version_is_known_by_its_representation() -> None:
    assert etag(b"abc") == f'"{SHA_256_OF_ABC}"'


@pytest.mark.parametrize(
    ("given", "version"),
    [
        ('"1"', 1),
        ('"0"', 0),
        (' "17" ', 17),
        ('"999999999999999999"', 10**18 - 1),
        (f'"3.{SHA_256_OF_ABC}"', 3),
        ('"3.0123"', 3),
        (f'"3.{SHA_256_OF_ABC}-gzip"', 3),
        (f'"3.{SHA_256_OF_ABC}--gzip"', 3),
        (f'"3.{SHA_256_OF_ABC};gzip"', 3),
        (f'"3", "3.{SHA_256_OF_ABC}"', 3),
        ('W/"4", "3"', 3),
        ('"notours", "3"', 3),
    ],
)
def test_if_match_names_the_version_that_was_seen(given: str, version: int) -> None:
    assert expected_versions(Headers({"If-Match": given})) == [version]


def test_any_of_several_versions_in_if_match_may_be_current() -> None:
    assert expected_versions(Headers({"If-Match": f'"12.{SHA_256_OF_ABC}", W/"9", "1", "2", "1"'})) == [1, 2, 12]


def test_more_versions_than_anybody_can_have_seen_are_refused() -> None:
    with pytest.raises(Fault) as refusal:
        expected_versions(Headers({"If-Match": ", ".join(f'"{version}"' for version in range(11))}))

    assert refusal.value.kind == "malformed"


def test_a_star_stands_for_whichever_version_there_is() -> None:
    assert expected_versions(Headers({"If-Match": "*"})) is None


def test_without_if_match_a_version_is_asked_for() -> None:
    with pytest.raises(Fault) as refusal:
        expected_versions(Headers())

    assert refusal.value.kind == "unconditional"


@pytest.mark.parametrize(
    "given",
    ['W/"1"', f'W/"1.{SHA_256_OF_ABC}"', '"x"', '""', '"-1"', '"1.xyz"', '"9999999999999999999"', 'W/"1", "x"'],
)
def test_a_weak_tag_and_one_that_is_none_of_ours_match_nothing(given: str) -> None:
    with pytest.raises(Fault) as refusal:
        expected_versions(Headers({"If-Match": given}))

    assert refusal.value.kind == "stale"


@pytest.mark.parametrize("given", ['W/"4"', f'W/"4.{SHA_256_OF_ABC}"', f'W/"4.{SHA_256_OF_ABC}-gzip"', 'W/"3", W/"4"'])
def test_a_tag_of_ours_that_a_proxy_made_weak_is_refused_by_that_cause_with_what_would_match(given: str) -> None:
    with pytest.raises(Fault) as refusal:
        expected_versions(Headers({"If-Match": given}))

    assert (refusal.value.kind, refusal.value.code) == ("stale", "weak_etag")
    assert given in refusal.value.message
    assert 'the version alone, as "4"' in refusal.value.message


def test_a_weak_tag_beside_a_strong_one_of_ours_is_passed_over() -> None:
    assert expected_versions(Headers({"If-Match": 'W/"4", "3"'})) == [3]


@pytest.mark.parametrize("given", ["", "1", "'1'", '"١"', '"1"x', '"1" "1"', '*, "1"', '"1', 'w/"1"'])
def test_anything_but_a_list_of_tags_is_not_understood(given: str) -> None:
    with pytest.raises(Fault) as refusal:
        expected_versions(Headers({"If-Match": given}))

    assert refusal.value.kind == "malformed"
    assert "If-Match" in str(refusal.value)


TAG = etag(b"abc", 3)


@pytest.mark.parametrize("given", [TAG, f"W/{TAG}", "*", f'"x", {TAG}', f'"3.{SHA_256_OF_ABC}-gzip"', f" {TAG} "])
def test_if_none_match_knows_this_very_representation(given: str) -> None:
    assert is_current(TAG, Headers({"If-None-Match": given}))


@pytest.mark.parametrize("given", ["", '""', '"3"', '"3.0123456789abcdef"', '"2"', "3", f"{TAG}x", SHA_256_OF_ABC])
def test_another_representation_of_the_same_version_is_another(given: str) -> None:
    assert not is_current(TAG, Headers({"If-None-Match": given}))


def test_without_if_none_match_nothing_is_known() -> None:
    assert not is_current(TAG, Headers())
