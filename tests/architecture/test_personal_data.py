"""What is about people is marked where it is declared, so that each query that shows it is recorded."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chassis.runtime.service import operations
from chassis.schemas.operations import Declared, Kind
from cli.connection.services import services
from dev.generated.contracts import contracts

OF_EACH_SERVICE = ("list_dead_letters", "show_dead_letter", "export_person")
"""A dead letter has the data of an event, which may be a person's."""
ABOUT_PEOPLE = {
    "partners.show_person",
    "partners.list_people",
    "partners.show_inquiry",
    "partners.list_inquiries",
    "partners.show_earlier_inquiries",
    "partners.list_inquiry_messages",
    "engagements.show_coaches",
    "camps.show_delegate",
    "camps.list_delegates",
    "camps.list_needs",
    "camps.show_delegates_form",
    "camps.show_attendance",
    "camps.list_attendances",
    "camps.show_guest",
    "camps.list_guests",
    "notifications.show_delivery",
    "notifications.list_deliveries",
    "notifications.explain_delivery",
    "notifications.explain_follow_up",
}
SURELY_OF_PEOPLE = ("email", "recipient_name", "body")


def queries() -> Mapping[str, Declared]:
    listed = [(name, each) for name, service in services().items() for each in operations(service)]
    return {f"{name}.{each.name}": each for name, each in listed if each.kind is Kind.QUERY}


def members(schema: Any) -> Iterator[str]:
    """The names of all members of a JSON Schema, at whatever depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from members(each)


def test_these_queries_show_what_is_about_people_and_no_others() -> None:
    expected = ABOUT_PEOPLE | {f"{service}.{name}" for service in services() for name in OF_EACH_SERVICE}

    assert {name for name, each in queries().items() if each.is_about_people} == expected


def test_no_other_answer_has_a_mail_address_or_the_text_of_a_letter() -> None:
    others = {name for name, each in queries().items() if not each.is_about_people}

    described = {path.stem: set(members(json.loads(text).get("components"))) for path, text in contracts().items()}

    assert {name for name in others if described[name].intersection(SURELY_OF_PEOPLE)} == set()
