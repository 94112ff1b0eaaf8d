"""What is described of an organisation; what is expected of issues is typed from the programme's page."""

from datetime import date
from typing import Any

import pytest

from chassis.schemas.operations import declared
from chassis.schemas.validation import InvalidFields, load
from services.partners.model.organisation.body import Body, BodyNamedTwice
from services.partners.model.organisation.issue import Issue, IssueNotNamed, IssueTaxonomy
from services.partners.model.organisation.mission import MissionStatement
from services.partners.model.organisation.organisation import DayToCome
from services.partners.model.organisation.population import PopulationServed
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.reference import ISSUES, ISSUES_OF
from services.partners.use_cases.partner import change_partner
from services.partners.views.partner import list_partners
from tests.builders.partners import a_partner

SAFETY = Issue(issue="patient_safety", taxonomy_version=1)
NURSES = Issue(issue="other", named="Too few nurses at night", taxonomy_version=1)


def described(**members: Any) -> dict[str, Any]:
    """A change of these members, read as it comes."""
    return load(declared(change_partner).reads(), {"partner_id": "prt_1", "version": 1, **members})


def refused(**members: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidFields) as refusal:
        described(**members)
    return [(field["pointer"], field["detail"]) for field in refusal.value.fields]


def test_the_issues_are_the_pages_four_and_others_that_are_named() -> None:
    assert ISSUES_OF[1].codes == ("patient_safety", "quality_of_care", "cost_of_care", "population_health", "other")


def test_every_version_of_the_taxonomy_says_what_its_codes_mean() -> None:
    meanings = [means for version in ISSUES_OF.values() for means in version.meanings.values()]

    assert ISSUES.version == max(ISSUES_OF)
    assert [means for means in meanings if not means.endswith(".")] == []


def test_an_issue_keeps_the_version_of_the_taxonomy_that_it_was_said_with() -> None:
    read = described(issues=[{"issue": "patient_safety"}, {"issue": "other", "named": "Too few nurses at night"}])

    assert read["issues"] == [SAFETY, NURSES]


def test_what_was_shown_of_issues_can_be_said_again() -> None:
    shown = {"issue": "patient_safety", "named": None, "taxonomy_version": 1}

    assert described(issues=[shown, shown])["issues"] == [SAFETY]


@pytest.mark.parametrize("said", [{"issue": "other"}, {"issue": "patient_safety", "named": "Falls"}])
def test_what_the_taxonomy_has_no_word_for_is_named_and_nothing_else_is(said: dict[str, str]) -> None:
    with pytest.raises(IssueNotNamed):
        Issue(**said, taxonomy_version=1)


@pytest.mark.parametrize(
    ("said", "pointer", "right"),
    [
        ({"issue": "falls"}, "/issues/1/issue", "patient_safety"),
        ({"issue": "other"}, "/issues/1/named", "What the issue is called"),
        ({"issue": "cost_of_care", "named": "Drugs"}, "/issues/1/named", "got 'Drugs'"),
        ({"issue": "cost_of_care", "taxonomy_version": 77}, "/issues/1/taxonomy_version", "(1) is expected; got 77"),
        ({"named": "Drugs"}, "/issues/1/issue", ""),
    ],
)
def test_a_wrong_issue_is_named_by_its_place_with_what_would_be_right(said: Any, pointer: str, right: str) -> None:
    ((place, detail),) = refused(issues=[{"issue": "patient_safety"}, said])

    assert place == pointer
    assert right in detail


def test_an_issue_is_one_of_the_version_that_it_is_said_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ISSUES_OF, 2, IssueTaxonomy(version=2, meanings={"cost_of_care": "Care costs too much."}))

    assert described(issues=[{"issue": "cost_of_care", "taxonomy_version": 2}])["issues"][0].taxonomy_version == 2
    assert refused(issues=[{"issue": "patient_safety", "taxonomy_version": 2}]) == [
        ("/issues/0/issue", "One of cost_of_care, other is expected by version 2; got 'patient_safety'")
    ]


def test_partners_are_listed_by_an_issue_that_there_is() -> None:
    with pytest.raises(InvalidFields, match=r"/issue: .*patient_safety.*got 'falls'"):
        load(declared(list_partners).reads(), {"issue": "falls"})


def test_the_main_level_and_the_main_language_are_not_among_the_other_ones() -> None:
    partner = a_partner(scope_level=ScopeLevel.REGIONAL, other_scope_levels=[ScopeLevel.REGIONAL, ScopeLevel.STATE],
                        language="en", other_languages=["es", "en"])  # fmt: skip

    assert (partner.other_scope_levels, partner.other_languages) == ([ScopeLevel.STATE], ["es"])

    assert partner.describe(language="es") == ["language", "other_languages"]
    assert (partner.language, partner.other_languages) == ("es", [])


def test_what_is_different_is_named_and_what_is_said_as_it_was_is_not() -> None:
    partner = a_partner(issues=[SAFETY], place="Sweden")

    assert partner.describe(issues=[SAFETY], place="Sweden") == []
    assert partner.describe(issues=[SAFETY, NURSES], place="Jönköping") == ["issues", "place"]


SERVED = {"people": 365_000, "source": "Statistics Sweden", "counted_on": "2025-12-31"}
SAID = {"statement": "A good life in an attractive county", "stated_on": "2026-01-15"}


def test_whom_it_serves_has_a_number_a_source_and_a_day() -> None:
    assert described(population_served=SERVED)["population_served"] == PopulationServed(
        people=365_000, source="Statistics Sweden", counted_on=date(2025, 12, 31)
    )
    assert described(population_served=None)["population_served"] is None


@pytest.mark.parametrize("member", ["people", "source", "counted_on"])
def test_whom_it_serves_is_not_said_without(member: str) -> None:
    ((pointer, _),) = refused(population_served={name: SERVED[name] for name in SERVED if name != member})

    assert pointer == f"/population_served/{member}"


@pytest.mark.parametrize("people", [0, -5, 1.5, "365000"])
def test_a_population_is_counted_in_people(people: Any) -> None:
    ((pointer, detail),) = refused(population_served={**SERVED, "people": people})

    assert pointer == "/population_served/people"
    assert detail.endswith(f"got {people!r}")


def test_either_side_states_the_mission_on_a_day_of_its_own() -> None:
    read = described(partner_mission=SAID, institute_mission={"statement": "Better care", "stated_on": "2026-02-01"})

    assert (read["partner_mission"].stated_on, read["institute_mission"].stated_on) == (
        date(2026, 1, 15), date(2026, 2, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"population_served": PopulationServed(people=5, source="A census", counted_on=date(2026, 6, 2))},
         "/population_served/counted_on"),
        ({"partner_mission": MissionStatement(statement="Health", stated_on=date(2026, 6, 2))},
         "/partner_mission/stated_on"),
        ({"institute_mission": MissionStatement(statement="Health", stated_on=date(2026, 6, 2))},
         "/institute_mission/stated_on"),
    ],
)  # fmt: skip
def test_nothing_was_counted_or_stated_on_a_day_to_come(said: Any, pointer: str) -> None:
    partner = a_partner(**said)

    partner.refuse_days_to_come(date(2026, 6, 2))
    with pytest.raises(DayToCome, match="up to 2026-06-01 is expected; got '2026-06-02'") as refusal:
        partner.refuse_days_to_come(date(2026, 6, 1))

    assert refusal.value.fields[0]["pointer"] == pointer


def test_a_partner_may_be_two_bodies_and_no_two_of_one_name() -> None:
    scotland = a_partner(bodies=[Body(name="NHS Scotland"), Body(name="Scottish Government", kind="government")])

    assert [each.name for each in scotland.bodies] == ["NHS Scotland", "Scottish Government"]
    with pytest.raises(BodyNamedTwice, match="got 'NHS Scotland'") as refusal:
        scotland.describe(bodies=[Body(name="nhs scotland"), Body(name="NHS Scotland", kind="board")])
    assert refusal.value.fields[0]["pointer"] == "/bodies/1/name"
    assert len(scotland.bodies) == 2


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"scheme": "ROR", "identifier": "03t54am93"}, "/identifiers/0/scheme"),
        ({"scheme": "ror", "identifier": "03 t54"}, "/identifiers/0/identifier"),
        ({"scheme": "ror"}, "/identifiers/0/identifier"),
    ],
)
def test_a_wrong_identifier_is_named_by_its_place(said: Any, pointer: str) -> None:
    assert [place for place, _ in refused(identifiers=[said])] == [pointer]
