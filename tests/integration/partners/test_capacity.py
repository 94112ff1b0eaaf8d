"""How many partners the programme carries, on the real database: one above that is refused, of two at once too."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from structlog.testing import capture_logs

from chassis.domain.causation import Cause
from chassis.persistence.unit_of_work import Store
from services.partners.service import PartnersService
from services.partners.use_cases.candidacy.capacity import keep_to_capacity
from tests.service_harness import Answer, ServiceHarness

TERM = {"term_starts_on": "2026-07-01", "term_ends_on": "2029-06-30", "reasons": ["The will is there"]}


class ProgrammeHarness(ServiceHarness):
    """Partners with a programme that carries so many, and regions that want to be in it."""

    def __init__(self, store: Store) -> None:
        super().__init__(PartnersService, store)

    def carries_at_most(self, capacity: int) -> list[Any]:
        """As each process says when it starts; gives what it logs."""
        with capture_logs() as logged:
            keep_to_capacity(self.store, capacity, cause=Cause(correlation_id="req_start"))
        return list(logged)

    def proposed(self, name: str) -> str:
        described = {"name": name, "country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region",
                     "scope_level": "regional", "focus_areas": ["safer_care"]}  # fmt: skip
        partner_id = str(self.command("propose_partner", **described)["id"])
        leader = {"name": "Åsa Påhittad", "email": "asa@region.example", "role": "leader", "language": "sv"}
        self.command("add_person", partner_id=partner_id, zone="Europe/Stockholm", **leader)
        return partner_id

    def tried(self, operation: str, partner_id: str, **said: Any) -> Answer:
        return self.call(operation, partner_id=partner_id, version=None, **said)

    def candidate(self, name: str) -> str:
        asked = {"partner_id": self.proposed(name), "reasons": ["Leaders with the will"]}
        return str(self.command("become_candidate", **asked)["id"])

    def of(self, candidate_id: str) -> Answer:
        return self.command("show_candidate", candidate_id=candidate_id)

    def admit(self, candidate_id: str) -> Answer:
        answer = self.tried("admit_partner", self.of(candidate_id)["partner_id"], **TERM)
        self.hear_its_own()
        return answer

    def candidate_does(self, operation: str, candidate_id: str, **said: Any) -> Answer:
        return self.command(operation, candidate_id=candidate_id, version=None, **said)

    def in_order(self) -> list[str]:
        return [each["id"] for each in self.command("show_waiting_list")["candidates"]]

    def next_told(self) -> list[str]:
        return [each["subject"] for each in self.published("partners.candidacy.place_free")]

    def departs(self, partner_id: str) -> None:
        self.tried("depart_partner", partner_id, reason="Its term is over")
        self.hear_its_own()

    def admitted(self, name: str) -> str:
        partner_id = self.proposed(name)
        assert "ok" in self.tried("admit_partner", partner_id, **TERM)
        return partner_id


@pytest.fixture
def programme(store: Store) -> ProgrammeHarness:
    return ProgrammeHarness(store)


def test_an_admission_above_the_capacity_is_refused_until_another_has_departed(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(2)
    departing, resting, third = programme.admitted("A"), programme.admitted("B"), programme.proposed("C")
    programme.tried("pause_partner", resting, reason="An election")

    refused = programme.tried("admit_partner", third, **TERM)["fault"]
    assert (refused["kind"], refused["code"]) == ("conflict", "programme_is_full")
    assert "carries 2 partners, and 2 is its capacity" in refused["message"]

    programme.tried("depart_partner", departing, reason="Its term is over")
    assert programme.tried("admit_partner", third, **TERM)["ok"]["state"] == "admitted"


def test_of_two_admissions_at_once_one_gets_the_last_place(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(2)
    programme.admitted("A")
    both = [programme.proposed("B"), programme.proposed("C")]

    with ThreadPoolExecutor() as at_once:
        answers = list(at_once.map(lambda each: programme.tried("admit_partner", each, **TERM), both))

    assert sorted(answer.get("fault", {}).get("code", "admitted") for answer in answers) == [
        "admitted", "programme_is_full"
    ]  # fmt: skip


def test_a_capacity_below_what_is_carried_is_said_and_nobody_leaves(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(3)
    for name in "ABC":
        programme.admitted(name)

    (said,) = programme.carries_at_most(2)

    assert (said["event"], said["carried"], said["capacity"]) == ("programme_over_capacity", 3, 2)
    assert said["log_level"] == "warning"
    reach = programme.command("show_reach")
    assert (reach["partners"], reach["partners_at_most"]) == (3, 2)
    assert programme.carries_at_most(0) == []
    assert programme.admitted("D")


def test_who_waits_is_admitted_in_turn_and_each_place_stays_on_record(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(1)
    first_in = programme.admitted("A")
    one, two, three = (programme.candidate(name) for name in "BCD")
    assert programme.next_told() == []

    programme.candidate_does("move_candidate", three, place=1, reason="The only one of its continent")
    assert programme.in_order() == [three, one, two]
    programme.departs(first_in)
    assert programme.next_told() == [three]
    assert programme.admit(one)["fault"]["code"] == "place_is_anothers"
    assert programme.tried("admit_partner", programme.proposed("E"), **TERM)["fault"]["code"] == "place_is_anothers"
    assert programme.admit(three)["ok"]["state"] == "admitted"

    assert programme.in_order() == [one, two]
    assert programme.of(three)["state"] == "admitted"
    assert [(each["place"], each["because"], each["about_id"]) for each in programme.of(one)["places"]] == [
        (1, "joined", one), (2, "moved", three), (1, "admitted", three)
    ]  # fmt: skip
    shown = programme.command("show_waiting_list")
    assert (shown["partners"], shown["partners_at_most"], shown["places_free"]) == (1, 1, 0)


def test_a_place_that_is_free_is_told_once_and_anew_when_it_was_taken(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(1)
    first_in = programme.admitted("A")
    one, two = programme.candidate("B"), programme.candidate("C")

    programme.departs(first_in)
    programme.carries_at_most(1)
    assert programme.next_told() == [one]
    programme.candidate_does("withdraw_candidate", one, reason="Its board wants to wait")
    assert programme.next_told() == [one, two]
    programme.candidate_does("reinstate_candidate", one, reason="Its board does not")

    assert programme.in_order() == [one, two]
    assert programme.next_told() == [one, two, one]
    assert programme.of(two)["place_free_since"] is None


def test_a_capacity_that_is_raised_gives_places_to_those_who_wait_first(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(1)
    programme.admitted("A")
    waiting = [programme.candidate(name) for name in "BCD"]

    programme.carries_at_most(3)

    assert programme.next_told() == waiting[:2]
    programme.carries_at_most(0)
    assert programme.next_told() == waiting


def test_a_partner_waits_once_and_only_where_it_must(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(2)
    region = programme.proposed("A")
    asked = {"partner_id": region, "reasons": ["Leaders with the will"]}
    assert programme.call("become_candidate", **asked)["fault"]["code"] == "nobody_needs_to_wait"
    for name in "BC":
        programme.admitted(name)

    with ThreadPoolExecutor() as at_once:
        answers = list(at_once.map(lambda _: programme.call("become_candidate", **asked), range(2)))

    assert sorted(answer.get("fault", {}).get("code", "waits") for answer in answers) == ["candidate_already", "waits"]
    assert len(programme.in_order()) == 1


def test_a_partner_sees_its_own_place_and_nothing_of_the_list(programme: ProgrammeHarness) -> None:
    programme.carries_at_most(1)
    programme.admitted("A")
    one, two = programme.candidate("B"), programme.candidate("C")
    lead = {"subject": "lead", "organisation": programme.of(two)["partner_id"], "roles": ["partner_lead"]}
    other = programme.of(one)["partner_id"]

    assert programme.call("show_candidacy", lead, partner_id=lead["organisation"])["ok"]["place"] == 2
    assert programme.call("show_candidacy", lead, partner_id=other)["fault"]["kind"] == "not_found"
    assert programme.call("show_waiting_list", lead)["fault"]["kind"] == "forbidden"
    assert programme.call("show_candidate", lead, candidate_id=two)["fault"]["kind"] == "forbidden"
