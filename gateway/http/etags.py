"""Entity tags: `"<version>.<hash of the representation>"`, and what clients say with them (RFC 9110, section 13)."""

import re
from collections.abc import Iterable
from hashlib import sha256

from werkzeug.datastructures import Headers

from chassis.domain.faults import Fault

ANY = "*"
_HASH_LENGTH = 16
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_TAGS = re.compile(rf"{_TAG.pattern}(\s*,\s*{_TAG.pattern})*")
_OF_A_VERSION = re.compile(r"([0-9]{1,18})(\.[0-9a-f]+)?")
_PACKED = re.compile(r"-(gzip|br|deflate|zstd)$")
"""What a proxy adds to the tag of what it has packed."""


def etag(body: bytes, version: int | None = None) -> str:
    """Give the strong tag of a representation, which begins with the version of the thing if it has one."""
    hash = sha256(body).hexdigest()[:_HASH_LENGTH]
    return f'"{hash}"' if version is None else f'"{version}.{hash}"'


def expected_version(headers: Headers) -> int | None:
    """Give the version that `If-Match` names, None for `*`: whichever there is.

    What a tag says of the representation is of no matter: the version alone tells whether anybody was faster.
    Raises Fault `unconditional` without the header, `malformed` when it is none, and `stale` when none of its tags
    can be of any version: a weak tag never matches.
    """
    given = headers.get("If-Match")
    if given is None:
        message = 'If-Match is expected, with the ETag of what you have seen, such as "3.9f86d081884c7d65", or "3"'
        raise Fault(kind="unconditional", code="if_match_missing", message=message)
    if given.strip() == ANY:
        return None
    versions = {int(named[1]) for tag in _strong(_tags(given)) if (named := _OF_A_VERSION.fullmatch(tag))}
    if not versions:
        raise Fault(kind="stale", code="stale", message=f"If-Match: no strong ETag of ours is in {given[:80]!r}")
    if len(versions) > 1:
        raise _malformed(given)
    return versions.pop()


def is_known(tag: str, headers: Headers) -> bool:
    """Tell whether `If-None-Match` says that the client has this very representation."""
    given = headers.get("If-None-Match", "").strip()
    if not _TAGS.fullmatch(given):
        return given == ANY
    return tag.strip('"') in {_unpacked(opaque) for _, opaque in _TAG.findall(given)}


def _tags(given: str) -> list[tuple[str, str]]:
    if not _TAGS.fullmatch(given.strip()):
        raise _malformed(given)
    return _TAG.findall(given)


def _strong(tags: Iterable[tuple[str, str]]) -> list[str]:
    return [_unpacked(opaque) for weak, opaque in tags if not weak]


def _unpacked(opaque: str) -> str:
    return _PACKED.sub("", opaque)


def _malformed(given: str) -> Fault:
    message = f'If-Match: the ETag of one version, such as "3.9f86d081884c7d65" or "3", is expected; got {given[:80]!r}'
    return Fault(kind="malformed", code="malformed_header", message=message)
