"""Partners and people that show only what matters to a test."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.partners.events.connection import ConnectionReason
from services.partners.model.candidacy.candidate import Candidate
from services.partners.model.connection.connection import Connection, ConnectionKind, Doing
from services.partners.model.faculty.faculty_member import FacultyMember, Provenance
from services.partners.model.faculty.faculty_request import FacultyRequest
from services.partners.model.inquiry.inquirer import Inquirer
from services.partners.model.inquiry.inquiry import Determination, Inquiry, InquiryPeriods
from services.partners.model.inquiry.inquiry_lifecycle import Outcome
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.model.partner import Partner
from services.partners.model.partner_terms import Admission
from services.partners.model.person import Person
from services.partners.model.role import Role


def a_partner(**shown: Any) -> Partner:
    """A proposed partner in Sweden."""
    usual: dict[str, Any] = {
        "id": "prt_1",
        "name": "Region Jönköping County",
        "place": "Sweden",
        "country": "SE",
        "subdivision": None,
        "continent": "europe",
        "zone": "Europe/Stockholm",
        "language": "sv",
        "kind": "region",
        "scope_level": ScopeLevel.REGIONAL,
        "focus_areas": ["safer_care"],
    }
    return Partner.propose(**{**usual, **shown})


def an_admission(**shown: Any) -> Admission:
    """A yes for three years."""
    usual: dict[str, Any] = {
        "decided_by": "staff_1",
        "decided_on": date(2025, 12, 1),
        "reasons": ["Leaders with the will to transform care"],
        "term_starts_on": date(2026, 1, 1),
        "term_ends_on": date(2028, 12, 31),
    }
    return Admission(**{**usual, **shown})


def a_person(**shown: Any) -> Person:
    """A leader of a partner."""
    usual: dict[str, Any] = {
        "id": "per_1",
        "partner_id": "prt_1",
        "name": "Åsa Påhittad",
        "email": "asa@jonkoping.example",
        "role": Role.LEADER,
        "language": "sv",
        "zone": "Europe/Stockholm",
        "at": datetime(2026, 1, 5, 9, tzinfo=UTC),
    }
    return Person.join(**{**usual, **shown})


PERIODS = InquiryPeriods(answer=timedelta(days=10), kept=timedelta(days=180))
RECEIVED_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def an_inquirer(**shown: Any) -> Inquirer:
    """Somebody of a region who asks."""
    usual: dict[str, Any] = {"name": "Åsa Påhittad", "email": "asa@skane.example", "role": None}
    said = {**usual, **shown}
    return Inquirer(address=said["email"].lower(), **said)


def an_inquiry(**shown: Any) -> Inquiry:
    """A region's inquiry of 1 June, to be answered within ten days."""
    usual: dict[str, Any] = {
        "id": "inq_1",
        "organisation": "Region Skåne",
        "country": "SE",
        "website": None,
        "inquirer": an_inquirer(),
        "language": "sv",
        "message": "We want to make care safer.",
        "focus_areas": ["safer_care"],
        "population": 1_400_000,
        "known_as": ["name SE region skane"],
        "earlier_ids": [],
        "periods": PERIODS,
        "at": RECEIVED_AT,
    }
    return Inquiry.receive(**{**usual, **shown})


def a_determination(**shown: Any) -> Determination:
    """Not yet, said on the day of the inquiry."""
    usual: dict[str, Any] = {
        "outcome": Outcome.ALMOST,
        "reason": "Leaders are about to change",
        "answer": "Please ask us again in a year.",
        "by": "staff_1",
        "at": RECEIVED_AT,
    }
    return Determination(**{**usual, **shown})


NOMINATED_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def a_provenance(**shown: Any) -> Provenance:
    """Put forward by one of the staff on 1 June, a leader of partner `prt_1`."""
    usual: dict[str, Any] = {"nominated_by": "staff_1", "reason": "She teaches others", "at": NOMINATED_AT,
                             "partner_id": "prt_1"}  # fmt: skip
    return Provenance(**{**usual, **shown})


def a_faculty_member(**shown: Any) -> FacultyMember:
    """Nominated for safer care, in Swedish."""
    usual: dict[str, Any] = {"id": "fac_1", "person": a_person(), "topics": ["safer_care"], "languages": ["sv"],
                             "zone": "Europe/Stockholm", "provenance": a_provenance()}  # fmt: skip
    return FacultyMember.nominate(**{**usual, **shown})


def a_faculty_request(**shown: Any) -> FacultyRequest:
    """Asked by partner `prt_1`, which is in the programme, on 1 June, to be answered within ten days."""
    partner = a_partner(id=shown.pop("partner_id", "prt_1"))
    partner.admit(an_admission(), leader_ids=["per_1"], at=NOMINATED_AT)
    usual: dict[str, Any] = {"id": "frq_1", "partner": partner, "topics": ["safer_care"], "purpose": "To learn it",
                             "by": "lead_1", "at": NOMINATED_AT, "answer": timedelta(days=10)}  # fmt: skip
    return FacultyRequest.request(**{**usual, **shown})


def a_candidate(**shown: Any) -> Candidate:
    """Partner `prt_1`, which waits since 1 June, at the second place."""
    usual: dict[str, Any] = {"id": "cnd_1", "partner": a_partner(), "reasons": ["The will is there"], "place": 2,
                             "by": "staff_1", "at": NOMINATED_AT}  # fmt: skip
    return Candidate.join(**{**usual, **shown})


def doing(partner_id: str | None = None, *, today: date = date(2026, 6, 1)) -> Doing:
    """What is done for a partner, or for the institute, on 1 June unless on another day."""
    return Doing(partner_id=partner_id, by="somebody", today=today, at=RECEIVED_AT)


def a_suggested_connection(**shown: Any) -> Connection:
    """A visit that the institute suggests to two partners."""
    usual: dict[str, Any] = {
        "id": "con_1",
        "partner_ids": ["prt_b", "prt_a"],
        "kind": ConnectionKind.SITE_VISIT,
        "purpose": "To see a huddle at night",
        "reason": ConnectionReason(kind="by_hand", what="Both want huddles"),
        "doing": doing(),
    }
    return Connection.suggest(**{**usual, **shown})


def a_proposed_connection() -> Connection:
    """A visit that prt_a proposes to prt_b."""
    said: dict[str, Any] = {"kind": ConnectionKind.SITE_VISIT, "purpose": "To see a huddle at night"}
    return Connection.propose(id="con_1", with_partner_id="prt_b", doing=doing("prt_a"), **said)


def an_active_connection() -> Connection:
    """A visit on which both agreed on 1 June."""
    connection = a_proposed_connection()
    connection.agree(None, doing=doing("prt_b"))
    return connection
