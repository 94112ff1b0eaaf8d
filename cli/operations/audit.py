"""`./partnerships audit verify`: whether a record was removed, changed or added behind the services' backs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

from chassis.audit.seals import SEALS, Verified, verify
from chassis.domain.identity import utc_now
from chassis.persistence.unit_of_work import Document
from cli.connection.datastores import Datastores, connected
from cli.connection.services import services
from cli.connection.settings import settings
from cli.local.errors import CannotStart

MOST_TOLD = 20
A_DAY = timedelta(days=1)
"""MongoDB may forget what is old enough some time later, and a setting may have been longer."""


def verified(service: str | None, *, head: str | None, as_json: bool = False) -> Iterator[str]:
    """Give a line for each service, and for each fault; raises CannotStart at the end if there is any."""
    names = [service] if service else list(services())
    if unknown := set(names) - services().keys():
        raise CannotStart(f"one of {', '.join(services())} is expected, not {', '.join(unknown)}")
    if head and not service:
        raise CannotStart("--head is of one service: name it, too")
    with connected(print_from=lambda _who, _line: None) as place:
        found = {name: _verified(place, name) for name in names}
        is_cut_off = bool(service and head and not _has_seal(place, service, head))
    faults = [f"{name}: {fault}" for name, each in found.items() for fault in each.faults]
    if is_cut_off:
        faults.append(f"{service}: seal {head} is not there: its end was cut off, or all is written anew")
    if as_json:
        yield from (json.dumps({"service": name, **asdict(each)}) for name, each in found.items())
    else:
        yield from (_summary(name, each) for name, each in found.items())
        yield from faults[:MOST_TOLD]
    if faults:
        raise CannotStart(f"{len(faults)} faults: the audit trail is not what the services wrote.")


def _verified(place: Datastores, name: str) -> Verified:
    kept = timedelta(days=settings()["AUDIT_DAYS"]) - A_DAY
    return verify(place.databases[name], kept_since=utc_now() - kept)


def _has_seal(place: Datastores, name: str, head: str) -> bool:
    number, _, digest = head.partition(":")
    seal: Document | None = place.databases[name][SEALS].find_one({"_id": int(number)}) if number.isdigit() else None
    return seal is not None and seal["digest"] == digest


def _summary(name: str, found: Verified) -> str:
    return f"{name}: {found.sealed} records in {found.seals} seals, {found.unsealed} not sealed yet; head {found.head}"
