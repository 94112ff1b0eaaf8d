"""Connections between partners on the real database: suggested, proposed, agreed to, ended, seen by both sides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import Store
from services.partners.service import PartnersService
from services.partners.use_cases.connection_dormancy import note_dormant_connections
from tests.service_harness import STAFF, Answer, ServiceHarness, an_event

MORNING = datetime(2026, 6, 1, 8, tzinfo=UTC)
"""Events are told of at 9 o'clock."""
VISIT = {"kind": "site_visit", "purpose": "To see a huddle at night"}


def leader_of(partner_id: str) -> Answer:
    return {"subject": f"leader of {partner_id}", "organisation": partner_id, "roles": ["partner_lead"]}


class ConnectionsHarness(ServiceHarness):
    """Partners with three of them in the programme; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store) -> None:
        super().__init__(PartnersService, store)
        self.it_becomes(MORNING)
        self.a, self.b, self.c = map(self.admitted, ("Region A", "Region B", "Region C"))

    def admitted(self, name: str) -> str:
        described = {
            "name": name, "country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region",
            "scope_level": "regional", "focus_areas": ["safer_care"],
        }  # fmt: skip
        id: str = self.command("propose_partner", **described)["id"]
        someone = {"name": "Åsa Påhittad", "email": "asa@a.example", "role": "leader", "language": "sv",
                   "zone": "Europe/Stockholm"}  # fmt: skip
        self.command("add_person", partner_id=id, **someone)
        self.change(id, "admit_partner", term_starts_on="2026-07-01", term_ends_on="2029-06-30", reasons=["The will"])
        return id

    def change(self, partner_id: str, operation: str, **said: Any) -> None:
        version = self.call("show_partner", partner_id=partner_id)["ok"]["version"]
        self.command(operation, partner_id=partner_id, version=version, **said)

    def propose(self, one: str, other: str, **said: Any) -> Answer:
        asked = {**VISIT, **said, "partner_id": one, "other_partner_id": other}
        return self.call("propose_connection", leader_of(one), **asked)

    def step(self, operation: str, connection: Answer, scope: Answer = STAFF, **said: Any) -> Answer:
        seen = self.call("show_connection", connection_id=connection["id"])["ok"]["version"]
        return self.call(operation, scope, connection_id=connection["id"], version=seen, **said)

    def connected(self, one: str, other: str, **said: Any) -> Answer:
        proposed = self.propose(one, other, **said)["ok"]
        agreed: Answer = self.step("agree_to_connection", proposed, leader_of(other))["ok"]
        return agreed

    def listed(self, scope: Answer = STAFF, **wanted: Any) -> list[str]:
        items = self.call("list_connections", scope, **wanted)["ok"]["items"]
        return [each["id"] for each in items]

    def acted(self, partner_id: str, decision: str = "adopt", *, idea: str = "checklist") -> None:
        cycle = f"pds_{partner_id}"
        self.hear("suggest_who_adopted_the_same", cycle_id=cycle, partner_id=partner_id, idea=idea, decision=decision)

    def attended(self, partner_id: str, presence: str = "present") -> None:
        self.hear("suggest_who_presented", attendance_id=f"att_{partner_id}", partner_id=partner_id,
                  session_id="ses_1", presence=presence, corrects=None)  # fmt: skip

    def matched(self, match_id: str = "mat_1") -> None:
        self.hear("suggest_mentoring", match_id=match_id, asking_partner_id=self.a, offering_partner_id=self.b,
                  ask_title="How to keep a huddle alive")  # fmt: skip

    def tick(self, days: int) -> None:
        self.it_becomes(MORNING + timedelta(days=days))
        claims = Claims(self.store, collection="connections", owner="test", lease_seconds=30)
        note_dormant_connections(store=self.store, claims=claims, dormant_after=timedelta(days=90))

    def suggested(self) -> list[tuple[list[str], str, list[str]]]:
        """The pairs that are suggested, what, and why, in order."""
        items = self.call("list_connections", state="suggested")["ok"]["items"]
        return [(each["partner_ids"], each["kind"], [why["kind"] for why in each["reasons"]]) for each in items]

    def said(self, key: str) -> list[Answer]:
        return [each["data"] for each in self.published(f"partners.connection.{key}")]


@pytest.fixture
def partners(store: Store) -> ConnectionsHarness:
    return ConnectionsHarness(store)


def test_what_one_proposes_and_the_other_agrees_to_is_both_sides_to_see(partners: ConnectionsHarness) -> None:
    connection = partners.connected(partners.a, partners.b)
    noted = {"connection_id": connection["id"], "note": "We met"}
    partners.call("note_contact", leader_of(partners.b), **noted)

    for scope in (leader_of(partners.a), leader_of(partners.b), STAFF):
        assert partners.listed(scope) == [connection["id"]]
        shown = partners.call("show_connection", scope, connection_id=connection["id"])["ok"]
        assert [each["by_partner_id"] for each in shown["contacts"]] == [partners.b]
        assert "by" not in shown["history"][0], "who said so for one is not for the other to see"
    assert partners.listed(leader_of(partners.c)) == []
    hidden = partners.call("note_contact", leader_of(partners.c), **noted)
    assert hidden["fault"]["kind"] == "not_found"
    assert [each["starts_on"] for each in partners.said("made")] == [connection["starts_on"]]


def test_connections_are_listed_by_partner_kind_and_state(partners: ConnectionsHarness) -> None:
    first = partners.connected(partners.a, partners.b)["id"]
    second = partners.propose(partners.a, partners.c, kind="buddy")["ok"]["id"]

    assert partners.listed(partner_id=partners.a) == [first, second]
    assert partners.listed(partner_id=partners.b) == partners.listed(state="active") == [first]
    assert partners.listed(kind="buddy") == [second]


def test_a_partner_proposes_for_itself_to_another_one_in_the_programme(partners: ConnectionsHarness) -> None:
    asked = {**VISIT, "partner_id": partners.a, "other_partner_id": partners.b}
    for_another = partners.call("propose_connection", leader_of(partners.c), **asked)
    itself = partners.propose(partners.a, partners.a)
    unknown = partners.propose(partners.a, "prt_01k9wzy8m3n4p5q6r7s8t9v0wa")
    partners.change(partners.b, "pause_partner", reason="Elections")
    resting = partners.propose(partners.a, partners.b)

    assert for_another["fault"]["fields"][0]["pointer"] == "/partner_id"
    assert [each["fault"]["fields"][0]["pointer"] for each in (itself, unknown)] == ["/other_partner_id"] * 2
    assert resting["fault"]["code"] == "partner_not_active"


def test_two_partners_have_one_open_connection_of_a_kind(partners: ConnectionsHarness) -> None:
    first = partners.propose(partners.a, partners.b)["ok"]

    refused = partners.propose(partners.b, partners.a)
    assert (refused["fault"]["code"], first["id"] in refused["fault"]["message"]) == ("connection_is_open", True)
    assert partners.propose(partners.b, partners.a, kind="mentoring")["ok"]["state"] == "proposed"
    partners.step("decline_connection", first, leader_of(partners.b), reason="Nobody to spare")
    assert partners.propose(partners.b, partners.a)["ok"]["state"] == "proposed"


def test_of_both_sides_that_propose_the_same_at_once_one_is_first(partners: ConnectionsHarness) -> None:
    sides = [(partners.a, partners.b), (partners.b, partners.a)] * 4
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda side: partners.propose(*side), sides))

    assert sorted("ok" in each for each in answers) == [False] * 7 + [True]
    assert {each["fault"]["code"] for each in answers if "fault" in each} == {"connection_is_open"}
    assert len(partners.listed()) == len(partners.said("proposed")) == 1


def test_what_the_institute_suggests_is_taken_up_agreed_to_and_ended_with_a_result(
    partners: ConnectionsHarness,
) -> None:
    both = {"partner_id": partners.a, "other_partner_id": partners.b}
    suggested = partners.command("suggest_connection", **VISIT, **both, reason="Both want huddles")
    assert [each["what"] for each in suggested["reasons"]] == ["Both want huddles"]

    partners.step("take_up_connection", suggested, leader_of(partners.b))
    partners.step("agree_to_connection", suggested, partner_id=partners.a)
    ended = partners.step("end_connection", suggested, leader_of(partners.a), result="Both hold a huddle")["ok"]

    assert (ended["state"], ended["result"], ended["purpose"]) == ("ended", "Both hold a huddle", VISIT["purpose"])
    assert [each["to"] for each in ended["history"]] == ["suggested", "proposed", "active", "ended"]


@pytest.mark.parametrize("operation", ["pause_partner", "depart_partner"])
def test_what_two_partners_do_ends_when_one_of_them_rests_or_departs(
    partners: ConnectionsHarness, operation: str
) -> None:
    partners.connected(partners.a, partners.b)
    partners.propose(partners.c, partners.b, kind="buddy")
    stays = partners.propose(partners.a, partners.c)["ok"]["id"]
    partners.hear_its_own()

    partners.change(partners.b, operation, reason="Elections")
    partners.hear_its_own()

    because = {"pause_partner": "partner_paused", "depart_partner": "partner_departed"}[operation]
    assert sorted((each["because"], each["was_made"]) for each in partners.said("ended")) == [
        (because, False), (because, True),
    ]  # fmt: skip
    assert partners.listed(state="proposed") == [stays]


def test_what_begins_after_a_rest_does_not_end_by_it_however_late_that_is_heard(partners: ConnectionsHarness) -> None:
    partners.connected(partners.a, partners.b)
    for operation, said in (("pause_partner", {"reason": "Elections"}), ("resume_partner", {})):
        partners.change(partners.b, operation, **said)
    partners.it_becomes(MORNING + timedelta(hours=2))
    later = partners.propose(partners.a, partners.b, kind="buddy")["ok"]["id"]

    partners.hear_its_own()

    assert partners.listed(state="proposed") == [later]
    assert len(partners.said("ended")) == 1


def test_who_is_matched_by_an_ask_is_suggested_mentoring_once(partners: ConnectionsHarness) -> None:
    partners.matched()
    partners.matched()
    assert partners.suggested() == [(sorted((partners.a, partners.b)), "mentoring", ["matched_ask"])]

    (id,) = partners.listed()
    partners.step("decline_connection", {"id": id}, leader_of(partners.a), reason="Not now")
    partners.matched()
    assert partners.suggested() == [], "what was declined is not suggested again for the same match"
    partners.matched("mat_2")
    assert len(partners.suggested()) == 1


def test_partners_that_adopted_the_same_change_are_suggested_once_to_be_buddies(partners: ConnectionsHarness) -> None:
    partners.acted(partners.a)
    partners.acted(partners.b, "adapt")
    partners.acted(partners.c, idea="huddle")
    assert partners.suggested() == []

    for _ in range(2):
        partners.hear("suggest_who_adopted_the_same", cycle_id="pds_again", partner_id=partners.b, idea="checklist",
                      decision="adopt", id="evt_again")  # fmt: skip
    assert partners.suggested() == [(sorted((partners.a, partners.b)), "buddy", ["adopted_same_change"])]


def test_of_two_that_adopt_the_same_at_once_the_second_sees_the_first(partners: ConnectionsHarness) -> None:
    def act(partner_id: str) -> None:
        data = {"cycle_id": f"pds_{partner_id}", "partner_id": partner_id, "idea": "checklist", "decision": "adopt"}
        event = an_event(id=f"evt_of_{partner_id}", type="engagements.pdsa.acted")
        partners.react("suggest_who_adopted_the_same", event, data)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(act, (partners.a, partners.b, partners.c)))

    assert len(partners.suggested()) == 3


def test_who_sat_in_a_session_of_another_partner_is_suggested_to_it_whichever_is_heard_first(
    partners: ConnectionsHarness,
) -> None:
    partners.attended(partners.b)
    partners.attended(partners.a)
    assert partners.suggested() == []
    partners.hear("suggest_who_attended", session_id="ses_1", partner_id=partners.a)
    partners.attended(partners.c, "absent")

    assert partners.suggested() == [(sorted((partners.a, partners.b)), "buddy", ["same_session"])]


def test_one_more_reason_is_added_to_what_is_suggested(partners: ConnectionsHarness) -> None:
    partners.hear("suggest_who_attended", session_id="ses_1", partner_id=partners.a)
    partners.attended(partners.b)
    for each in (partners.a, partners.b):
        partners.acted(each)

    assert [why for _, _, why in partners.suggested()] == [["same_session", "adopted_same_change"]]


def test_nobody_is_suggested_to_a_partner_that_rests(partners: ConnectionsHarness) -> None:
    partners.change(partners.b, "pause_partner", reason="Elections")

    partners.matched()

    assert partners.listed() == []


def test_a_connection_is_dormant_once_for_each_lapse(partners: ConnectionsHarness) -> None:
    connection = partners.connected(partners.a, partners.b)
    for days in (89, 90, 91):
        partners.tick(days)
    assert [each["quiet_since"] for each in partners.said("dormant")] == ["2026-06-01"]

    partners.call("note_contact", connection_id=connection["id"], note="We met")
    for days in (180, 181, 182):
        partners.tick(days)
    assert [each["contact_on"] for each in partners.said("revived")] == ["2026-08-31"]
    assert [each["quiet_since"] for each in partners.said("dormant")] == ["2026-06-01", "2026-08-31"]


def test_the_network_shows_the_institute_all_and_a_partner_its_own(partners: ConnectionsHarness) -> None:
    partners.connected(partners.a, partners.b)
    partners.propose(partners.b, partners.c)
    partners.tick(90)

    shown = partners.call("show_network")["ok"]
    assert [(each["name"], each["connected_with"]) for each in shown["partners"]] == [
        ("Region A", 1), ("Region B", 1), ("Region C", 0),
    ]  # fmt: skip
    assert [(each["kind"], each["is_dormant"]) for each in shown["connections"]] == [("site_visit", True)]
    own = partners.call("show_network", leader_of(partners.a))["ok"]
    assert [each["name"] for each in own["partners"]] == ["Region A", "Region B"]
    alone = partners.call("show_network", leader_of(partners.c))["ok"]
    assert ([each["name"] for each in alone["partners"]], alone["connections"]) == (["Region C"], [])
    assert "Region A and Region B: site visit, dormant." in partners.call("draw_network")["ok"]["svg"]
