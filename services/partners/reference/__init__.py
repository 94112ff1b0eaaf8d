"""Cited data, read once: continents of countries, criteria of assessments, issues of partners, what makes no twin."""

import json
from importlib import resources

from services.partners.model.assessment import Criteria
from services.partners.model.organisation.issue import IssueTaxonomy


def _continents() -> dict[str, str]:
    text = resources.files(__package__).joinpath("continents.json").read_text(encoding="utf-8")
    continents = json.loads(text)["continents"]
    return {country: continent for continent, countries in continents.items() for country in countries}


CONTINENT_OF = _continents()
"""Country (ISO 3166-1 alpha-2) → continent, such as `europe`."""


def _criteria() -> tuple[int, dict[int, Criteria]]:
    written = json.loads(resources.files(__package__).joinpath("criteria.json").read_text(encoding="utf-8"))
    versions = {
        each["version"]: Criteria(
            version=each["version"], characteristics=tuple(one["code"] for one in each["characteristics"])
        )
        for each in written["versions"]
    }
    return written["in_force"], versions


_IN_FORCE, CRITERIA_OF = _criteria()
"""Version → the criteria of that version; an assessment keeps the version that it was made with."""
CRITERIA = CRITERIA_OF[_IN_FORCE]
"""The criteria in force."""


def _issues() -> tuple[int, dict[int, IssueTaxonomy]]:
    written = json.loads(resources.files(__package__).joinpath("issues.json").read_text(encoding="utf-8"))
    versions = {
        each["version"]: IssueTaxonomy(
            version=each["version"], meanings={one["code"]: one["means"] for one in each["issues"]}
        )
        for each in written["versions"]
    }
    return written["in_force"], versions


_ISSUES_IN_FORCE, ISSUES_OF = _issues()
"""Version → the taxonomy of issues of that version; an issue keeps the version that it was said with."""
ISSUES = ISSUES_OF[_ISSUES_IN_FORCE]
"""The taxonomy of issues in force."""


def _without_meaning() -> tuple[frozenset[str], frozenset[str]]:
    written = json.loads(resources.files(__package__).joinpath("inquiry_twins.json").read_text(encoding="utf-8"))
    return frozenset(written["legal_forms"]), frozenset(written["public_mail_domains"])


LEGAL_FORMS, PUBLIC_MAIL_DOMAINS = _without_meaning()
"""What two names of one organisation can differ in, and the domains that say nothing of whose an address is."""
