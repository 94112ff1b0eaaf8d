"""Partners on the real database: what is kept, said, and seen by whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.errors import NotFound, Stale, UnknownReference
from chassis.domain.scope import Scope
from chassis.persistence.documents import to_public
from chassis.persistence.repository import AlreadyExists
from chassis.persistence.unit_of_work import OUTBOX, Store, UnitOfWork
from chassis.schemas.messages import Paging
from chassis.schemas.operations import NeedsEveryOrganisation, declared
from services.partners.model.partner_lifecycle import PartnerAlreadyAdmitted, PartnerWithoutLeader
from services.partners.repository.partner import Partners
from services.partners.repository.person import People
from services.partners.use_cases.partner import admit_partner, propose_partner
from services.partners.use_cases.person import add_person
from services.partners.views.partner import list_partners, show_partner
from services.partners.views.person import list_people, show_person
from tests.waiting import FixedClock

STAFF = Scope(subject="staff_1", organisation="*", roles=("programme_staff",))
CAUSE = Cause(correlation_id="req_test")
DECISION = {
    "reasons": ["Leaders with the will to transform care"],
    "term_starts_on": date(2026, 7, 1),
    "term_ends_on": date(2029, 6, 30),
}
Answer = dict[str, Any]


@pytest.fixture(autouse=True)
def indexes(store: Store) -> None:
    for repository in (Partners, People):
        store.database[repository.collection].create_indexes(repository.all_indexes())


def do(store: Store, use_case: Callable[..., Any], scope: Scope = STAFF, **wanted: Any) -> Answer:
    """Have a use case done as its service does, without reading what is asked."""
    operation = declared(use_case)
    operation.refuse_others(scope)
    if isinstance(seen := wanted.get("version"), int):
        wanted["version"] = {seen}

    def step(uow: UnitOfWork) -> Answer:
        given = operation.given_by(None, {"uow": uow, "reading": uow, "scope": scope})
        return to_public(use_case(**given, **wanted))

    return store.transact(step, cause=CAUSE)


def propose(store: Store, **shown: Any) -> Answer:
    usual = {
        "name": "Region Jönköping County", "place": "Sweden", "country": "SE", "subdivision": "SE-F",
        "zone": "Europe/Stockholm", "language": "sv", "kind": "region", "scope_level": "regional",
        "focus_areas": ["safer_care"], "same_name_is_meant": True,
    }  # fmt: skip
    return do(store, propose_partner, **{**usual, **shown})


def add(store: Store, scope: Scope = STAFF, **shown: Any) -> Answer:
    usual = {
        "partner_id": None, "name": "Åsa Påhittad", "email": "asa@jonkoping.example", "role": "leader",
        "language": "sv", "zone": "Europe/Stockholm",
    }  # fmt: skip
    return do(store, add_person, scope, **{**usual, **shown})


def admit(store: Store, partner: Answer, scope: Scope = STAFF) -> Answer:
    asked = {"partner_id": partner["id"], "version": partner["version"], **DECISION}
    return do(store, admit_partner, scope, **asked)


def said(store: Store) -> list[Answer]:
    return list(store.database[OUTBOX].find().sort("_id", 1))


def of(partner: Answer) -> Scope:
    return Scope(subject="someone", organisation=partner["id"], roles=("partner_lead",))


def test_a_proposed_partner_gets_its_continent_from_its_country(store: Store) -> None:
    partner = propose(store, name="Hospital Israelita Albert Einstein", country="BR", subdivision=None)

    assert partner["name"] == "Hospital Israelita Albert Einstein"
    assert partner["continent"] == "south_america"
    assert partner["state"] == "proposed"
    assert partner["version"] == 1
    assert said(store) == []


def test_what_was_proposed_is_shown_letter_by_letter(store: Store) -> None:
    proposed = propose(store, name="Cincinnati Children’s Hospital Medical Center – Jönköping 東京")

    seen = do(store, show_partner, STAFF, partner_id=proposed["id"])

    assert seen == proposed
    assert seen["name"] == "Cincinnati Children’s Hospital Medical Center – Jönköping 東京"


def test_admission_is_kept_and_said_once_with_the_leaders_of_that_day(store: Store) -> None:
    partner = propose(store)
    leader = add(store, partner_id=partner["id"])
    add(store, partner_id=partner["id"], role="improver", email="improver@jonkoping.example")

    admitted = admit(store, partner)

    assert admitted["state"] == "admitted"
    assert admitted["version"] == 2
    assert admitted["admission"] == {
        "decided_by": "staff_1",
        "decided_on": "2026-06-01",
        "reasons": ["Leaders with the will to transform care"],
        "term_starts_on": "2026-07-01",
        "term_ends_on": "2029-06-30",
    }
    admissions = [row for row in said(store) if row["type"] == "partners.partner.admitted"]
    assert len(admissions) == 1
    assert admissions[0]["data"]["leader_ids"] == [leader["id"]]
    assert admissions[0]["subject"] == partner["id"]
    assert admissions[0]["extensions"] == {"partnerid": partner["id"]}
    assert admissions[0]["correlation_id"] == "req_test"


def test_a_partner_is_admitted_on_the_day_that_it_is_where_the_partner_is(store: Store) -> None:
    partner = propose(store, zone="Europe/Stockholm")
    add(store, partner_id=partner["id"])
    store.clock = FixedClock(datetime(2026, 6, 1, 22, 30, tzinfo=UTC))

    assert admit(store, partner)["admission"]["decided_on"] == "2026-06-02"


def test_a_partner_is_not_admitted_twice(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"])
    admitted = admit(store, partner)

    with pytest.raises(Stale):
        admit(store, partner)
    with pytest.raises(PartnerAlreadyAdmitted):
        admit(store, admitted)

    assert [row["type"] for row in said(store)].count("partners.partner.admitted") == 1


def test_leaders_of_another_partner_do_not_count(store: Store) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    add(store, partner_id=other["id"])
    add(store, partner_id=partner["id"], role="delegate")

    with pytest.raises(PartnerWithoutLeader):
        admit(store, partner)


def test_one_address_is_one_person_within_a_partner(store: Store) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    add(store, partner_id=partner["id"], email="asa@jonkoping.example")

    with pytest.raises(AlreadyExists, match=r"person .*asa@jonkoping\.example"):
        add(store, partner_id=partner["id"], email="asa@jonkoping.example", role="improver")

    assert add(store, partner_id=other["id"], email="asa@jonkoping.example")["version"] == 1


def test_one_address_is_one_person_within_the_institute(store: Store) -> None:
    add(store, role="coach", email="ada@institute.example")

    with pytest.raises(AlreadyExists):
        add(store, role="staff", email="ada@institute.example")


def test_a_person_joins_a_partner_that_is_there(store: Store) -> None:
    with pytest.raises(UnknownReference, match="prt_nowhere"):
        add(store, partner_id="prt_nowhere")


def test_a_persons_event_names_the_partner_only_where_there_is_one(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"])
    add(store, role="coach", email="ada@institute.example")

    assert [row["extensions"] for row in said(store)] == [{"partnerid": partner["id"]}, {}]


def test_who_works_for_one_partner_sees_that_partner_and_its_people_only(store: Store) -> None:
    own, other = propose(store), propose(store, name="Bellin Health")
    mine, theirs = add(store, partner_id=own["id"]), add(store, partner_id=other["id"])
    coach = add(store, role="coach", email="ada@institute.example")

    partners = do(store, list_partners, of(own), paging=Paging())
    people = do(store, list_people, of(own), paging=Paging())

    assert partners["items"] == [own]
    assert people["items"] == [mine]
    for hidden in (theirs, coach):
        with pytest.raises(NotFound):
            do(store, show_person, of(own), person_id=hidden["id"])
    with pytest.raises(NotFound):
        do(store, show_partner, of(own), partner_id=other["id"])


def test_staff_find_partners_by_country_and_state_and_people_by_partner_and_role(store: Store) -> None:
    swedish, american = propose(store), propose(store, name="Bellin Health", country="US", subdivision="US-WI")
    leader = add(store, partner_id=swedish["id"])
    coach = add(store, role="coach", email="ada@institute.example")
    admitted = admit(store, swedish)
    page = {"paging": Paging()}

    assert do(store, list_partners, **page, country="US")["items"] == [american]
    assert do(store, list_partners, **page, state="admitted")["items"] == [admitted]
    assert do(store, list_people, **page, partner_id=swedish["id"])["items"] == [leader]
    assert do(store, list_people, **page, role="coach")["items"] == [coach]


def test_a_partner_neither_proposes_nor_admits_nor_appoints_staff(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"])

    with pytest.raises(NeedsEveryOrganisation):
        admit(store, partner, scope=of(partner))
    with pytest.raises(NeedsEveryOrganisation):
        add(store, scope=of(partner), role="coach")
    with pytest.raises(NeedsEveryOrganisation):
        do(store, propose_partner, of(partner))


def test_a_partner_adds_its_own_people_and_nobody_elses(store: Store) -> None:
    own, other = propose(store), propose(store, name="Bellin Health")

    assert add(store, scope=of(own), partner_id=own["id"])["partner_id"] == own["id"]
    with pytest.raises(UnknownReference):
        add(store, scope=of(own), partner_id=other["id"])
