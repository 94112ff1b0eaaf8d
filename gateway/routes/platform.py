"""The routes that every service has: dead letters, audit records, and what is kept of a person."""

from collections.abc import Iterator

from gateway.auth import ADMINISTRATION, AUDITING, INSTITUTE
from gateway.endpoints.route import Route, transitions_of

SERVICES = ("partners", "engagements", "camps", "notifications")


def dead_letters_of(service: str) -> Iterator[Route]:
    """Return the routes that list, show, replay and discard the dead letters of a service."""
    path, replays = f"/v1/dead-letters/{service}", f"/v1/dead-letter-replays/{service}"
    transitions = {"replaying": f"{service}.replay_dead_letter", "discarded": f"{service}.discard_dead_letter"}
    yield Route("GET", path, INSTITUTE, f"{service}.list_dead_letters")
    yield Route("GET", f"{path}/<dead_letter_id>", INSTITUTE, f"{service}.show_dead_letter")
    yield transitions_of(f"{path}/<dead_letter_id>", INSTITUTE, transitions, "a dead letter")
    yield Route("POST", replays, INSTITUTE, f"{service}.replay_dead_letters", creates=False)


def audit_of(service: str) -> Iterator[Route]:
    """Return the route that lists the audit records of a service."""
    yield Route("GET", f"/v1/audit-records/{service}", AUDITING, f"{service}.list_audit_records")


def exports_of(service: str) -> Iterator[Route]:
    """Return the route that shows all that a service keeps of a person."""
    yield Route("GET", f"/v1/people-exports/{service}/<person_id>", ADMINISTRATION, f"{service}.export_person")


ROUTES = tuple(route for service in SERVICES for of in (dead_letters_of, audit_of, exports_of) for route in of(service))
