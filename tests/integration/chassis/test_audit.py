"""The audit trail of a service: written with the change or beside the refusal, and never written over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from chassis.audit.quota import REFUSALS_A_MINUTE
from chassis.audit.records import AuditRecords, Outcome, limit_of, record_counted
from chassis.domain.scope import PLATFORM
from chassis.persistence import indexes
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.runtime.preparation import indexes_of
from tests.integration.chassis.audited_notes import ANNA, CAUSE, OTHER, STAFF, Asking, NotesService


@pytest.fixture
def ask(store: Store) -> Iterator[Asking]:
    return Asking(store)


@pytest.fixture
def note_id(ask: Asking) -> str:
    return str(ask("write", text="Åsa said it", key="first")["ok"]["id"])


class TestChanges:
    def test_who_made_a_change_is_recorded_with_versions_and_names_and_no_values(
        self, ask: Asking, note_id: str
    ) -> None:
        ask("rewrite", note_id=note_id, version=1, text="Bo said it")

        written, rewritten = ask.trail()
        assert written["changes"] == [{"id": note_id, "before": 0, "after": 1, "fields": ["owner", "text"]}]
        assert rewritten["changes"] == [{"id": note_id, "before": 1, "after": 2, "fields": ["text"]}]
        assert rewritten | {"id": "", "changes": [], "at": "", "updated_at": ""} == {
            "id": "", "version": 1, "updated_at": "", "at": "", "subject": "anna", "organisation": "org_1",
            "roles": ["editor"], "token_id": "tok_1", "operation": "notes.rewrite", "outcome": "done",
            "resources": [note_id], "changes": [], "code": None, "detail": None, "request_id": "req_rewrite",
            "address": None, "times": 1, "first_at": None, "last_at": None, "last_address": None,
            "last_request_id": None, "entered_as_history": False,
        }  # fmt: skip
        assert "said it" not in repr((written, rewritten))

    def test_a_repeat_of_a_command_is_no_second_change(self, ask: Asking, note_id: str) -> None:
        ask("write", text="Åsa said it", key="first")

        assert len(ask.trail()) == 1

    def test_a_change_that_is_undone_leaves_the_refusal_alone(self, ask: Asking, note_id: str) -> None:
        ask("rewrite", note_id=note_id, version=1, text="too much")

        (refused,) = ask.trail(outcome=Outcome.REFUSED)
        assert (refused["code"], refused["changes"]) == ("conflict", [])
        assert len(ask.trail(outcome=Outcome.DONE)) == 1
        assert ask("show", note_id=note_id)["ok"]["version"] == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("who", "operation", "arguments", "code"),
        [
            (OTHER, "show", {}, "not_found"),
            (OTHER, "rewrite", {"version": 1, "text": "Mine"}, "not_found"),
            (ANNA, "rewrite", {"version": 7, "text": "Later"}, "stale"),
            (ANNA, "rewrite", {"version": 1, "text": "too much"}, "conflict"),
            (ANNA, "rewrite", {"version": 1, "text": "  ", "colour": "secret"}, "invalid_fields"),
        ],
    )
    def test_what_is_refused_is_recorded_with_its_code(
        self, ask: Asking, note_id: str, who: dict[str, Any], operation: str, arguments: Any, code: str
    ) -> None:
        fault = ask(operation, who=who, note_id=note_id, **arguments)["fault"]

        (refused,) = ask.trail(outcome=Outcome.REFUSED)
        assert fault["code"] == refused["code"] == code
        assert (refused["subject"], refused["resources"]) == (who["subject"], [note_id])
        assert "secret" not in repr(refused)

    def test_a_flood_of_refusals_is_counted_and_does_not_fill_the_trail(self, ask: Asking) -> None:
        for _ in range(REFUSALS_A_MINUTE + 5):
            ask("show", note_id="nte_nowhere")

        assert len(ask.trail(subject="anna", limit=100)) == REFUSALS_A_MINUTE

    def test_a_flood_is_no_cloak_each_kind_of_what_was_tried_is_in_the_trail(self, ask: Asking) -> None:
        for number in range(REFUSALS_A_MINUTE):
            ask("show", note_id=f"nte_{number}")
        for hidden in ("nte_first", "nte_between", "nte_last"):
            ask("rewrite", who={**ANNA, "address": "192.0.2.7"}, note_id=hidden, version=1, text="Mine")
        ask("show", note_id="nte_600")

        record_counted(ask.store, at_once=True)

        rewrites, shows = ask.trail(subject="anna", sort="-id", limit=2)[::-1]
        assert (rewrites["operation"], rewrites["code"], rewrites["times"]) == ("notes.rewrite", "not_found", 3)
        assert rewrites["resources"] == ["nte_first", "nte_last"]
        assert rewrites["first_at"] <= rewrites["last_at"] <= rewrites["at"]
        assert (rewrites["address"], rewrites["last_address"]) == ("192.0.2.7", "192.0.2.7")
        assert (shows["operation"], shows["times"], shows["resources"]) == ("notes.show", 1, ["nte_600"])

    def test_a_key_used_for_something_else_is_recorded(self, ask: Asking, note_id: str) -> None:
        ask("write", text="Another", key="first")

        assert [record["code"] for record in ask.trail(outcome=Outcome.REFUSED)] == ["command_id_reused"]

    def test_of_what_somebody_sent_only_what_has_the_form_of_an_id_is_kept(self, ask: Asking) -> None:
        for sent in ("Åsa, 7 Main Street", "nte_" + "x" * 200, {"$ne": ""}, None):
            ask("show", note_id=sent)

        assert [record["resources"] for record in ask.trail(outcome=Outcome.REFUSED)] == [[], [], [], []]

    def test_a_refusal_is_answered_where_it_cannot_be_recorded(self, ask: Asking) -> None:
        away: MongoClient[Any] = MongoClient("mongodb://127.0.0.1:1", serverSelectionTimeoutMS=50)
        gone = Store(
            service="notes", database=away["none"], clock=ask.store.clock, new_id=lambda p: f"{p}_1", envelope_fields={}
        )

        service = NotesService()
        vars(service)["store"] = gone
        fault = service.show(arguments={}, scope=ANNA, cause={"correlation_id": "req_1"})["fault"]
        away.close()

        assert fault["code"] == "invalid_fields"
        (counted,) = limit_of(gone).take(at_once=True)  # recorded when it can be
        assert (counted.kind.operation, counted.times) == ("notes.show", 1)

    def test_one_at_the_door_is_recorded_by_the_service_it_was_meant_for(self, ask: Asking) -> None:
        last = {"last_at": "2026-06-01T09:00:07.000Z", "last_request_id": "req_9", "last_address": "192.0.2.9"}
        told = {"operation": "notes.show", "code": "role_missing", "about": ["nte_7"], "times": 3, **last}

        ask("record_refusal", who=OTHER, **told)

        (refused,) = ask.trail()
        assert (refused["subject"], refused["operation"], refused["resources"]) == ("bo", "notes.show", ["nte_7"])
        assert (refused["outcome"], refused["code"], refused["times"]) == ("refused", "role_missing", 3)
        assert refused["request_id"] == "req_record_refusal"
        assert {name: refused[name] for name in last} == last


class TestReadsOfPersonalData:
    def test_who_reads_what_is_about_a_person_is_recorded_with_whom_they_read_of(
        self, ask: Asking, note_id: str
    ) -> None:
        ask("show_author", note_id=note_id)

        (read,) = ask.trail(outcome=Outcome.READ)
        assert (read["subject"], read["organisation"], read["operation"]) == ("anna", "org_1", "notes.show_author")
        assert (read["resources"], read["request_id"]) == ([note_id, "per_1"], "req_show_author")
        assert "Åsa" not in repr(read)

    def test_of_a_list_everybody_who_is_on_the_page(self, ask: Asking) -> None:
        ask("list_authors")

        (read,) = ask.trail(outcome=Outcome.READ)
        assert read["resources"] == ["per_1", "per_2"]

    def test_what_is_about_nobody_is_read_without_a_record(self, ask: Asking, note_id: str) -> None:
        ask("show", note_id=note_id)

        assert ask.trail(outcome=Outcome.READ) == []

    def test_nobody_gets_what_cannot_be_recorded(self, ask: Asking, note_id: str) -> None:
        ask.store.database.command("collMod", AuditRecords.collection, validator={"outcome": {"$ne": "read"}})
        try:
            assert ask("show_author", note_id=note_id)["fault"]["code"] == "database_unavailable"
        finally:
            ask.store.database.command("collMod", AuditRecords.collection, validator={})


class TestReading:
    def test_one_of_an_organisation_sees_what_its_own_people_did(self, ask: Asking, note_id: str) -> None:
        ask("show", who=OTHER, note_id=note_id)
        ask("rewrite", who=STAFF, note_id=note_id, version=1, text="Ours")

        assert [record["subject"] for record in ask.trail(ANNA)] == ["anna"]
        assert [record["subject"] for record in ask.trail(OTHER)] == ["bo"]
        assert [record["subject"] for record in ask.trail(STAFF)] == ["anna", "bo", "cy"]
        assert ask.trail(OTHER, organisation="org_1") == []

    def test_it_is_found_by_who_where_what_and_how_it_ended(self, ask: Asking, note_id: str) -> None:
        ask("show", who=OTHER, note_id=note_id)
        ask("write", who=STAFF, text="Another")

        def found(**where: Any) -> list[str]:
            return [record["subject"] for record in ask.trail(**where)]

        assert found(subject="bo") == ["bo"]
        assert found(organisation="*") == ["cy"]
        assert found(resource=note_id) == ["anna", "bo"]
        assert found(outcome="refused") == ["bo"]
        assert found(sort="-id") == ["cy", "bo", "anna"]

    def test_it_is_found_by_when(self, ask: Asking, note_id: str) -> None:
        at = ask.store.clock()

        assert len(ask.trail(since=at.isoformat())) == 1
        assert ask.trail(since=(at + timedelta(milliseconds=1)).isoformat()) == []


class TestNothingIsTakenBack:
    def test_a_record_is_not_stored_again(self, ask: Asking, note_id: str) -> None:
        before = ask.trail()

        def rewrite(uow: UnitOfWork) -> None:
            (record,) = AuditRecords(uow).each({}, scope=PLATFORM)
            record.subject = "somebody else"
            AuditRecords(uow).save(record)

        with pytest.raises(TypeError, match="never changed"):
            ask.store.transact(rewrite, cause=CAUSE)
        assert ask.trail() == before

    def test_a_record_is_not_replaced_by_another_of_its_id(self, ask: Asking, note_id: str) -> None:
        (id,) = (record["id"] for record in ask.trail())

        def add_again(uow: UnitOfWork) -> None:
            AuditRecords(uow).add(AuditRecords(uow).get(id, scope=PLATFORM))

        with pytest.raises(Exception, match="duplicate key"):
            ask.store.transact(add_again, cause=CAUSE)

    @pytest.mark.parametrize("days", [30, 1096])
    def test_it_is_kept_as_long_as_the_settings_say_and_they_may_change(self, store: Store, days: int) -> None:
        indexes.apply(store.database, indexes_of([], audit_days=7))

        indexes.apply(store.database, indexes_of([], audit_days=days))

        kept = store.database[AuditRecords.collection].index_information()["kept"]
        assert kept["expireAfterSeconds"] == days * 86400
        assert kept["key"] == [("at", 1)]
