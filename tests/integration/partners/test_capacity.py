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
