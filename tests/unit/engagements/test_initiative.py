"""An initiative: what its charter must say before work begins, who answers for it, and what became of it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from chassis.domain.errors import Invalid
from services.engagements.events.initiative import (
    InitiativeChartered,
    InitiativeClosed,
    InitiativeReopened,
    InitiativeRoleKept,
    InitiativeRoleVacated,
)
from services.engagements.model.days import DayIsPast
from services.engagements.model.engagement_lifecycle import EngagementAlreadyClosed, EngagementNotActive
from services.engagements.model.improvement.charter import (
    Aim,
    AimWithoutChange,
    InterventionFocus,
    Level,
    MeasureFact,
    NotItsOutcomeMeasure,
    Setting,
)
from services.engagements.model.improvement.chartering import warnings_about
from services.engagements.model.improvement.driver_diagram import DriverDiagram, TriedIdeas
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.initiative_lifecycle import (
    CharterIncomplete,
    CyclesHaveBegun,
)
from services.engagements.model.person import (
    AnswersForAnother,
    NotACoach,
    Person,
    TeamMemberHasLeft,
    TeamMemberOfAnotherPartner,
)
from tests.builders.engagements import a_person, an_engagement, statement
from tests.builders.initiatives import (
    FAMILY,
    INFECTIONS,
    NOON,
    READMISSIONS,
    TODAY,
    a_closing,
    an_aim,
    an_initiative,
    answering,
    chartered,
    of_partner,
    proposed,
)


def codes(thing: Initiative, family: tuple[MeasureFact, ...] = FAMILY) -> list[str]:
    with pytest.raises(CharterIncomplete) as refused:
        chartered(thing, family)
    return [field["code"] for field in refused.value.fields]


def test_an_idea_needs_no_more_than_what_it_is_about() -> None:
    assert proposed().state == "idea"


def test_no_idea_is_put_into_an_engagement_that_is_closed() -> None:
    closed = an_engagement()
    closed.close(on=TODAY, statement=statement())

    with pytest.raises(EngagementAlreadyClosed):
        Initiative.propose(id="ini_1", engagement=closed, people={}, measure=None, at=NOON, title="Fewer",
                           level=Level.LOCAL, focus_areas=["safer_care"], settings=[Setting.COMMUNITY],
                           intervention_focus=InterventionFocus.VALUE)  # fmt: skip


def test_a_charter_says_what_is_wanted_how_it_is_known_what_is_tried_and_who_answers_for_it() -> None:
    thing = an_initiative("idea", aim=None, diagram=DriverDiagram(), sponsor_id=None, lead_id=None)

    assert codes(thing, ()) == ["no_aim", "no_balancing_measure", "no_change_idea", "no_sponsor", "no_lead"]


def test_what_is_missing_is_named_in_words() -> None:
    with pytest.raises(CharterIncomplete, match=r"ini_1 needs, before it is chartered: a balancing measure$"):
        chartered(an_initiative("idea"), (INFECTIONS,))


@pytest.mark.parametrize(
    ("aim", "family"),
    [
        (an_aim(outcome_measure_id=None), FAMILY),
        (an_aim(outcome_measure_id="msr_other"), FAMILY),
        (an_aim(outcome_measure_id="msr_2"), FAMILY),
        (an_aim(), (MeasureFact(id="msr_1", engagement_id="eng_1", kind="outcome", in_use=False), READMISSIONS)),
    ],
    ids=["no measure", "a measure of another initiative", "a balancing measure", "a retired measure"],
)
def test_an_aim_is_tied_to_an_outcome_measure_of_its_initiative_that_is_in_use(
    aim: Aim, family: tuple[MeasureFact, ...]
) -> None:
    assert codes(an_initiative("idea", aim=aim), family) == ["no_outcome_measure"]


@pytest.mark.parametrize(
    ("dimension", "missing"),
    [("efficient", ["no_quality_measure"]), (None, ["no_quality_measure"]), ("safe", []), ("equitable", [])],
)
def test_a_value_initiative_carries_a_balancing_measure_of_quality(dimension: str | None, missing: list[str]) -> None:
    thing = an_initiative("idea", intervention_focus=InterventionFocus.VALUE)
    balancing = MeasureFact(id="msr_2", engagement_id="eng_1", kind="balancing", quality_dimension=dimension)

    assert thing.missing([INFECTIONS, balancing]) == missing


def test_another_initiative_may_balance_by_cost() -> None:
    cost = MeasureFact(id="msr_2", engagement_id="eng_1", kind="balancing", quality_dimension="efficient")

    assert chartered(an_initiative("idea"), (INFECTIONS, cost)).state == "chartered"


@pytest.mark.parametrize(("count", "warned"), [(3, ["few_measures"]), (4, []), (10, []), (11, ["many_measures"])])
def test_a_family_outside_four_to_ten_measures_is_pointed_out_and_not_refused(count: int, warned: list[str]) -> None:
    assert warnings_about([INFECTIONS] * count) == warned


def test_a_chartered_initiative_says_what_it_is_about_and_who_answers_for_it() -> None:
    thing = chartered(an_initiative("idea"))

    assert thing.recorded == [
        InitiativeChartered(
            initiative_id="ini_1", engagement_id="eng_1", partner_id="prt_1", title="Fewer infections",
            level="regional", focus_areas=["safer_care"], settings=["health_care"],
            intervention_focus="safe_and_effective_care", target_date=date(2026, 12, 31), outcome_measure_id="msr_1",
            sponsor_id="per_sponsor", lead_id="per_lead", coach_id="per_1",
        )
    ]  # fmt: skip


def test_nothing_is_chartered_before_work_is_under_way() -> None:
    with pytest.raises(EngagementNotActive):
        an_initiative("idea").charter(engagement=an_engagement(active=False), family=FAMILY, answering=answering())


def test_nothing_is_chartered_for_a_sponsor_who_has_left() -> None:
    gone = a_person("per_sponsor", partner_id="prt_1", present=False)

    with pytest.raises(TeamMemberHasLeft, match="left on 2026-05-01"):
        an_initiative("idea").charter(
            engagement=an_engagement(), family=FAMILY, answering=answering() | {"sponsor_id": gone}
        )


@pytest.mark.parametrize(
    ("member", "person", "refusal"),
    [
        ("sponsor_id", a_person("per_9"), AnswersForAnother),
        ("lead_id", a_person("per_9", partner_id="prt_2"), AnswersForAnother),
        ("lead_id", a_person("per_9", partner_id="prt_1", present=False), TeamMemberHasLeft),
        ("improvement_advisor_id", a_person("per_9", partner_id="prt_2"), TeamMemberOfAnotherPartner),
        ("coach_id", a_person("per_9", role="guest"), NotACoach),
        ("member_ids/0", a_person("per_9", partner_id="prt_2"), TeamMemberOfAnotherPartner),
    ],
    ids=["the institute's sponsors", "another partner's leads", "a lead who left", "another partner's advises",
         "no coach coaches", "another partner's takes part"],
)  # fmt: skip
def test_who_answers_for_results_is_of_the_partner_and_who_helps_of_it_or_of_the_institute(
    member: str, person: Person, refusal: type[Invalid]
) -> None:
    with pytest.raises(refusal) as refused:
        proposed({member: person})

    assert [field["pointer"] for field in refused.value.fields] == [f"/{member}"]


def test_people_of_the_partner_and_of_the_institute_work_together() -> None:
    people = {**answering(), "improvement_advisor_id": a_person("per_9", role="staff"), "coach_id": a_person("per_8")}

    assert proposed(people).improvement_advisor_id == "per_9"


@pytest.mark.parametrize(
    ("aim", "measure", "refusal", "pointer"),
    [
        (an_aim(target_value=Decimal("4.20")), INFECTIONS, AimWithoutChange, "/aim/target_value"),
        (an_aim(target_date=date(2026, 5, 31)), INFECTIONS, DayIsPast, "/aim/target_date"),
        (an_aim(), READMISSIONS, NotItsOutcomeMeasure, "/aim/outcome_measure_id"),
        (an_aim(), MeasureFact(id="msr_1", engagement_id="eng_2", kind="outcome"), NotItsOutcomeMeasure,
         "/aim/outcome_measure_id"),
    ],
    ids=["no change", "a day that is past", "no outcome measure", "another engagement's measure"],
)  # fmt: skip
def test_an_aim_has_a_number_to_reach_and_a_day_to_come_and_an_outcome_measure(
    aim: Aim, measure: MeasureFact, refusal: type[Invalid], pointer: str
) -> None:
    with pytest.raises(refusal) as refused:
        Initiative.propose(id="ini_1", engagement=an_engagement(), people={}, measure=measure, at=NOON, title="Fewer",
                           level=Level.LOCAL, focus_areas=["safer_care"], settings=[Setting.COMMUNITY],
                           intervention_focus=InterventionFocus.VALUE, aim=aim)  # fmt: skip

    assert [field["pointer"] for field in refused.value.fields] == [pointer]


@pytest.mark.parametrize(
    ("value", "share"), [("4.2", "0"), ("3.15", "0.5"), ("2.1", "1"), ("1.05", "1.5"), ("5.25", "-0.5")]
)
def test_how_much_of_the_way_is_reached_is_exact(value: str, share: str) -> None:
    assert an_aim().share_reached(Fraction(value)) == Fraction(share)


@pytest.mark.parametrize("change", [{"sponsor_id": None}, {"aim": None}, {"intervention_focus": "value"}])
def test_a_charter_that_was_accepted_stays_complete(change: dict[str, Any]) -> None:
    cost = MeasureFact(id="msr_2", engagement_id="eng_1", kind="balancing", quality_dimension="efficient")
    change = {name: InterventionFocus(value) if value == "value" else value for name, value in change.items()}

    with pytest.raises(CharterIncomplete, match=r"ini_1 is active, and keeps: .*Redraft it first"):
        an_initiative().change(
            engagement=an_engagement(), people={}, measure=None, family=(INFECTIONS, cost), by="anna", at=NOON, **change
        )


def test_what_a_charter_lacks_already_hinders_no_change() -> None:
    thing = an_initiative()

    thing.change(
        engagement=an_engagement(), people={}, measure=None, family=(), by="anna", at=NOON, resources="A nurse"
    )

    assert thing.resources == "A nurse"


def test_a_start_is_taken_back_only_before_a_change_is_tested() -> None:
    with pytest.raises(CyclesHaveBegun, match="bundle"):
        an_initiative().retract_start(
            engagement=an_engagement(), tested=TriedIdeas(ideas={"bundle"}), statement=statement()
        )


def test_what_became_of_it_is_kept_when_it_is_reopened() -> None:
    thing = an_initiative("chartered")
    thing.close(engagement=an_engagement(), closing=a_closing())
    thing.reopen(engagement=an_engagement(), statement=statement("It slipped back"))

    closed, reopened = thing.recorded
    assert isinstance(closed, InitiativeClosed)
    assert (closed.outcome, closed.reason, closed.with_engagement) == ("achieved", "The target holds", False)
    assert isinstance(reopened, InitiativeReopened)
    assert (reopened.state, thing.closing, len(thing.closings)) == ("chartered", None, 1)


def test_the_role_of_somebody_who_leaves_waits_until_they_are_back_or_another_is_named() -> None:
    thing, lead = an_initiative(), of_partner("per_lead")
    lead.leave(sequence=2, on=date(2026, 5, 30))

    thing.follow(lead, today=TODAY)
    thing.follow(lead, today=TODAY)
    assert [(each.role, each.since) for each in thing.vacancies] == [("lead", date(2026, 5, 30))]
    lead.describe(sequence=3, partner_id="prt_1", name="Ada", role="leader", zone="UTC")
    thing.follow(lead, today=TODAY)

    assert [type(event) for event in thing.recorded] == [InitiativeRoleVacated, InitiativeRoleKept]
    assert thing.vacancies == []


def test_the_role_of_somebody_who_works_for_another_partner_waits_whatever_is_heard_first() -> None:
    thing, lead = an_initiative(), of_partner("per_lead")

    lead.describe(sequence=3, partner_id="prt_2", name="Ada", role="leader", zone="UTC")
    thing.follow(lead, today=TODAY)
    lead.leave(sequence=2, on=date(2026, 5, 30))
    thing.follow(lead, today=TODAY)

    assert [(each.role, each.since) for each in thing.vacancies] == [("lead", TODAY)]
    lead.describe(sequence=4, partner_id="prt_1", name="Ada", role="leader", zone="UTC")
    thing.follow(lead, today=TODAY)
    assert thing.vacancies == []


def test_a_role_waits_since_its_person_works_elsewhere_and_not_since_they_left_some_other_time() -> None:
    thing, lead = an_initiative(), of_partner("per_lead")
    lead.leave(sequence=2, on=date(2024, 1, 8))
    lead.describe(sequence=3, partner_id="prt_1", name="Ada", role="leader", zone="UTC")

    lead.describe(sequence=4, partner_id="prt_2", name="Ada", role="leader", zone="UTC")
    thing.follow(lead, today=TODAY)

    assert [each.since for each in thing.vacancies] == [TODAY]


def test_who_coaches_an_initiative_may_work_for_any_partner() -> None:
    thing = an_initiative()
    thing.coach_id = "per_9"
    coach = a_person("per_9", partner_id="prt_2", role="improver")

    thing.follow(coach, today=TODAY)

    assert thing.vacancies == []


def test_a_role_that_somebody_else_takes_waits_no_more() -> None:
    thing, lead = an_initiative(), of_partner("per_lead")
    lead.leave(sequence=2, on=date(2026, 5, 30))
    thing.follow(lead, today=TODAY)

    thing.change(
        engagement=an_engagement(), people={"lead_id": of_partner("per_new")}, measure=None, family=FAMILY, by="anna",
        at=datetime(2026, 6, 2, tzinfo=UTC), lead_id="per_new",
    )  # fmt: skip

    assert thing.vacancies == []


def test_an_aim_that_is_put_on_record_as_history_may_have_a_day_that_is_past() -> None:
    aim = an_aim(target_date=date(2024, 5, 31))

    initiative = Initiative.propose(
        id="ini_1", engagement=an_engagement(), people={}, measure=INFECTIONS, at=NOON, title="Fewer",
        level=Level.LOCAL, focus_areas=["safer_care"], settings=[Setting.COMMUNITY],
        intervention_focus=InterventionFocus.VALUE, aim=aim, in_history=True,
    )  # fmt: skip
    later = an_aim(target_date=date(2025, 5, 31))
    initiative.change(engagement=an_engagement(), people={}, measure=INFECTIONS, family=[], by="anna", at=NOON,
                      in_history=True, aim=later)  # fmt: skip

    assert initiative.aim == later
