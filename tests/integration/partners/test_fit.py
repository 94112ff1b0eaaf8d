"""The fit of partners on the real database: assessed by several, agreed on, due each year, beside what was done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import INBOX, Store
from services.partners.reference import CRITERIA
from services.partners.service import PartnersService
from services.partners.use_cases.fit import note_due_assessments
from tests.service_harness import Answer, ServiceHarness, an_event

DUE = datetime(2027, 5, 31, 22, tzinfo=UTC)
"""1 June begins in Stockholm in summer: a year after the admission on 1 June 2026."""
MONTH = timedelta(days=30)


def who(subject: str) -> Answer:
    return {"subject": subject, "organisation": "*", "roles": ["programme_staff"]}


class PartnersHarness(ServiceHarness):
    """Partners with a database of its own; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store) -> None:
        super().__init__(PartnersService, store)
        described = {
            "name": "Region Jönköping County", "country": "SE", "zone": "Europe/Stockholm", "language": "sv",
            "kind": "region", "scope_level": "regional", "focus_areas": ["safer_care"],
        }  # fmt: skip
        self.partner_id = self.command("propose_partner", **described)["id"]

    def assess(self, subject: str, **otherwise: str) -> Answer:
        judged = [
            {"characteristic": code, "verdict": otherwise.get(code, "strong"), "evidence": f"Seen by {subject}",
             "confidence": "high"}
            for code in CRITERIA.characteristics
        ]  # fmt: skip
        made: Answer = self.call("assess_partner", who(subject), partner_id=self.partner_id, judgements=judged)["ok"]
        return made

    def fit(self, subject: str = "anna") -> Answer:
        shown: Answer = self.call("show_fit", who(subject), partner_id=self.partner_id)["ok"]
        return shown

    def on(self, characteristic: str, subject: str = "anna") -> Answer:
        """What is shown of one characteristic."""
        (found,) = (each for each in self.fit(subject)["characteristics"] if each["characteristic"] == characteristic)
        return found

    def agree(self, *said: tuple[str, str]) -> Answer:
        verdicts = [{"characteristic": code, "verdict": verdict, "reason": "Seen"} for code, verdict in said]
        asked = {"partner_id": self.partner_id, "version": self.fit()["version"], "verdicts": verdicts}
        return self.call("agree_on_fit", **asked)

    def admit(self) -> None:
        someone = {"name": "Åsa Påhittad", "email": "asa@jonkoping.example", "role": "leader", "language": "sv",
                   "zone": "Europe/Stockholm"}  # fmt: skip
        self.command("add_person", partner_id=self.partner_id, **someone)
        term = {"term_starts_on": "2026-07-01", "term_ends_on": "2029-06-30", "reasons": ["The will is there"]}
        self.change("admit_partner", **term)

    def change(self, operation: str, **said: Any) -> None:
        version = self.call("show_partner", partner_id=self.partner_id)["ok"]["version"]
        self.command(operation, partner_id=self.partner_id, version=version, **said)
        self.hear_its_own()

    def tick(self, at: datetime) -> None:
        self.it_becomes(at)
        claims = Claims(self.store, collection="fits", owner="test", lease_seconds=30)
        note_due_assessments(store=self.store, claims=claims, overdue_after=MONTH)

    def said(self, key: str) -> list[Answer]:
        return [each["data"] for each in self.published(f"partners.{key}")]

    def tell(self, reaction: str, type: str, sequence: int, at: str = "", **data: Any) -> None:
        """Hear an event of another service; too late, it does nothing."""
        event = an_event(id=f"evt_{reaction}_{sequence}", type=type, sequence=sequence)
        self.react(reaction, event, {"partner_id": self.partner_id, **data})


@pytest.fixture
def partners(store: Store) -> PartnersHarness:
    return PartnersHarness(store)


def test_what_two_assessors_found_stands_side_by_side_until_it_is_agreed_on(partners: PartnersHarness) -> None:
    partners.assess("anna")
    partners.assess("ben", reach="emerging")

    reach = partners.on("reach")
    assert [(each["assessor"], each["verdict"], each["confidence"], each["evidence"]) for each in reach["found"]] == [
        ("anna", "strong", "high", "Seen by anna"),
        ("ben", "emerging", "high", "Seen by ben"),
    ]
    assert (reach["levels_apart"], reach["agreed"]) == (2, None)
    assert partners.said("fit.assessors_differ")[0]["characteristics"] == ["reach"]

    assert partners.agree(("reach", "present"))["ok"]["state"] == "agreed"
    reach = partners.on("reach")
    assert (reach["agreed"], reach["reason"], partners.on("aligned_mission")["agreed"]) == ("present", "Seen", "strong")


def test_what_is_agreed_on_otherwise_than_a_year_before_is_shown(partners: PartnersHarness) -> None:
    for assessor in ("anna", "ben"):
        partners.assess(assessor, reach="strong", desire_to_test="absent")
    partners.agree()
    for assessor in ("anna", "carl"):
        partners.assess(assessor, reach="present", desire_to_test="present")
    partners.agree()

    reach, test = partners.on("reach"), partners.on("desire_to_test")
    assert (reach["before"], reach["levels_changed"]) == ("strong", -1)
    assert (test["before"], test["levels_changed"]) == ("absent", 2)
    assert partners.fit()["round"] == 2
    assert partners.said("fit.agreed")[1]["changed"] == ["reach", "desire_to_test"]


def test_what_one_assessor_found_is_sealed_from_the_others_until_theirs_is_in(partners: PartnersHarness) -> None:
    made = partners.assess("anna")
    asked = {"partner_id": partners.partner_id}

    def seen_by(subject: str) -> Answer:
        shown: Answer = partners.call("show_assessment", who(subject), assessment_id=made["id"], **asked)["ok"]
        (listed,) = partners.call("list_assessments", who(subject), **asked)["ok"]["items"][:1]
        assert listed == shown
        return shown

    assert (seen_by("ben")["judgements"], seen_by("ben")["is_sealed"]) == ([], True)
    assert partners.on("reach", "ben")["found"][0]["verdict"] is None
    assert seen_by("anna")["judgements"] == made["judgements"]
    partners.assess("ben")
    assert seen_by("ben")["judgements"] == made["judgements"]


def test_two_who_assess_at_once_are_both_heard(partners: PartnersHarness) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(partners.assess, ("anna", "ben", "carl", "dora")))

    assert {each["assessor"] for each in partners.on("reach")["found"]} == {"anna", "ben", "carl", "dora"}
    assert partners.fit()["round"] == 1


def test_nobody_agrees_on_what_was_corrected_meanwhile(partners: PartnersHarness) -> None:
    partners.assess("anna")
    partners.assess("ben")
    seen = partners.fit()["version"]
    partners.assess("ben", reach="absent")

    refused = partners.call("agree_on_fit", partner_id=partners.partner_id, version=seen, verdicts=[])

    assert refused["fault"]["kind"] == "stale"


def test_a_corrected_and_a_withdrawn_assessment_stay_on_record(partners: PartnersHarness) -> None:
    first = partners.assess("anna")
    second = partners.assess("anna", reach="absent")
    asked = {"partner_id": partners.partner_id, "assessment_id": second["id"], "version": second["version"]}

    partners.command("withdraw_assessment", **asked, reason="It was about another partner")

    kept = partners.call("list_assessments", who("anna"), partner_id=partners.partner_id)["ok"]["items"]
    assert [(each["replaced_by_id"], each["withdrawn_because"]) for each in kept] == [
        (second["id"], None),
        (None, "It was about another partner"),
    ]
    assert [each["round"] for each in (first, second)] == [1, 1]
    assert partners.fit()["round"] is None


def test_a_partner_in_the_programme_is_due_each_year_and_overdue_once(partners: PartnersHarness) -> None:
    partners.admit()
    assert partners.fit()["due_on"] == "2027-06-01"

    partners.tick(DUE - timedelta(seconds=1))
    assert partners.said("assessment.due") == []
    for at in (DUE, DUE, DUE + MONTH, DUE + 2 * MONTH):
        partners.tick(at)

    (due,) = partners.said("assessment.due")
    (overdue,) = partners.said("assessment.overdue")
    assert due["due_on"] == overdue["due_on"] == "2027-06-01"
    assert partners.fit()["noted"] == "overdue"


def test_what_is_agreed_on_in_time_is_not_overdue(partners: PartnersHarness) -> None:
    partners.admit()
    partners.tick(DUE)
    partners.assess("anna")
    partners.assess("ben")
    partners.agree()

    partners.tick(DUE + MONTH)

    assert (len(partners.said("assessment.excused")), partners.said("assessment.overdue")) == (1, [])
    assert partners.fit()["due_on"] == "2028-06-01"


@pytest.mark.parametrize("operation", ["pause_partner", "depart_partner"])
def test_of_a_partner_that_rests_or_departed_nothing_is_due(partners: PartnersHarness, operation: str) -> None:
    partners.admit()
    partners.change(operation, reason="Elections")

    partners.tick(DUE)

    assert partners.said("assessment.due") == []
    if operation == "pause_partner":
        partners.change("resume_partner")
        partners.tick(DUE)
        assert len(partners.said("assessment.due")) == 1


def test_what_a_partner_did_is_counted_once_beside_the_verdict(partners: PartnersHarness) -> None:
    partners.admit()
    of_cycle = {"cycle_id": "pds_1"}
    partners.tell("note_sharing", "camps.experience.shared", 1, experience_id="exp_1")
    partners.tell("note_sharing", "camps.experience.shared", 1, experience_id="exp_1")
    partners.tell("note_sharing", "camps.experience.shared", 2, experience_id="exp_2")
    partners.tell("note_presentation", "camps.session.confirmed", 3, session_id="ses_1")
    partners.tell("note_report", "camps.commitment.reported", 4, commitment_id="cmt_1")
    partners.tell("note_initiative", "engagements.initiative.started", 5, initiative_id="ini_1",
                  started_on="2027-07-01")  # fmt: skip
    partners.tell("note_test_begun", "engagements.pdsa.started", 6, **of_cycle, started_on="2026-07-01")
    partners.tell("note_test_completed", "engagements.pdsa.acted", 7, **of_cycle)

    def done(code: str) -> list[tuple[str, int, int]]:
        return [(each["kind"], each["year"], each["times"]) for each in partners.on(code)["done"]]

    assert done("willingness_to_share") == [
        ("commitment_reported", 0, 1), ("experience_shared", 0, 2), ("presentation_confirmed", 0, 1),
    ]  # fmt: skip
    assert done("improvement_experience") == [("initiative_started", 2, 1)]
    assert done("desire_to_test") == [("test_begun", 1, 1), ("test_completed", 0, 1)]
    assert partners.on("willingness_to_share")["found"] == [], "what was done is no verdict"


OPPOSITES = [
    ("note_sharing", "experience_id", "exp_1", "camps.experience.shared", "camps.experience.withdrawn"),
    ("note_presentation", "session_id", "ses_1", "camps.session.confirmed", "camps.session.cancelled"),
    ("note_report", "commitment_id", "cmt_1", "camps.commitment.reported", "camps.commitment.report_withdrawn"),
    ("note_initiative", "initiative_id", "ini_1", "engagements.initiative.started",
     "engagements.initiative.start_retracted"),
    ("note_test_begun", "cycle_id", "pds_1", "engagements.pdsa.started", "engagements.pdsa.cancelled"),
    ("note_test_completed", "cycle_id", "pds_1", "engagements.pdsa.acted", "engagements.pdsa.reconsidered"),
]  # fmt: skip


@pytest.mark.parametrize(("reaction", "member", "id", "done", "undone"), OPPOSITES, ids=lambda value: str(value)[-20:])
def test_what_was_taken_back_counts_no_more_in_whatever_order_it_is_heard(
    partners: PartnersHarness, reaction: str, member: str, id: str, done: str, undone: str
) -> None:
    partners.tell(reaction, undone, 2, **{member: id})
    partners.tell(reaction, done, 1, **{member: id})

    deeds = partners.store.database["deeds"]
    assert [(each["counts"], each["done_on"]) for each in deeds.find()] == [(False, None)]
    assert partners.store.database[INBOX].count_documents({"superseded": {"$ne": None}}) == 1
    partners.tell(reaction, done, 3, **{member: id})
    assert [each["counts"] for each in deeds.find()] == [True]


def test_a_test_that_is_taken_up_again_counts_if_it_had_begun(partners: PartnersHarness) -> None:
    for sequence, state in enumerate(("planned", "doing"), start=1):
        partners.tell("note_test_begun", "engagements.pdsa.restored", sequence, cycle_id="pds_1", state=state)
        assert [each["counts"] for each in partners.store.database["deeds"].find()] == [state == "doing"]
