from chassis.persistence.changes import Change, Changes

READ = {"_id": "nte_1", "version": 3, "text": "old", "owner": "org_1", "sequence": 5}


def test_what_is_new_has_no_version_before_and_all_its_fields() -> None:
    changes = Changes()

    changes.was_stored("notes", {"_id": "nte_1", "version": 1, "text": "new", "sequence": 1, "cause": {}})

    assert list(changes) == [Change(id="nte_1", before=0, after=1, fields=["text"])]


def test_of_what_is_changed_only_the_fields_that_differ_are_named() -> None:
    changes = Changes()
    changes.was_read("notes", READ)

    changes.was_stored("notes", {**READ, "version": 4, "text": "Åsa moved to 7 Main Street", "sequence": 6})

    assert list(changes) == [Change(id="nte_1", before=3, after=4, fields=["text"])]
    assert "Åsa" not in repr(list(changes))


def test_what_is_stored_twice_is_one_change_from_how_it_was_first() -> None:
    changes = Changes()
    changes.was_read("notes", READ)
    changes.was_stored("notes", {**READ, "version": 4, "text": "between"})
    changes.was_read("notes", {**READ, "version": 4, "text": "between"})

    changes.was_stored("notes", {**READ, "version": 5, "owner": "org_2", "text": "between"})

    assert list(changes) == [Change(id="nte_1", before=3, after=5, fields=["owner", "text"])]


def test_things_of_two_kinds_may_have_the_same_id() -> None:
    changes = Changes()

    for collection in ("notes", "places"):
        changes.was_stored(collection, {"_id": "x_1", "version": 1, "text": collection})

    assert [change.id for change in changes] == ["x_1", "x_1"]


def test_what_is_only_read_is_no_change() -> None:
    changes = Changes()

    changes.was_read("notes", READ)

    assert list(changes) == []
