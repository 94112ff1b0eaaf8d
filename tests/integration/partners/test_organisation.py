"""What is described of organisations, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from pymongo.errors import DuplicateKeyError

from chassis.domain.errors import NotFound
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from services.partners.model.organisation.body import Body
from services.partners.model.organisation.former_name import FormerName
from services.partners.model.organisation.identifier import Identifier, IdentifierTaken
from services.partners.model.organisation.issue import Issue
from services.partners.model.organisation.mission import MissionStatement
from services.partners.model.organisation.organisation import DayToCome
from services.partners.model.organisation.population import PopulationServed
from services.partners.use_cases.partner import change_partner
from services.partners.views.partner import list_description_changes, list_partners, show_partner
from tests.integration.partners.test_use_cases import STAFF, add, admit, do, indexes, of, propose, said

__all__ = ["indexes"]
Answer = dict[str, Any]
SAFETY = Issue(issue="patient_safety", taxonomy_version=1)
NURSES = Issue(issue="other", named="Too few nurses at night", taxonomy_version=1)


def change(store: Store, partner: Answer, **changed: Any) -> Answer:
    return do(store, change_partner, partner_id=partner["id"], version=partner["version"], **changed)


def show(store: Store, partner: Answer, **asked: Any) -> Answer:
    return do(store, show_partner, STAFF, partner_id=partner["id"], **asked)


def names(store: Store, **asked: Any) -> list[str]:
    return [each["name"] for each in do(store, list_partners, STAFF, paging=Paging(), **asked)["items"]]


def test_issues_are_shown_said_by_the_admission_and_found(store: Store) -> None:
    partner = propose(store, name="Bellin Health", issues=[SAFETY, NURSES], other_languages=["es"])
    propose(store, name="Kaiser Permanente")
    add(store, partner_id=partner["id"])

    admit(store, partner)

    assert show(store, partner)["issues"] == [
        {"issue": "patient_safety", "named": None, "taxonomy_version": 1},
        {"issue": "other", "named": "Too few nurses at night", "taxonomy_version": 1},
    ]
    assert said(store)[-1]["data"]["issues"] == ["patient_safety", "Too few nurses at night"]
    assert names(store, issue="other") == ["Bellin Health"]
    assert names(store, issue="cost_of_care") == []


def test_a_change_says_which_members_are_different(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"])
    admitted = admit(store, partner)

    change(store, admitted, issues=[SAFETY], other_scope_levels=["national"], zone=admitted["zone"])

    event = said(store)[-1]
    assert (event["type"], event["data"]["changed"]) == (
        "partners.partner.profile_changed", ["issues", "other_scope_levels"],
    )  # fmt: skip
    assert event["data"]["issues"] == ["patient_safety"]


def test_all_that_describes_a_partner_is_shown_as_it_was_said(store: Store) -> None:
    described = {
        "population_served": PopulationServed(people=5_480_000, source="Census 2022", counted_on=date(2022, 3, 20)),
        "partner_mission": MissionStatement(statement="Realistic Medicine", stated_on=date(2026, 1, 15)),
        "institute_mission": MissionStatement(statement="Better care for all", stated_on=date(2026, 2, 1)),
        "bodies": [Body(name="NHS Scotland"), Body(name="Scottish Government", kind="government")],
        "identifiers": [Identifier(scheme="ror", identifier="01aj84f44")],
    }

    partner = propose(store, name="NHS Scotland and Scottish Government", **described)

    shown = show(store, partner)
    assert shown == partner
    assert {name: shown[name] for name in described} == {
        "population_served": {"people": 5_480_000, "source": "Census 2022", "counted_on": "2022-03-20"},
        "partner_mission": {"statement": "Realistic Medicine", "stated_on": "2026-01-15"},
        "institute_mission": {"statement": "Better care for all", "stated_on": "2026-02-01"},
        "bodies": [{"name": "NHS Scotland", "kind": None}, {"name": "Scottish Government", "kind": "government"}],
        "identifiers": [{"scheme": "ror", "identifier": "01aj84f44"}],
    }


def test_a_partner_is_found_by_its_bodies_and_by_what_a_register_calls_it(store: Store) -> None:
    propose(store, name="Scotland", bodies=[Body(name="Riaghaltas na h-Alba")],
            identifiers=[Identifier(scheme="ror", identifier="01aj84f44")])  # fmt: skip
    propose(store, name="Bellin Health")

    assert names(store, q="riagh") == names(store, identifier="01aj84f44") == ["Scotland"]


def test_what_a_register_calls_one_partner_it_calls_no_other(store: Store) -> None:
    first = propose(store, identifiers=[Identifier(scheme="ror", identifier="01aj84f44")])
    other = propose(store, name="Bellin Health", identifiers=[Identifier(scheme="isni", identifier="01aj84f44")])

    with pytest.raises(IdentifierTaken, match=rf"{first['id']} has the identifier '01aj84f44' of ror"):
        change(store, other, identifiers=[Identifier(scheme="ror", identifier="01aj84f44")])
    change(store, first, identifiers=[Identifier(scheme="ror", identifier="01aj84f44")], kind="board")


def test_of_two_that_take_one_identifier_at_once_one_has_it(store: Store) -> None:
    def take(name: str) -> str:
        try:
            return str(
                propose(store, name=name, identifiers=[Identifier(scheme="ror", identifier="01aj84f44")])["name"]
            )
        except IdentifierTaken as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as at_once:
        taken = list(at_once.map(take, "ABCD"))

    assert taken.count("identifier_taken") == 3
    assert names(store, identifier="01aj84f44") == [each for each in taken if each != "identifier_taken"]


def test_what_two_share_by_halves_is_no_clash(store: Store) -> None:
    keys = [{"identifiers": [{"scheme": "ror", "identifier": "1"}, {"scheme": "isni", "identifier": "2"}]},
            {"identifiers": [{"scheme": "isni", "identifier": "1"}, {"scheme": "ror", "identifier": "2"}]}]  # fmt: skip
    store.database["partners"].insert_many([{"_id": f"prt_{number}", **each} for number, each in enumerate(keys)])

    with pytest.raises(DuplicateKeyError):
        store.database["partners"].insert_one({"_id": "prt_3", **keys[0]})


def test_nothing_is_counted_on_a_day_to_come_where_the_partner_is(store: Store) -> None:
    counted = PopulationServed(people=5, source="A census", counted_on=date(2026, 6, 2))

    with pytest.raises(DayToCome, match="2026-06-01"):
        propose(store, population_served=counted)
    with pytest.raises(DayToCome, match="2026-06-01"):
        change(store, propose(store), population_served=counted)


def changes(store: Store, partner: Answer, **asked: Any) -> list[Answer]:
    found = do(store, list_description_changes, STAFF, paging=Paging(), partner_id=partner["id"], **asked)
    items: list[Answer] = found["items"]
    return items


def on_a_day(store: Store, partner: Answer, day: date) -> Answer:
    return do(store, show_partner, STAFF, partner_id=partner["id"], as_of=day)


def test_each_change_is_kept_with_what_was_before_from_when_by_whom_and_why(store: Store) -> None:
    partner = propose(store, kind="region")

    change(store, partner, kind="county", effective_on=date(2026, 3, 1), reason="A reform")

    (kept,) = changes(store, partner)
    assert {name: kept[name] for name in ("member", "before", "after", "since", "until", "by", "reason")} == {
        "member": "kind", "before": "region", "after": "county", "since": "2026-03-01", "until": None,
        "by": "staff_1", "reason": "A reform",
    }  # fmt: skip


def test_a_partner_is_shown_as_it_was_on_a_day(store: Store) -> None:
    partner = propose(store, kind="region", population_served=PopulationServed(
        people=5, source="A census", counted_on=date(2020, 1, 1)))  # fmt: skip
    counted = PopulationServed(people=9, source="A census", counted_on=date(2026, 1, 1))

    after = change(store, partner, kind="county", effective_on=date(2026, 3, 1))
    latest = change(store, after, population_served=counted, effective_on=date(2026, 4, 1))

    seen = [on_a_day(store, partner, date(2026, month, day)) for month, day in ((2, 28), (3, 1), (3, 31), (4, 1))]
    assert [(each["kind"], each["population_served"]["people"]) for each in seen] == [
        ("region", 5), ("county", 5), ("county", 5), ("county", 9),
    ]  # fmt: skip
    assert on_a_day(store, partner, date(2026, 6, 1)) == latest == show(store, partner)


def test_a_partner_that_never_changed_is_shown_as_it_is(store: Store) -> None:
    partner = propose(store)

    assert on_a_day(store, partner, date(2026, 5, 1)) == partner
    assert changes(store, partner) == []


def test_a_change_of_today_is_so_from_today_on(store: Store) -> None:
    partner = propose(store, kind="region")

    change(store, partner, kind="county")

    assert on_a_day(store, partner, date(2026, 5, 31))["kind"] == "region"
    assert on_a_day(store, partner, date(2026, 6, 1))["kind"] == "county"


def test_what_is_so_is_said_to_have_been_so_earlier(store: Store) -> None:
    partner = change(store, propose(store, kind="region"), kind="county", effective_on=date(2026, 4, 1))

    sooner = change(store, partner, kind="county", effective_on=date(2026, 2, 1))
    again = change(store, sooner, kind="county", effective_on=date(2026, 3, 1))

    assert on_a_day(store, partner, date(2026, 2, 1))["kind"] == "county"
    assert on_a_day(store, partner, date(2026, 1, 31))["kind"] == "region"
    assert (sooner["version"], again["version"]) == (3, 3)
    assert [(each["since"], each["until"]) for each in changes(store, partner)] == [
        ("2026-04-01", "2026-01-31"), ("2026-02-01", None),
    ]  # fmt: skip


def test_nothing_changes_on_a_day_to_come_and_no_such_day_is_seen(store: Store) -> None:
    partner = propose(store)

    with pytest.raises(DayToCome, match="up to 2026-06-01 is expected; got '2026-06-02'"):
        change(store, partner, kind="county", effective_on=date(2026, 6, 2))
    with pytest.raises(DayToCome, match="up to 2026-06-01 is expected; got '2026-06-02'"):
        on_a_day(store, partner, date(2026, 6, 2))


def test_a_partner_is_found_by_the_names_it_had_and_keeps_every_letter_of_them(store: Store) -> None:
    former = [FormerName(name="Jönköpings läns landsting", used_until=date(2014, 12, 31))]
    partner = propose(store, name="Region Jönköping County", former_names=former, name_used_from=date(2015, 1, 1))

    change(store, partner, name="Region Jönköpings län", effective_on=date(2026, 5, 1))

    for asked in ("landsting", "county", "lan"):
        assert names(store, q=asked) == ["Region Jönköpings län"]
    assert show(store, partner)["former_names"] == [
        {"name": "Jönköpings läns landsting", "used_from": None, "used_until": "2014-12-31"},
        {"name": "Region Jönköping County", "used_from": "2015-01-01", "used_until": "2026-04-30"},
    ]
    assert on_a_day(store, partner, date(2026, 4, 30))["name"] == "Region Jönköping County"
    assert on_a_day(store, partner, date(2014, 12, 31))["name"] == "Jönköpings läns landsting"


def test_a_change_is_published_with_the_day_from_which_it_is_so(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"])

    change(store, admit(store, partner), name="Region Jönköpings län", effective_on=date(2026, 5, 1))

    data = said(store)[-1]["data"]
    assert (data["changed"], data["effective_on"]) == (["former_names", "name", "name_used_from"], "2026-05-01")


def test_another_partners_changes_are_seen_by_nobody_else(store: Store) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    change(store, partner, kind="county")
    asked = {"partner_id": partner["id"], "paging": Paging()}

    assert len(do(store, list_description_changes, of(partner), **asked)["items"]) == 1
    with pytest.raises(NotFound):
        do(store, list_description_changes, of(other), **asked)


def test_changes_are_listed_by_member_the_first_first(store: Store) -> None:
    partner = change(store, propose(store), kind="county", place="Jönköping")
    change(store, partner, kind="region")

    assert [(each["member"], each["after"]) for each in changes(store, partner)] == [
        ("kind", "county"), ("place", "Jönköping"), ("kind", "region"),
    ]  # fmt: skip
    assert [each["after"] for each in changes(store, partner, member="kind")] == ["county", "region"]
