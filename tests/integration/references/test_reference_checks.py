"""Ids in bodies: every command of every service that takes one refuses what nobody ever heard of, where it stands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nameko
import pytest
from marshmallow import Schema, fields
from nameko.cli.utils.config import load_config

from chassis.persistence.unit_of_work import Store
from chassis.rpc import references
from chassis.runtime.config import flattened, validated
from chassis.schemas.fields import Id
from chassis.schemas.operations import Declared, declared
from cli.connection.services import services
from cli.connection.settings import every_section
from cli.local.parts import Parts
from gateway.routes import TABLES
from tests.service_harness import ServiceHarness

REPOSITORY = Path(__file__).resolve().parents[3]
SERVICES = services()


class Reference(NamedTuple):
    """A place in the body of a request where an id can stand, be it of the service's own thing or of another's."""

    service: str
    command: Declared
    place: tuple[str | int, ...]
    prefix: str


def in_paths() -> dict[str, set[str]]:
    """The names in the path of each operation's route; what is not there is a 404, and none of this."""
    routes = [route for table in TABLES.values() for route in table]
    return {operation: set(re.findall("<([a-z_]+)>", each.path)) for each in routes for operation in each.operations}


def ids(schema: Schema, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Id]]:
    """Every id in a request, at whatever depth."""
    for name, field in schema.fields.items():
        yield from ids_of(field, (*place, name))


def ids_of(field: fields.Field[Any], place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Id]]:
    if isinstance(field, Id):
        yield place, field
    elif isinstance(field, fields.List):
        yield from ids_of(field.inner, (*place, 0))
    elif isinstance(field, fields.Nested):
        yield from ids(field.schema, place)


def every_reference() -> Iterator[Reference]:
    elsewhere = in_paths()
    for name, service in sorted(SERVICES.items()):
        for command in map(declared, service.commands):
            for place, id in ids(command.reader):
                if place[0] not in elsewhere.get(f"{name}.{command.name}", ()):
                    yield Reference(name, command, place, id.prefix)


SHOWN_ELSEWHERE = {
    ("issue_invitation", "partner_id"): "test_an_unknown_partner_is_refused_where_it_stands",
    ("issue_invitations", "partner_ids"): "test_several_are_invited_at_once_with_a_result_for_each",
    **{
        (command, "partner_id"): "test_a_partner_speaks_for_itself_and_the_institute_for_whom_it_names"
        for command in ("accept_match", "decline_match", "reconsider_match")
    },
    **{
        (command, "partner_id"): "test_what_one_proposes_and_the_other_agrees_to_is_both_sides_to_see"
        for command in (
            "take_up_connection",
            "agree_to_connection",
            "decline_connection",
            "end_connection",
            "note_contact",
        )
    },
    ("name_sponsor", "sponsor_id"): "test_a_sponsor_is_named_on_what_was_seen_and_is_none_when_they_leave",
    ("arrange_programme", "slots"): "test_a_slot_has_a_session_of_its_camp",
    ("substitute_delegate", "person_id"): "test_a_substitute_is_somebody_whom_the_partner_has",
    ("change_delegates_by_link", "delegate_id"): "test_nobody_elses_delegate_is_changed_by_a_link",
    ("draw_driver_diagram", "drivers"): "test_a_driver_or_a_data_plan_with_a_measure_nobody_ever_heard_of_is_refused",
    ("change_cycle", "data_plan"): "test_a_driver_or_a_data_plan_with_a_measure_nobody_ever_heard_of_is_refused",
    ("receive_data_points", "batch_id"): "test_a_part_is_of_the_measure_that_its_batch_is_of",
    ("discard_data_points", "batch_id"): "test_a_part_is_of_the_measure_that_its_batch_is_of",
    ("place_promised_test", "initiative_id"): "test_in_an_initiative_nobody_ever_heard_of_nothing_promised_is_placed",
    ("plan_milestone", "evidence_rule"): "test_a_rule_about_what_nobody_ever_heard_of_is_refused_where_it_stands",
    ("propose_initiative", "aim"): "test_an_aim_tied_to_a_measure_nobody_ever_heard_of_is_refused_where_it_stands",
    ("change_initiative", "aim"): "test_an_aim_tied_to_a_measure_nobody_ever_heard_of_is_refused_where_it_stands",
}
"""References that are looked at only once others are known, by the test in `tests/integration` that shows them."""
REFERENCES = [each for each in every_reference() if (each.command.name, each.place[0]) not in SHOWN_ELSEWHERE]


def request_with(reference: Reference, id: str) -> dict[str, Any]:
    """The example of a request, with this id in that place."""
    asked = {name: example(field) for name, field in reference.command.reader.fields.items() if field.required}
    name, *below = reference.place
    shown = example(reference.command.reader.fields[str(name)])
    return asked | {str(name): placed(shown, below, id)}


def placed(shown: Any, below: list[str | int], id: str) -> Any:
    """An example with an id at a place inside of it."""
    if not below:
        return id
    step, *further = below
    if isinstance(step, int):
        return [placed((shown or [None])[0], further, id)]
    return {**(shown or {}), step: placed((shown or {}).get(step), further, id)}


def example(field: fields.Field[Any]) -> Any:
    """What the description shows for a field, or the first of its choices."""
    shown = field.metadata.get("examples") or getattr(field.validate, "choices", None)
    return shown[0] if shown else [example(field.inner)] if isinstance(field, fields.List) else None


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda it: f"{it.command.name}-{it.place[0]}")
def test_what_nobody_ever_heard_of_is_refused_where_it_stands(
    reference: Reference, store: Store, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "sleep", lambda _: None)
    unknown = f"{reference.prefix}_nobody"
    with nameko.config.patch(settings(parts)):
        service = ServiceHarness(SERVICES[reference.service], store)
        service.inject_dependencies()

        fault = service.call(reference.command.name, **request_with(reference, unknown))["fault"]

    (wrong,) = fault["fields"]
    assert (fault["code"], wrong["code"]) == ("unknown_reference", "unknown")
    assert wrong["pointer"] in {pointer(reference.place), *others_needed(reference)}
    assert wrong["pointer"] != pointer(reference.place) or unknown in fault["message"]


def pointer(place: tuple[str | int, ...]) -> str:
    return "".join(f"/{step}" for step in place)


def others_needed(reference: Reference) -> set[str]:
    """The other places of the request that must hold an id, of which the examples are known to nobody either."""
    required = {name for name, field in reference.command.reader.fields.items() if field.required}
    mine = [each for each in REFERENCES if each.command is reference.command and each.place != reference.place]
    return {pointer(each.place) for each in mine if each.place[0] in required}


def settings(parts: Parts) -> dict[str, Any]:
    given = {"AMQP_URI": parts.amqp_uri, "MONGO_URI": parts.mongo_uri, "SMTP_URI": parts.smtp_uri}
    given["LINK_SECRET"] = "a secret of these references alone"
    with (REPOSITORY / "config.yml").open() as file:
        return validated(flattened(load_config(file)) | given, every_section())


def test_what_is_shown_elsewhere_is_there() -> None:
    sources = "".join(path.read_text() for path in (REPOSITORY / "tests" / "integration").rglob("test_*.py"))

    assert [name for name in SHOWN_ELSEWHERE.values() if f"def {name}(" not in sources] == []


def test_the_references_are_found() -> None:
    found = {(each.service, each.command.name, each.place[0]) for each in REFERENCES}

    assert found >= {
        ("engagements", "activate_engagement", "lead_coach_id"),
        ("engagements", "plan_milestone", "owner_id"),
        ("engagements", "schedule_coaching", "coach_id"),
        ("engagements", "schedule_coaching", "milestone_id"),
        ("engagements", "plan_milestone", "engagement_id"),
        ("partners", "add_person", "partner_id"),
        ("partners", "move_person", "partner_id"),
    }
