"""Assessments on the real database: the history, what is said of it, and who sees it."""

from typing import Any

import pytest

from chassis.domain.errors import NotFound
from chassis.persistence.unit_of_work import Store
from services.partners import use_cases, views
from services.partners.model.assessment import NotEachCharacteristicOnce, SeenByTheInstitute
from services.partners.model.partner import DecidedByTheInstitute
from services.partners.reference import CRITERIA
from tests.integration.partners.test_use_cases import CAUSE, STAFF, do, indexes, of, propose, said

__all__ = ["indexes"]
ALL_STRONG = [{"characteristic": code, "verdict": "strong", "evidence": "Seen"} for code in CRITERIA.characteristics]
NO_TESTS = {"characteristic": "desire_to_test", "verdict": "absent", "evidence": "No test in three years"}
ONE_GAP = [NO_TESTS if each["characteristic"] == "desire_to_test" else each for each in ALL_STRONG]
Answer = dict[str, Any]


def assess(store: Store, partner: Answer, judgements: list[Answer]) -> Answer:
    return do(store, use_cases.assess_partner, partner_id=partner["id"], judgements=judgements)


def history(store: Store, partner: Answer) -> list[Answer]:
    asked = {"partner_id": partner["id"], "limit": 20, "cursor": None}
    found: list[Answer] = views.list_assessments(work=store.reading(cause=CAUSE), scope=STAFF, **asked)["items"]
    return found


def test_each_assessment_is_kept_with_its_evidence_and_its_assessor(store: Store) -> None:
    partner = propose(store)

    first, second = assess(store, partner, ONE_GAP), assess(store, partner, ALL_STRONG)

    assert history(store, partner) == [first, second]
    assert (first["assessor"], first["criteria_version"], first["assessed_on"]) == ("staff_1", 1, "2026-06-01")
    assert NO_TESTS in first["judgements"]
    reading = {"work": store.reading(cause=CAUSE), "scope": STAFF, "partner_id": partner["id"]}
    assert views.show_assessment(**reading, assessment_id=second["id"]) == second


def test_what_is_missing_is_said_of_the_partner_without_the_evidence(store: Store) -> None:
    partner = propose(store)

    assess(store, partner, ONE_GAP)

    (row,) = said(store)
    assert (row["type"], row["subject"]) == ("partners.partner.assessed", partner["id"])
    assert row["data"] == {
        "partner_id": partner["id"], "criteria_version": 1, "assessed_on": "2026-06-01", "gaps": ["desire_to_test"],
    }  # fmt: skip


def test_half_an_assessment_is_none(store: Store) -> None:
    partner = propose(store)

    with pytest.raises(NotEachCharacteristicOnce):
        assess(store, partner, ALL_STRONG[:6])

    assert (history(store, partner), said(store)) == ([], [])


def test_the_institute_assesses_and_only_it_sees_assessments(store: Store) -> None:
    partner = propose(store)
    assessment = assess(store, partner, ONE_GAP)
    reading = {"work": store.reading(cause=CAUSE), "scope": of(partner), "partner_id": partner["id"]}

    with pytest.raises(DecidedByTheInstitute):
        do(store, use_cases.assess_partner, of(partner), partner_id=partner["id"], judgements=ALL_STRONG)
    with pytest.raises(SeenByTheInstitute):
        views.list_assessments(**reading, limit=20, cursor=None)
    with pytest.raises(SeenByTheInstitute):
        views.show_assessment(**reading, assessment_id=assessment["id"])


def test_an_assessment_is_not_found_with_another_partner(store: Store) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    assessment = assess(store, partner, ONE_GAP)
    reading = {"work": store.reading(cause=CAUSE), "scope": STAFF}

    with pytest.raises(NotFound):
        views.show_assessment(**reading, partner_id=other["id"], assessment_id=assessment["id"])
    with pytest.raises(NotFound):
        views.list_assessments(**reading, partner_id="prt_nowhere", limit=20, cursor=None)
