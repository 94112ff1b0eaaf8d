"""Multiplies the documents of one partner under new ids to build a large data set."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import bson
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.database import Database

_ID = re.compile(rb"[a-z]{3}_[0-9a-z]{26}")
_TIME, _NUMBER = len("prt_") + 10, 7
"""An id begins with a timestamp; the first characters of its random part are replaced by the number of the copy."""
_DIGITS = b"0123456789abcdefghjkmnpqrstvwxyz"
BATCH = 5_000


def ids_in(client: MongoClient[dict[str, Any]], services: Sequence[str]) -> set[bytes]:
    """Give all ids in the databases of the services."""
    return {
        id
        for service in services
        for collection in _collections(client[service])
        for document in _raw(collection)
        for id in _ID.findall(document)
    }


def multiply(
    client: MongoClient[dict[str, Any]], services: Sequence[str], *, only: set[bytes], copies: int
) -> Mapping[str, int]:
    """Store `copies` of every document whose id contains one of `only`; gives each service's document count."""
    for service in services:
        for collection in _collections(client[service]):
            _multiply(collection, only, copies)
    return {service: _size(client[service]) for service in services}


def _multiply(collection: Collection[dict[str, Any]], only: set[bytes], copies: int) -> None:
    originals = [document for document in _raw(collection) if set(_ID.findall(_id_of(document))) & only]
    made = (_copy(document, only, number) for document in originals for number in range(1, copies + 1))
    while batch := list(islice(made, BATCH)):
        _unread(collection).insert_many(batch, ordered=False)


def _copy(document: bytes, only: set[bytes], number: int) -> RawBSONDocument:
    mark = _written(number)
    renamed = lambda found: found[0][:_TIME] + mark + found[0][_TIME + _NUMBER :] if found[0] in only else found[0]  # noqa: E731
    return RawBSONDocument(_ID.sub(renamed, document))


def _written(number: int) -> bytes:
    digits = bytearray()
    for _ in range(_NUMBER):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return bytes(reversed(digits))


def _id_of(document: bytes) -> bytes:
    return str(bson.decode(document)["_id"]).encode()


def _raw(collection: Collection[dict[str, Any]]) -> Iterator[bytes]:
    return (document.raw for document in _unread(collection).find())


def _unread(collection: Collection[dict[str, Any]]) -> Collection[Any]:
    return collection.database.get_collection(collection.name, bson.CodecOptions(document_class=RawBSONDocument))


def _collections(database: Database[dict[str, Any]]) -> Iterator[Collection[dict[str, Any]]]:
    return (database[name] for name in database.list_collection_names())


def _size(database: Database[dict[str, Any]]) -> int:
    return sum(collection.estimated_document_count() for collection in _collections(database))
