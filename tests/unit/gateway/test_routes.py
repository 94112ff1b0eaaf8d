"""The table of routes: complete, and nothing for nobody."""

import re
from itertools import chain

import pytest
from marshmallow import Schema

from chassis.runtime.service import operations
from chassis.schemas.fields import Version
from chassis.schemas.messages import PageRequest
from chassis.schemas.operations import declared
from cli.connection.services import services
from dev.generated import roles_table
from gateway.auth import EVERYBODY, Role
from gateway.endpoints.endpoint import Endpoint
from gateway.endpoints.route import Route
from gateway.pages.public_pages import PUBLIC_ROUTES
from gateway.routes import (
    camps,
    candidates,
    connections,
    engagements,
    faculty,
    inquiries,
    notifications,
    pages,
    partners,
    platform,
)
from gateway.service import GatewayService

OF_PARTNERS = (*partners.ROUTES, *candidates.ROUTES, *inquiries.ROUTES, *faculty.ROUTES, *connections.ROUTES)
OF_SERVICES = (*OF_PARTNERS, *engagements.ROUTES, *camps.ROUTES, *notifications.ROUTES)
ROUTES = (*OF_SERVICES, *pages.ROUTES, *platform.ROUTES)
INSTITUTE = {"institute_admin", "programme_staff"}
COACHES = INSTITUTE | {"faculty"}
IMPROVERS = INSTITUTE | {"faculty", "partner_lead", "partner_editor"}
ANSWERING = INSTITUTE | {"partner_lead", "partner_editor"}
WHO_MAY_CHANGE = {
    "POST /v1/partners": INSTITUTE,
    "POST /v1/partners/<partner_id>/transitions": INSTITUTE,
    "PATCH /v1/partners/<partner_id>": INSTITUTE,
    "POST /v1/partners/<partner_id>/assessments": INSTITUTE,
    "POST /v1/partners/<partner_id>/assessments/<assessment_id>/transitions": INSTITUTE,
    "POST /v1/partners/<partner_id>/fit/decisions": INSTITUTE,
    "POST /v1/candidates": INSTITUTE,
    "POST /v1/candidates/<candidate_id>/transitions": INSTITUTE,
    "POST /v1/inquiries": EVERYBODY,
    "PATCH /v1/partners/<partner_id>/leadership": INSTITUTE,
    "POST /v1/inquiries/<inquiry_id>/notes": INSTITUTE,
    "POST /v1/inquiries/<inquiry_id>/transitions": INSTITUTE,
    "POST /v1/faculty": INSTITUTE,
    "PATCH /v1/faculty/<faculty_member_id>": INSTITUTE,
    "POST /v1/faculty/<faculty_member_id>/transitions": INSTITUTE,
    "POST /v1/faculty-requests": ANSWERING,
    "POST /v1/faculty-requests/<faculty_request_id>/transitions": ANSWERING,
    "POST /v1/faculty-requests/<faculty_request_id>/decisions": INSTITUTE,
    "POST /v1/connections": ANSWERING,
    "POST /v1/connection-suggestions": INSTITUTE,
    "POST /v1/connections/<connection_id>/contacts": ANSWERING,
    "POST /v1/connections/<connection_id>/transitions": ANSWERING,
    "POST /v1/people": INSTITUTE,
    "PATCH /v1/people/<person_id>": INSTITUTE,
    "POST /v1/people/<person_id>/transitions": INSTITUTE,
    "POST /v1/people/<person_id>/erasures": {"institute_admin"},
    "POST /v1/engagements/<engagement_id>/transitions": INSTITUTE,
    "POST /v1/milestones": IMPROVERS,
    "POST /v1/milestones/<milestone_id>/transitions": IMPROVERS,
    "POST /v1/measures": IMPROVERS,
    "POST /v1/measures/<measure_id>/transitions": IMPROVERS,
    "POST /v1/measures/<measure_id>/data-points": IMPROVERS,
    "POST /v1/measures/<measure_id>/data-point-batches": IMPROVERS,
    "POST /v1/data-points/<data_point_id>/transitions": IMPROVERS,
    "POST /v1/initiatives": IMPROVERS,
    "PATCH /v1/initiatives/<initiative_id>": IMPROVERS,
    "PATCH /v1/initiatives/<initiative_id>/driver-diagram": IMPROVERS,
    "POST /v1/initiatives/<initiative_id>/transitions": IMPROVERS,
    "POST /v1/pdsa-cycles": IMPROVERS,
    "PATCH /v1/pdsa-cycles/<cycle_id>": IMPROVERS,
    "POST /v1/pdsa-cycles/<cycle_id>/transitions": IMPROVERS,
    "POST /v1/promised-tests/<commitment_id>/transitions": IMPROVERS,
    "POST /v1/coaching-sessions": COACHES,
    "POST /v1/coaching-sessions/<session_id>/transitions": COACHES,
    "POST /v1/follow-ups/<follow_up_id>/transitions": COACHES,
    "POST /v1/camps": INSTITUTE,
    "POST /v1/camp-drafts": INSTITUTE,
    "PATCH /v1/camps/<camp_id>": INSTITUTE,
    "POST /v1/camps/<camp_id>/transitions": INSTITUTE,
    "POST /v1/invitations": INSTITUTE,
    "POST /v1/invitation-batches": INSTITUTE,
    "POST /v1/invitations/<invitation_id>/transitions": INSTITUTE,
    "POST /v1/invitations/<invitation_id>/answers": ANSWERING,
    "POST /v1/industry-lessons": ANSWERING,
    "PATCH /v1/industry-lessons/<lesson_id>": ANSWERING,
    "POST /v1/industry-lessons/<lesson_id>/transitions": ANSWERING,
    "POST /v1/asks": ANSWERING,
    "PATCH /v1/asks/<ask_id>": ANSWERING,
    "POST /v1/asks/<ask_id>/transitions": ANSWERING,
    "POST /v1/offers": ANSWERING,
    "PATCH /v1/offers/<offer_id>": ANSWERING,
    "POST /v1/offers/<offer_id>/transitions": ANSWERING,
    "POST /v1/matches": INSTITUTE,
    "POST /v1/matches/<match_id>/transitions": ANSWERING,
    "PATCH /v1/programmes/<programme_id>": INSTITUTE,
    "POST /v1/programmes/<programme_id>/transitions": INSTITUTE,
    "PATCH /v1/delegates/<delegate_id>/availability": ANSWERING,
    "POST /v1/sessions": ANSWERING,
    "PATCH /v1/sessions/<session_id>": ANSWERING,
    "POST /v1/sessions/<session_id>/transitions": ANSWERING,
    "POST /v1/sessions/<session_id>/decisions": INSTITUTE,
    "POST /v1/experiences": ANSWERING,
    "PATCH /v1/experiences/<experience_id>": ANSWERING,
    "POST /v1/experiences/<experience_id>/transitions": ANSWERING,
    "POST /v1/experiences/<experience_id>/decisions": INSTITUTE,
    "POST /v1/commitments": ANSWERING,
    "PATCH /v1/commitments/<commitment_id>": ANSWERING,
    "POST /v1/commitments/<commitment_id>/transitions": ANSWERING,
    "POST /v1/guests": INSTITUTE,
    "PATCH /v1/guests/<guest_id>": INSTITUTE,
    "POST /v1/delegates": ANSWERING,
    "PATCH /v1/delegates/<delegate_id>": ANSWERING,
    "POST /v1/delegates/<delegate_id>/transitions": ANSWERING,
    "POST /v1/delegates/<delegate_id>/needs": ANSWERING,
    "POST /v1/attendance-batches": INSTITUTE,
    "POST /v1/attendances/<attendance_id>/transitions": INSTITUTE,
}


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


ASKED_BY_THE_GATEWAY = {"engagements.show_assignment", "partners.show_employer"}
"""What it asks for itself, to know whom faculty may see, and who has moved to another partner."""


def answered(service: str) -> set[str]:
    """Every operation that a service lists."""
    listed = (*services()[service].commands, *services()[service].queries)
    return {f"{service}.{declared(each).name}" for each in listed}


def schema_of(operation: str) -> type[Schema]:
    """What a service reads for an operation."""
    service, _, verb = operation.partition(".")
    (asked,) = [each.reads for each in operations(services()[service]) if each.name == verb]
    return asked


def test_every_route_is_served() -> None:
    entrypoints = chain.from_iterable(getattr(each, "nameko_entrypoints", ()) for each in vars(GatewayService).values())
    served = [each.route for each in entrypoints if isinstance(each, Endpoint)]

    assert sorted(map(name, served)) == sorted(map(name, ROUTES))


def test_no_two_routes_are_the_same() -> None:
    assert len({name(route) for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_every_route_names_roles_and_only_known_ones(route: Route) -> None:
    assert route.roles
    assert route.roles <= set(Role)


EXPORTS = [route for route in platform.ROUTES if route.path.startswith("/v1/people-exports/")]


@pytest.mark.parametrize("route", EXPORTS, ids=name)
def test_all_that_is_kept_of_a_person_is_for_administrators_alone(route: Route) -> None:
    assert (route.method, set(route.roles)) == ("GET", {"institute_admin"})


DEAD_LETTERS = [route for route in platform.ROUTES if route.path.startswith("/v1/dead-letters/")]
NEEDS = [route for route in OF_SERVICES if route.path == "/v1/camps/<camp_id>/needs"]
"""What people cannot eat, and what they need to take part, is for the organisers alone."""
AUDIT = [route for route in platform.ROUTES if route.path.startswith("/v1/audit-records/")]


@pytest.mark.parametrize("route", AUDIT, ids=name)
def test_the_audit_trail_is_for_administrators_auditors_and_partner_leads(route: Route) -> None:
    assert (route.method, set(route.roles)) == ("GET", {"institute_admin", "auditor", "partner_lead"})


@pytest.mark.parametrize("route", DEAD_LETTERS, ids=name)
def test_dead_letters_are_for_the_institute_alone(route: Route) -> None:
    assert set(route.roles) == INSTITUTE


@pytest.mark.parametrize("route", OF_SERVICES, ids=name)
def test_everybody_reads_and_only_those_concerned_change(route: Route) -> None:
    read_by = INSTITUTE if route in NEEDS else EVERYBODY
    expected = read_by if route.method == "GET" else WHO_MAY_CHANGE[name(route)]

    assert set(route.roles) == set(expected)


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_an_auditor_and_an_integrator_change_nothing(route: Route) -> None:
    assert route.method == "GET" or route.is_public or not {Role.AUDITOR, Role.INTEGRATOR} & route.roles


@pytest.mark.parametrize(
    "route",
    [each for each in ROUTES if each.method == "GET" and each not in [*DEAD_LETTERS, *NEEDS, *EXPORTS]],
    ids=name,
)
def test_an_auditor_reads_everything_but_dead_letters_and_what_people_need(route: Route) -> None:
    assert Role.AUDITOR in route.roles


def test_the_table_of_who_may_do_what_is_as_the_routes_are() -> None:
    assert roles_table.TABLE.read_text(encoding="utf-8") == roles_table.written()


@pytest.mark.parametrize(
    "row",
    [
        # written by hand, so that a mistake in the table is not in its own proof
        "| `GET /v1/milestones/<milestone_id>` | `engagements.show_milestone` | yes | yes | yes | yes | yes | yes | yes | yes |",  # noqa: E501
        "| `POST /v1/milestones/<milestone_id>/transitions` to `reached` | `engagements.reach_milestone` | yes | yes | yes | yes | yes |  |  |  |",  # noqa: E501
        "| `POST /v1/partners` | `partners.propose_partner` | yes | yes |  |  |  |  |  |  |",
    ],
)
def test_the_table_has_a_row_for_every_operation(row: str) -> None:
    assert row in roles_table.written().splitlines()


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_a_route_with_several_operations_has_a_summary_of_its_own(route: Route) -> None:
    assert bool(route.summary) == (not route.operation)


def test_every_role_can_do_something() -> None:
    assert {role for route in ROUTES for role in route.roles} == set(Role)


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_a_path_is_a_plural_in_kebab_case_and_no_verb(route: Route) -> None:
    collection = "|".join(
        f"(dead-letters|dead-letter-replays|audit-records|people-exports)/{service}" for service in sorted(services())
    )

    below = (
        r"transitions|page|coaches|seats|attendance|needs|waitlist|harvest|answers|decisions|erasures|why|matches|"
        r"data-points|data-point-batches|further-messages|run-chart(\.svg)?|"
        r"seat-moves|equity-gaps(\.svg)?|driver-diagram(\.svg)?|conflicts|programme|availability|"
        r"leadership|"
        r"assessments(/<[a-z_]+_id>(/transitions)?)?|fit(/decisions)?|changes|timeline|term|proposed-objectives|"
        r"earlier-inquiries|notes|contacts"
    )

    assert re.fullmatch(
        rf"/v1/({collection}|(portfolio|network)\.svg|[a-z-]+)(/<[a-z_]+_id>(/({below}))?)?", route.path
    )


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_only_routes_of_transitions_answers_and_decisions_choose_among_operations(route: Route) -> None:
    assert bool(route.transitions) == route.path.endswith(("_id>/transitions", "/answers", "/decisions", "/erasures"))


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_a_route_has_one_operation_or_transitions_or_parts_to_aggregate(route: Route) -> None:
    assert [bool(route.operation), bool(route.transitions), bool(route.aggregates)].count(True) == 1


@pytest.mark.parametrize("route", pages.ROUTES, ids=name)
def test_a_page_is_read_by_everybody_and_aggregates_queries_only(route: Route) -> None:
    verbs = {operation.partition(".")[2].partition("_")[0] for operation in route.operations}

    assert (route.method, route.roles) == ("GET", EVERYBODY)
    assert verbs <= {"show", "list"}


@pytest.mark.parametrize("route", OF_SERVICES, ids=name)
def test_what_creates_a_resource_answers_201(route: Route) -> None:
    answers_otherwise = bool(route.transitions) or route.is_public or route.path.endswith(("-batches", "/needs"))
    creates = route.method == "POST" and not answers_otherwise

    assert route.status == (201 if creates else 200)


@pytest.mark.parametrize("service", sorted(services()))
def test_every_operation_of_every_service_has_a_route_and_every_route_an_operation(service: str) -> None:
    routed = {
        operation
        for route in (*OF_SERVICES, *pages.ROUTES, *PUBLIC_ROUTES)
        for operation in route.operations
        if operation.startswith(f"{service}.")
    }

    assert routed == answered(service) - ASKED_BY_THE_GATEWAY | {f"{service}.list_transitions"}


@pytest.mark.parametrize("route", platform.ROUTES, ids=name)
def test_every_service_has_the_operations_of_the_platforms_routes(route: Route) -> None:
    for operation in route.operations:
        service, _, verb = operation.partition(".")

        assert verb in {each.name for each in operations(services()[service])}


def test_every_service_has_the_same_routes_of_the_platform() -> None:
    served = {service: [r.path for r in platform.ROUTES if f"/{service}" in r.path] for service in services()}

    assert {len(paths) for paths in served.values()} == {len(platform.ROUTES) // len(served)}


@pytest.mark.parametrize("route", OF_SERVICES, ids=name)
def test_a_path_speaks_of_things_by_the_names_their_service_uses(route: Route) -> None:
    in_path = set(re.findall(r"<([a-z_]+)>", route.path))
    for operation in route.operations:
        assert in_path <= set(schema_of(operation)().fields)


@pytest.mark.parametrize("route", [route for route in OF_SERVICES if route.needs_if_match], ids=name)
def test_what_is_changed_can_be_looked_at_and_has_a_version(route: Route) -> None:
    (showing,) = [each for each in OF_SERVICES if (each.method, each.path) == ("GET", route.resource_path)]

    assert showing.operation
    for operation in route.operations:
        assert isinstance(schema_of(operation)().fields["version"], Version)


@pytest.mark.parametrize("route", [route for route in OF_SERVICES if ".list_" in route.operation], ids=name)
def test_every_list_has_pages_orders_and_what_changed_since(route: Route) -> None:
    assert issubclass(schema_of(route.operation), PageRequest)
