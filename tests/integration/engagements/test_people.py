"""What engagements keeps of people, heard in any order."""

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from services.engagements.model.person import Person
from services.engagements.repository.engagement import People
from tests.integration.engagements.harness import EngagementsHarness

DESCRIBED = {"person_id": "per_1", "partner_id": "prt_1", "role": "leader", "zone": "Europe/Stockholm"}
LEFT = {"person_id": "per_1", "partner_id": "prt_1", "left_on": "2026-05-01"}


def kept(engagements: EngagementsHarness) -> Person:
    """The copy of `per_1`."""
    return People(engagements.store.reading(cause=Cause(correlation_id="test"))).get("per_1", scope=PLATFORM)


def test_a_person_is_kept_as_they_were_described_last(engagements: EngagementsHarness) -> None:
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Påhittad", sequence=1)
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Lindqvist", sequence=2)

    person = kept(engagements)
    assert (person.name, person.role, person.partner_id, person.zone) == (
        "Åsa Lindqvist", "leader", "prt_1", "Europe/Stockholm",
    )  # fmt: skip
    assert person.is_present


def test_that_somebody_left_is_kept_also_when_it_is_heard_before_who_they_are(engagements: EngagementsHarness) -> None:
    engagements.hear("keep_departure", **LEFT, sequence=2)
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Påhittad", sequence=1)

    person = kept(engagements)
    assert (person.name, person.is_present) == ("Åsa Påhittad", False)


def test_who_returns_may_be_named_again(engagements: EngagementsHarness) -> None:
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Påhittad", sequence=1)
    engagements.hear("keep_departure", **LEFT, sequence=2)
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Påhittad", sequence=3)

    assert kept(engagements).is_present


def test_who_is_erased_stays_so_whatever_is_heard_later(engagements: EngagementsHarness) -> None:
    engagements.hear("forget_person", **LEFT, sequence=3)
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Påhittad", email="asa@region.example", sequence=1)
    engagements.hear("keep_departure", **LEFT, sequence=2)

    person = kept(engagements)
    assert (person.name, person.email, person.is_present) == ("erased", "per_1@erased.example", False)


def test_who_is_erased_was_known_and_is_no_more(engagements: EngagementsHarness) -> None:
    engagements.hear("keep_person", **DESCRIBED, name="Åsa Påhittad", email="asa@region.example", sequence=1)
    engagements.hear("forget_person", **LEFT, sequence=3)

    person = kept(engagements)
    assert (person.name, person.email, person.is_present) == ("erased", "per_1@erased.example", False)
