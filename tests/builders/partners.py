"""Partners and people that show only what matters to a test."""

from datetime import date
from typing import Any

from services.partners.model.partner import Admission, Partner, ScopeLevel
from services.partners.model.person import Person, Role


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
    }
    return Person.join(**{**usual, **shown})
