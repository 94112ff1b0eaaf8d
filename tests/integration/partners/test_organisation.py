"""What is described of organisations, on the real database."""

from typing import Any

from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from services.partners.model.organisation.issue import Issue
from services.partners.use_cases.partner import change_partner
from services.partners.views.partner import list_partners, show_partner
from tests.integration.partners.test_use_cases import STAFF, add, admit, do, indexes, propose, said

__all__ = ["indexes"]
Answer = dict[str, Any]
SAFETY = Issue(issue="patient_safety", taxonomy_version=1)
NURSES = Issue(issue="other", named="Too few nurses at night", taxonomy_version=1)


def change(store: Store, partner: Answer, **changed: Any) -> Answer:
    return do(store, change_partner, partner_id=partner["id"], version=partner["version"], **changed)


def show(store: Store, partner: Answer, **asked: Any) -> Answer:
    return do(store, show_partner, STAFF, partner_id=partner["id"], **asked)


def names(store: Store, **asked: Any) -> list[str]:
    return [each["name"] for each in do(store, list_partners, STAFF, paging=Paging(), **asked)["items"]]


def test_issues_are_shown_said_by_the_admission_and_found(store: Store) -> None:
    partner = propose(store, name="Bellin Health", issues=[SAFETY, NURSES], other_languages=["es"])
    propose(store, name="Kaiser Permanente")
    add(store, partner_id=partner["id"])

    admit(store, partner)

    assert show(store, partner)["issues"] == [
        {"issue": "patient_safety", "named": None, "taxonomy_version": 1},
        {"issue": "other", "named": "Too few nurses at night", "taxonomy_version": 1},
    ]
    assert said(store)[-1]["data"]["issues"] == ["patient_safety", "Too few nurses at night"]
    assert names(store, issue="other") == ["Bellin Health"]
    assert names(store, issue="cost_of_care") == []


def test_a_change_says_which_members_are_different(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"])
    admitted = admit(store, partner)

    change(store, admitted, issues=[SAFETY], other_scope_levels=["national"], zone=admitted["zone"])

    event = said(store)[-1]
    assert (event["type"], event["data"]["changed"]) == (
        "partners.partner.profile_changed", ["issues", "other_scope_levels"],
    )  # fmt: skip
    assert event["data"]["issues"] == ["patient_safety"]
