"""What every service answers alike: its dead letters, and who did what."""

from collections.abc import Iterator

from gateway.auth import AUDITING, INSTITUTE
from gateway.endpoints.route import CHANGING, CREATING, LISTING, SHOWING, Route

SERVICES = ("partners", "engagements", "camps", "notifications")


def dead_letters_of(service: str) -> Iterator[Route]:
    """Look at what a service gave up on, and settle it."""
    path, replays = f"/v1/dead-letters/{service}", f"/v1/dead-letter-replays/{service}"
    settled = {"replaying": f"{service}.replay_dead_letter", "discarded": f"{service}.discard_dead_letter"}
    yield Route("GET", path, INSTITUTE, LISTING, asks=f"{service}.list_dead_letters")
    yield Route("GET", f"{path}/<dead_letter_id>", INSTITUTE, SHOWING, asks=f"{service}.show_dead_letter")
    yield Route(
        "POST",
        f"{path}/<dead_letter_id>/transitions",
        INSTITUTE,
        CHANGING,
        moves=settled,
        summary="Change the state of a dead letter",
    )
    yield Route("POST", replays, INSTITUTE, CREATING, asks=f"{service}.replay_dead_letters")


def audit_of(service: str) -> Iterator[Route]:
    """Look at who did, or was refused, what."""
    yield Route("GET", f"/v1/audit-records/{service}", AUDITING, LISTING, asks=f"{service}.list_audit_records")


ROUTES = tuple(route for service in SERVICES for of in (dead_letters_of, audit_of) for route in of(service))
