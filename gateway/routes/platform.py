"""What every service answers alike: its dead letters, for the institute's staff."""

from collections.abc import Iterator

from gateway.auth import AUDITING, INSTITUTE
from gateway.route import CHANGING, CREATING, LISTING, SHOWING, Route

SERVICES = ("partners", "engagements", "camps", "notifications")


def dead_letters_of(service: str) -> Iterator[Route]:
    """Look at what a service gave up on, and settle it."""
    path = f"/v1/dead-letters/{service}"
    settled = {"replaying": f"{service}.replay_dead_letter", "discarded": f"{service}.discard_dead_letter"}
    yield Route("GET", path, AUDITING, LISTING, asks=f"{service}.list_dead_letters")
    yield Route("GET", f"{path}/<dead_letter_id>", AUDITING, SHOWING, asks=f"{service}.show_dead_letter")
    yield Route("POST", f"{path}/<dead_letter_id>/transitions", INSTITUTE, CHANGING, moves=settled)
    yield Route("POST", f"{path}/replays", INSTITUTE, CREATING, asks=f"{service}.replay_dead_letters")


ROUTES = tuple(route for service in SERVICES for route in dead_letters_of(service))
