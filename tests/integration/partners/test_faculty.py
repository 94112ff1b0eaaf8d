"""Who is faculty, on the real database: nominated once, found by what they coach about, seen by the institute alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import Store
from services.partners.service import PartnersService
from services.partners.use_cases.faculty_request import note_overdue_faculty_requests
from tests.service_harness import Answer, ServiceHarness, an_event


class FacultyHarness(ServiceHarness):
    """Partners with one of them, in Sweden, and its people."""

    def __init__(self, store: Store) -> None:
        super().__init__(PartnersService, store, faculty_answer_period=timedelta(days=10))
        self.partner_id = self.command(
            "propose_partner", name="Region Jönköping County", country="SE", zone="Europe/Stockholm", language="sv",
            kind="region", scope_level="regional", focus_areas=["safer_care"],
        )["id"]  # fmt: skip

    def person(self, name: str, language: str = "sv") -> str:
        added: Answer = self.command(
            "add_person", partner_id=self.partner_id, name=name, email=f"{name}@jonkoping.example", role="improver",
            language=language, zone="Europe/Stockholm",
        )  # fmt: skip
        return str(added["id"])

    def nominate(self, person_id: str, *topics: str, **said: Any) -> Answer:
        nomination = {"topics": list(topics) or ["safer_care"], "reason": "She teaches others", **said}
        return self.command("nominate_faculty", person_id=person_id, **nomination)

    def step(self, member: Answer, *operations: str, **said: Any) -> Answer:
        for operation in operations:
            member = self.command(
                operation, faculty_member_id=member["id"], version=member["version"], **said
            )  # fmt: skip
        return member

    def listed(self, **wanted: str) -> list[str]:
        return [each["person_id"] for each in self.command("list_faculty", **wanted)["items"]]


@pytest.fixture
def partners(store: Store) -> FacultyHarness:
    return FacultyHarness(store)


def test_the_roster_is_searched_by_state_topic_language_and_where_they_came_from(partners: FacultyHarness) -> None:
    asa, bo = partners.person("asa"), partners.person("bo", language="da")
    active = partners.nominate(asa, "safer_care", "flow", languages=["sv", "en"])
    partners.nominate(bo, "flow")
    partners.step(active, "consider_faculty", "invite_faculty", "orient_faculty", "appoint_faculty")

    assert partners.listed(state="active") == [asa]
    assert partners.listed(topic="flow") == [asa, bo]
    assert partners.listed(topic="safer_care") == [asa]
    assert partners.listed(language="da") == [bo]
    assert partners.listed(topic="flow", language="en") == [asa]
    assert partners.listed(from_partner_id=partners.partner_id) == [asa, bo]
    assert partners.listed(from_partner_id="prt_another") == []


def test_somebody_is_nominated_once_also_by_two_at_the_same_time(partners: FacultyHarness) -> None:
    asa = partners.person("asa")
    nomination = {"person_id": asa, "topics": ["safer_care"], "reason": "She teaches others"}

    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda _: partners.call("nominate_faculty", **nomination), range(2)))

    (first,) = (each["ok"] for each in answers if "ok" in each)
    (refused,) = (each["fault"] for each in answers if "fault" in each)
    assert refused["kind"] == "conflict"
    assert partners.call("nominate_faculty", **nomination)["fault"]["message"].endswith(f"{first['id']}, nominated")


def test_of_what_they_shared_it_is_known_that_a_partner_did(partners: FacultyHarness) -> None:
    shared = an_event(id="evt_1", type="camps.experience.shared", sequence=1)
    partners.react("note_sharing", shared, {"experience_id": "exp_1", "partner_id": partners.partner_id})
    asa = partners.person("asa")

    refused = partners.call(
        "nominate_faculty", person_id=asa, topics=["flow"], reason="Shared it", experience_id="exp_2"
    )
    assert refused["fault"]["fields"][0]["pointer"] == "/experience_id"
    assert partners.nominate(asa, experience_id="exp_1")["provenance"]["experience_id"] == "exp_1"


def test_a_partner_sees_nothing_of_the_roster(partners: FacultyHarness) -> None:
    partners.nominate(partners.person("asa"))
    lead = {"subject": "lead", "organisation": partners.partner_id, "roles": ["partner_lead"]}

    assert partners.call("list_faculty", lead)["fault"]["kind"] == "forbidden"


def admitted(partners: FacultyHarness) -> str:
    """The partner, in the programme."""
    leader = {"name": "Cy", "email": "cy@jonkoping.example", "role": "leader", "language": "sv"}
    partners.command("add_person", partner_id=partners.partner_id, zone="Europe/Stockholm", **leader)
    term = {"term_starts_on": "2026-07-01", "term_ends_on": "2029-06-30", "reasons": ["The will is there"]}
    version = partners.command("show_partner", partner_id=partners.partner_id)["version"]
    partners.command("admit_partner", partner_id=partners.partner_id, version=version, **term)
    return partners.partner_id


def requested(partners: FacultyHarness, scope: Answer | None = None) -> Answer:
    asked = {"partner_id": partners.partner_id, "topics": ["safer_care"], "purpose": "Our teams want to learn it"}
    made: Answer = partners.call("request_faculty", *([scope] if scope else []), **asked)["ok"]
    return made


def test_a_partner_asks_and_sees_its_own_request_and_the_institute_gives_whom_it_may(partners: FacultyHarness) -> None:
    lead = {"subject": "lead", "organisation": admitted(partners), "roles": ["partner_lead"]}
    other = {"subject": "other", "organisation": "prt_another", "roles": ["partner_lead"]}
    request = requested(partners, lead)
    way_in = ("consider_faculty", "invite_faculty", "orient_faculty", "appoint_faculty")
    theirs = partners.step(partners.nominate(partners.person("asa")), *way_in)
    coach = {"name": "Coach", "email": "coach@institute.example", "role": "coach", "language": "en",
             "zone": "Europe/London"}  # fmt: skip
    member = partners.step(partners.nominate(partners.command("add_person", **coach)["id"]), *way_in)
    asked = {"faculty_request_id": request["id"], "version": 1}

    refused = partners.call("grant_faculty_request", **asked, faculty_member_ids=[theirs["id"]])["fault"]
    assert (refused["kind"], refused["code"]) == ("conflict", "faculty_of_the_partner")
    granted = partners.command("grant_faculty_request", **asked, faculty_member_ids=[member["id"]])

    assert (granted["state"], granted["person_ids"]) == ("granted", [member["person_id"]])
    assert partners.call("list_faculty_requests", lead)["ok"]["items"] == [granted]
    assert partners.call("list_faculty_requests", other)["ok"]["items"] == []
    assert partners.call("show_faculty_access", lead)["fault"]["kind"] == "forbidden"


def test_by_the_clock_a_request_is_overdue_once_and_counted_by_partner(partners: FacultyHarness) -> None:
    admitted(partners)
    request = requested(partners)
    claims = Claims(partners.store, collection="faculty_requests", owner="test", lease_seconds=30)
    partners.it_becomes(partners.store.clock() + timedelta(days=10))

    for _ in range(2):
        note_overdue_faculty_requests(store=partners.store, claims=claims)

    (said,) = partners.published("partners.faculty_access.overdue")
    assert said["data"]["faculty_request_id"] == request["id"]
    (counted,) = partners.command("show_faculty_access")["partners"]
    assert (counted["partner_id"], counted["awaiting"], counted["overdue"]) == (partners.partner_id, 1, 1)
    assert counted["median_response_seconds"] is None
