"""Things found by the beginnings of their words, on the real database."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.documents import to_public
from chassis.persistence.queries import list_page
from chassis.persistence.search import SEARCH_WORDS
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from tests.integration.chassis.notes import Note, Notes
from tests.waiting import own_store

CAUSE = Cause(correlation_id="req_1", actor="anna")
OWNER = Scope(subject="anna", organisation="org_1")
TEXTS = ["Region Jönköping", "Region Skåne", "Jon Region", "Østfold (old)", "Bellin"]


class Findable(Notes):
    searched_by = "text"


@pytest.fixture
def filled(mongo_uri: str) -> Iterator[Store]:
    """Five notes of one organisation, and as many of another."""
    with own_store(mongo_uri) as store:
        store.database["notes"].create_indexes(Findable.all_indexes())
        for owner in ("org_1", "org_2"):
            for number, text in enumerate(TEXTS):
                keep(store, Note.write(id=f"nte_{owner}_{number}", text=text, owner=owner))
        yield store


def keep(store: Store, note: Note) -> None:
    store.transact(lambda uow: Findable(uow).save(note), cause=CAUSE)


def found(store: Store, q: str, scope: Scope = OWNER, **asked: Any) -> list[str]:
    page = list_page(Findable(store.reading(cause=CAUSE)), Paging(), scope=scope, q=q, **asked)
    return [each.text for each in page.items]


@pytest.mark.parametrize(
    ("q", "texts"),
    [
        ("jon", ["Region Jönköping", "Jon Region"]),
        ("JÖN", ["Region Jönköping", "Jon Region"]),
        ("Jo\u0308nko\u0308", ["Region Jönköping"]),
        ("reg sk", ["Region Skåne"]),
        ("skåne region", ["Region Skåne"]),
        ("ost", ["Østfold (old)"]),
        ("(old", ["Østfold (old)"]),
        ("egion", []),
        ("reg.*", ["Region Jönköping", "Region Skåne", "Jon Region"]),
        ("^", []),
    ],
)
def test_things_are_found_by_the_beginnings_of_their_words(filled: Store, q: str, texts: list[str]) -> None:
    assert found(filled, q) == texts


def test_what_is_outside_the_scope_is_not_found(filled: Store) -> None:
    assert (len(found(filled, "bellin")), len(found(filled, "bellin", PLATFORM))) == (1, 2)


def test_a_search_has_pages_orders_and_other_conditions(filled: Store) -> None:
    notes, paging = Findable(filled.reading(cause=CAUSE)), Paging(limit=4, sort="-id")

    first = list_page(notes, paging, scope=PLATFORM, q="region")
    second = list_page(notes, replace(paging, cursor=first.next_cursor), scope=PLATFORM, q="region")

    ids = [each.id for each in first.items + second.items]
    assert ids == [f"nte_{owner}_{number}" for owner in ("org_2", "org_1") for number in (2, 1, 0)]
    assert second.next_cursor is None
    assert found(filled, "region", owner="org_1", text="Jon Region") == ["Jon Region"]


def test_what_is_renamed_is_found_by_its_new_words_only(filled: Store) -> None:
    note = Findable(filled.reading(cause=CAUSE)).get("nte_org_1_4", scope=OWNER)
    note.rewrite("Gundersen")
    keep(filled, note)

    assert (found(filled, "bellin"), found(filled, "gund")) == ([], ["Gundersen"])


def test_what_was_stored_without_words_is_listed_and_found_once_it_is_stored_again(filled: Store) -> None:
    filled.database["notes"].update_one({"_id": "nte_org_1_4"}, {"$unset": {SEARCH_WORDS: ""}})

    everything = list_page(Findable(filled.reading(cause=CAUSE)), Paging(), scope=OWNER).items
    assert [each.text for each in everything] == TEXTS
    assert found(filled, "bellin") == []

    keep(filled, Findable(filled.reading(cause=CAUSE)).get("nte_org_1_4", scope=OWNER))
    assert found(filled, "bellin") == ["Bellin"]


def test_the_words_are_shown_to_nobody_and_are_no_change_of_their_own(filled: Store) -> None:
    page = list_page(Findable(filled.reading(cause=CAUSE)), Paging(), scope=OWNER, q="bellin")
    (shown,) = to_public(page)["items"]
    assert SEARCH_WORDS not in shown

    def rewrite(uow: Any) -> list[str]:
        note = Findable(uow).get("nte_org_1_4", scope=OWNER)
        note.rewrite("Gundersen")
        Findable(uow).save(note)
        (change,) = uow.changes
        fields: list[str] = change.fields
        return fields

    assert filled.transact(rewrite, cause=CAUSE) == ["text"]


def test_a_search_looks_only_at_what_has_the_word(filled: Store) -> None:
    filled.database["notes"].insert_many(
        [{"_id": f"nte_{number}", "owner": "org_3", SEARCH_WORDS: ["filler", str(number)]} for number in range(500)]
    )

    filled.database.command("profile", 2)
    found(filled, "bellin", PLATFORM)
    filled.database.command("profile", 0)

    (looked,) = filled.database["system.profile"].find({"op": "query", "ns": f"{filled.database.name}.notes"})
    assert (looked["nreturned"], looked["docsExamined"]) == (2, 2)
    assert looked["keysExamined"] < 10
