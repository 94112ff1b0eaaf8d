"""Assessments on the real database: the history, what is said of it, and who sees it."""

from typing import Any

import pytest

from chassis.domain.errors import NotFound
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from chassis.schemas.operations import NeedsEveryOrganisation
from services.partners.model.assessment import Judgement, NotEachCharacteristicOnce, Verdict
from services.partners.reference import CRITERIA
from services.partners.use_cases.assessment import assess_partner
from services.partners.views.assessment import list_assessments, show_assessment
from tests.integration.partners.test_use_cases import STAFF, do, indexes, of, propose, said

__all__ = ["indexes"]
ALL_STRONG = [{"characteristic": code, "verdict": "strong", "evidence": "Seen"} for code in CRITERIA.characteristics]
NO_TESTS = {"characteristic": "desire_to_test", "verdict": "absent", "evidence": "No test in three years"}
ONE_GAP = [NO_TESTS if each["characteristic"] == "desire_to_test" else each for each in ALL_STRONG]
Answer = dict[str, Any]


def assess(store: Store, partner: Answer, judgements: list[Answer]) -> Answer:
    return do(
        store,
        assess_partner,
        partner_id=partner["id"],
        judgements=[Judgement(**{**each, "verdict": Verdict(each["verdict"])}) for each in judgements],
    )


def history(store: Store, partner: Answer) -> list[Answer]:
    asked = {"partner_id": partner["id"], "paging": Paging()}
    found: list[Answer] = do(store, list_assessments, STAFF, **asked)["items"]
    return found


def test_each_assessment_is_kept_with_its_evidence_and_its_assessor(store: Store) -> None:
    partner = propose(store)

    first, second = assess(store, partner, ONE_GAP), assess(store, partner, ALL_STRONG)

    earlier, later = history(store, partner)
    assert (earlier["judgements"], later) == (first["judgements"], second)
    assert earlier["replaced_by_id"] == second["id"]
    assert (first["assessor"], first["criteria_version"], first["assessed_on"]) == ("staff_1", 1, "2026-06-01")
    assert NO_TESTS | {"confidence": None} in first["judgements"]
    seen_by, asked = STAFF, {"partner_id": partner["id"]}
    assert do(store, show_assessment, seen_by, **asked, assessment_id=second["id"]) == second


def test_what_is_missing_is_said_of_the_partner_without_the_evidence(store: Store) -> None:
    partner = propose(store)

    assessment = assess(store, partner, ONE_GAP)

    (row,) = said(store)
    assert (row["type"], row["subject"]) == ("partners.partner.assessed", partner["id"])
    assert row["data"] == {
        "partner_id": partner["id"], "criteria_version": 1, "assessed_on": "2026-06-01", "gaps": ["desire_to_test"],
        "assessment_id": assessment["id"], "round": 1,
    }  # fmt: skip


def test_half_an_assessment_is_none(store: Store) -> None:
    partner = propose(store)

    with pytest.raises(NotEachCharacteristicOnce):
        assess(store, partner, ALL_STRONG[:6])

    assert (history(store, partner), said(store)) == ([], [])


def test_the_institute_assesses_and_only_it_sees_assessments(store: Store) -> None:
    partner = propose(store)
    assessment = assess(store, partner, ONE_GAP)
    seen_by, asked = of(partner), {"partner_id": partner["id"]}

    with pytest.raises(NeedsEveryOrganisation):
        do(store, assess_partner, of(partner), partner_id=partner["id"], judgements=[])
    with pytest.raises(NeedsEveryOrganisation):
        do(store, list_assessments, seen_by, **asked, paging=Paging())
    with pytest.raises(NeedsEveryOrganisation):
        do(store, show_assessment, seen_by, **asked, assessment_id=assessment["id"])


def test_an_assessment_is_not_found_with_another_partner(store: Store) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    assessment = assess(store, partner, ONE_GAP)
    seen_by, asked = STAFF, {}

    with pytest.raises(NotFound):
        do(store, show_assessment, seen_by, **asked, partner_id=other["id"], assessment_id=assessment["id"])
    with pytest.raises(NotFound):
        do(store, list_assessments, seen_by, **asked, partner_id="prt_nowhere", paging=Paging())
