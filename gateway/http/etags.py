"""Entity tags `"<version>.<hash of the representation>"`, and the conditions on them (RFC 9110, section 13).

werkzeug reads the tags; it takes almost anything for a list of tags, so the syntax is checked first.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from werkzeug.datastructures import Headers
from werkzeug.http import parse_etags, quote_etag

from chassis.domain.faults import Fault

MAX_VERSIONS = 10
_HASH_LENGTH = 16
_TAG = r'(W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_CONDITION = re.compile(rf"\s*(\*|{_TAG}(\s*,\s*{_TAG})*)\s*")
_OF_A_VERSION = re.compile(r"([0-9]{1,18})(\.[0-9a-f]+)?")
_COMPRESSION = re.compile(r"(--?|;)(gzip|br|deflate|zstd)$")
"""The suffix that a compressing proxy adds to a tag."""


def etag(body: bytes, version: int | None = None) -> str:
    """Return the strong tag of a representation; it begins with the version of the resource, if it has one."""
    digest = sha256(body).hexdigest()[:_HASH_LENGTH]
    return quote_etag(digest if version is None else f"{version}.{digest}")


def expected_versions(headers: Headers) -> list[int] | None:
    """Return the versions in `If-Match`, any of which may be the present one, in their order; None for `*`.

    Only the version in a tag counts, not the hash, and weak tags never match. Raises Fault `unconditional` without the
    header, `malformed` if it is no list of tags, and `stale` if none of its tags can be one of ours: its code is
    `weak_etag` where they would be, were they strong.
    """
    given = headers.get("If-Match")
    if given is None:
        message = 'If-Match is expected, with the ETag of what you have seen, such as "3.9f86d081884c7d65", or "3"'
        raise Fault(kind="unconditional", code="if_match_missing", message=message)
    if not _CONDITION.fullmatch(given):
        raise _malformed(given)
    tags = parse_etags(given.strip())
    if tags.star_tag:
        return None
    versions = _versions(tags.as_set())
    if not versions:
        raise _none_of_ours(given, weak=_versions(tags.as_set(include_weak=True)))
    if len(versions) > MAX_VERSIONS:
        raise _malformed(given)
    return sorted(versions)


def is_current(tag: str, headers: Headers) -> bool:
    """Whether `If-None-Match` says that the client has the representation of this tag."""
    given = parse_etags(headers.get("If-None-Match", "").strip())
    return given.star_tag or tag.strip('"') in {_uncompressed(each) for each in given.as_set(include_weak=True)}


def _uncompressed(tag: str | None) -> str:
    return _COMPRESSION.sub("", tag or "")  # werkzeug reads an empty tag as None


def _versions(tags: Iterable[str | None]) -> set[int]:
    return {int(match[1]) for tag in tags if (match := _OF_A_VERSION.fullmatch(_uncompressed(tag)))}


def _none_of_ours(given: str, *, weak: set[int]) -> Fault:
    """Return the fault; who reads again through the proxy that weakened the tag would get the same one again."""
    if not weak:
        return Fault(kind="stale", code="stale", message=f"If-Match: no strong ETag of ours is in {given[:80]!r}")
    message = (
        f"If-Match: {given[:80]!r} is weak, and a weak ETag never matches (RFC 9110, 13.1.1); a proxy that compresses "
        f'makes them so. Send it without W/, or the version alone, as "{max(weak)}"'
    )
    return Fault(kind="stale", code="weak_etag", message=message)


def _malformed(given: str) -> Fault:
    message = (
        f'If-Match: up to {MAX_VERSIONS} ETags, such as "3.9f86d081884c7d65" or "3", are expected; got {given[:80]!r}'
    )
    return Fault(kind="malformed", code="malformed_header", message=message)
