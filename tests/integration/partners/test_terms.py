"""The terms of partners on the real database, over ten years by an injected clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import Store
from services.partners.model.term import RenewalPeriods
from services.partners.service import PartnersService
from services.partners.use_cases.fit import note_due_assessments
from services.partners.use_cases.term import tell_days_of_terms
from tests.service_harness import Answer, ServiceHarness

PERIODS = RenewalPeriods(due=timedelta(days=180), overdue=timedelta(days=60))
TERM = {"term_starts_on": "2026-06-01", "term_ends_on": "2036-05-31"}


class TermsHarness(ServiceHarness):
    """Partners with a database of its own; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store) -> None:
        super().__init__(PartnersService, store)

    def propose(self, name: str, zone: str = "Europe/Stockholm") -> str:
        described = {
            "name": name, "country": "SE", "zone": zone, "language": "sv", "kind": "region",
            "scope_level": "regional", "focus_areas": ["safer_care"],
        }  # fmt: skip
        partner_id: str = self.command("propose_partner", **described)["id"]
        leader = {"name": "Åsa Påhittad", "email": "asa@jonkoping.example", "role": "leader", "language": "sv",
                  "zone": zone}  # fmt: skip
        self.command("add_person", partner_id=partner_id, **leader)
        return partner_id

    def admit(self, name: str, zone: str = "Europe/Stockholm", **term: str) -> str:
        partner_id = self.propose(name, zone)
        self.change(partner_id, "admit_partner", reasons=["The will is there"], **{**TERM, **term})
        return partner_id

    def change(self, partner_id: str, operation: str, **said: Any) -> Answer:
        version = self.call("show_partner", partner_id=partner_id)["ok"]["version"]
        changed = self.command(operation, partner_id=partner_id, version=version, **said)
        self.hear_its_own()
        return changed

    def tick(self, at: datetime) -> None:
        self.it_becomes(at)
        terms = Claims(self.store, collection="terms", owner="test", lease_seconds=30)
        tell_days_of_terms(store=self.store, claims=terms, periods=PERIODS)
        fits = Claims(self.store, collection="fits", owner="test", lease_seconds=30)
        note_due_assessments(store=self.store, claims=fits, overdue_after=timedelta(days=30))

    def run_until(self, end: datetime) -> None:
        """Go from one instant at which something waits to the next."""
        while (at := self._next_instant()) is not None and at < end:
            self.tick(at)

    def _next_instant(self) -> datetime | None:
        waiting = [
            found["next_at"].replace(tzinfo=UTC)
            for collection in ("terms", "fits")
            for found in self.store.database[collection].find({"next_at": {"$ne": None}})
        ]
        return min(waiting, default=None)

    def days(self, key: str, partner_id: str, member: str = "on") -> list[str]:
        said = [each["data"] for each in self.published(f"partners.{key}")]
        return [each[member] for each in said if each["partner_id"] == partner_id]


@pytest.fixture
def partners(store: Store) -> TermsHarness:
    return TermsHarness(store)


def test_ten_years_of_partners_around_the_world_are_told_once_each(partners: TermsHarness) -> None:
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Asuncion", "Africa/Cairo")
    admitted = [partners.admit(f"Region {zone}", zone) for zone in zones]

    partners.run_until(datetime(2037, 1, 1, tzinfo=UTC))

    for partner_id in admitted:
        assert partners.days("term.anniversary", partner_id) == [f"{year}-06-01" for year in range(2027, 2037)]
        assert partners.days("term.renewal_due", partner_id) == ["2035-12-04"]
        assert partners.days("term.renewal_overdue", partner_id) == ["2036-04-02"]
        assert partners.days("term.ended", partner_id) == ["2036-06-01"]
        assert len(partners.days("assessment.due", partner_id, "due_on")) == 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Asuncion", "Pacific/Pago_Pago"])
def test_ten_years_in_terms_of_three_are_told_once_each_and_nothing_is_overdue(
    partners: TermsHarness, zone: str
) -> None:
    """Renewed three times, each time a week after that was due."""
    partner_id = partners.admit("Region Skåne", zone, term_ends_on="2029-05-31")
    for decided_on, until in (
        (datetime(2028, 12, 10, tzinfo=UTC), "2032-05-31"),
        (datetime(2031, 12, 11, tzinfo=UTC), "2035-05-31"),
        (datetime(2034, 12, 10, tzinfo=UTC), "2038-05-31"),
    ):
        partners.run_until(decided_on)
        partners.tick(decided_on)
        partners.change(partner_id, "renew_partner", reasons=["More to do"], term_ends_on=until)

    partners.run_until(datetime(2036, 7, 1, tzinfo=UTC))

    assert partners.days("term.anniversary", partner_id) == [f"{year}-06-01" for year in range(2027, 2037)]
    assert partners.days("term.renewal_due", partner_id) == ["2028-12-03", "2031-12-04", "2034-12-03"]
    assert partners.days("partner.renewed", partner_id, "term_starts_on") == ["2029-06-01", "2032-06-01", "2035-06-01"]
    assert partners.days("term.renewal_overdue", partner_id) == []
    assert partners.days("term.ended", partner_id) == []


def test_a_renewal_is_refused_until_it_is_due_and_then_another_term_follows(partners: TermsHarness) -> None:
    partner_id = partners.admit("Region Skåne", term_ends_on="2027-05-31")
    asked: dict[str, Any] = {"partner_id": partner_id, "reasons": ["More to do"], "term_ends_on": "2029-05-31"}
    partners.run_until(datetime(2026, 12, 1, tzinfo=UTC))
    version = partners.call("show_partner", partner_id=partner_id)["ok"]["version"]
    refused = partners.call("renew_partner", version=version, **asked)
    assert refused["fault"]["code"] == "renewal_not_due_yet"

    partners.tick(datetime(2027, 1, 4, tzinfo=UTC))
    renewed = partners.change(partner_id, "renew_partner", **{k: asked[k] for k in ("reasons", "term_ends_on")})

    assert [each["term_ends_on"] for each in renewed["renewal_decisions"]] == ["2029-05-31"]
    assert partners.days("partner.renewed", partner_id, "term_starts_on") == ["2027-06-01"]
    partners.run_until(datetime(2037, 1, 1, tzinfo=UTC))
    assert partners.days("term.renewal_due", partner_id) == ["2026-12-03", "2028-12-03"]
    assert partners.days("term.renewal_overdue", partner_id) == ["2029-04-02"]
    assert partners.days("term.anniversary", partner_id) == ["2027-06-01", "2028-06-01", "2029-06-01"]
    assert partners.days("term.ended", partner_id) == ["2029-06-01"]


def test_a_renewal_that_is_taken_back_is_open_again_and_tells_nothing_twice(partners: TermsHarness) -> None:
    partner_id = partners.admit("Region Skåne", term_ends_on="2027-05-31")
    partners.run_until(datetime(2027, 1, 4, tzinfo=UTC))
    partners.it_becomes(datetime(2027, 1, 4, tzinfo=UTC))
    partners.change(partner_id, "renew_partner", reasons=["More to do"], term_ends_on="2029-05-31")

    shown = partners.change(partner_id, "reconsider_renewal", reason="A new government")

    assert [each["taken_back"]["reason"] for each in shown["renewal_decisions"]] == ["A new government"]
    assert partners.days("partner.renewal_reconsidered", partner_id, "term_ends_on") == ["2027-05-31"]
    partners.run_until(datetime(2037, 1, 1, tzinfo=UTC))
    assert partners.days("term.renewal_due", partner_id) == ["2026-12-03"]
    assert partners.days("term.renewal_overdue", partner_id) == ["2027-04-02"]
    assert partners.days("term.ended", partner_id) == ["2027-06-01"]


def test_who_departed_has_no_anniversaries_any_more(partners: TermsHarness) -> None:
    partner_id = partners.admit("Region Skåne")
    partners.tick(datetime(2027, 6, 1, 12, tzinfo=UTC))
    partners.change(partner_id, "depart_partner", reason="Merged")

    partners.run_until(datetime(2037, 1, 1, tzinfo=UTC))

    assert partners.days("term.anniversary", partner_id) == ["2027-06-01"]
    assert partners.days("term.ended", partner_id) == []


def test_a_partner_reads_since_when_and_until_when_its_term_is_and_not_that_its_renewal_is_due(
    partners: TermsHarness,
) -> None:
    partner_id, never = partners.admit("Jönköping"), partners.propose("Never admitted")
    its_lead: Answer = {"subject": "leader", "roles": ["partner_lead"], "organisation": partner_id}
    partners.run_until(datetime(2036, 1, 1, tzinfo=UTC))

    seen = partners.call("show_term", partner_id=partner_id)["ok"]

    assert seen == {
        "partner_id": partner_id, "state": "admitted", "began_on": "2026-06-01", "ends_on": "2036-05-31",
        "years_told": 9, "is_to_end": False, "told": "renewal_due",
    }  # fmt: skip
    assert partners.call("show_term", its_lead, partner_id=partner_id)["ok"] == {**seen, "told": None}
    assert partners.call("show_term", its_lead, partner_id=never)["fault"]["kind"] == "not_found"
    assert partners.call("show_term", partner_id=never)["ok"]["began_on"] is None
