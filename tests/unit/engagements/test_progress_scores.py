"""Scores of progress: by month, by the team and by faculty; when they differ, and when nothing moves for too long."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from chassis.domain.errors import Invalid
from services.engagements.events.initiative import (
    InitiativeMovedOn,
    InitiativeScored,
    InitiativeScoresAgree,
    InitiativeScoresDiffer,
    InitiativeStalled,
)
from services.engagements.model.engagement_lifecycle import PausedFor
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.initiative_lifecycle import NoSuchScore, ScoredAlready
from services.engagements.model.improvement.progress import (
    AssessorRole,
    CorrectedToTheSameScore,
    MonthBeforeItBegan,
    MonthToCome,
    NotOnTheScale,
    standing,
)
from tests.builders.engagements import an_engagement, statement
from tests.builders.initiatives import a_closing, an_initiative, judged, scored

SELF, FACULTY = AssessorRole


def corrected(
    thing: Initiative, month: str, score: str, *, role: AssessorRole = SELF, on: date = date(2026, 6, 1)
) -> None:
    thing.correct_score(
        engagement=an_engagement(), month=month, role=role, judged=judged(score, on=on), statement=statement("A typo")
    )


def said(thing: Initiative, kind: type) -> list[object]:
    return [event for event in thing.recorded if type(event) is kind]


@pytest.mark.parametrize("score", ["0.5", "1.0", "2.5", "3", "5.0"])
def test_a_score_is_on_the_scale(score: str) -> None:
    assert scored(an_initiative(), "2026-05", score).scores[0].judged.score == Decimal(score)


@pytest.mark.parametrize("score", ["0", "0.4", "2.25", "2.75", "5.5", "-2.5", "2.500000000000001"])
def test_nothing_between_or_beyond_the_steps_is_a_score(score: str) -> None:
    with pytest.raises(NotOnTheScale, match=r"in steps of 0\.5, is expected; got"):
        scored(an_initiative(), "2026-05", score)


@pytest.mark.parametrize(("month", "refusal"), [("2026-07", MonthToCome), ("2025-12", MonthBeforeItBegan)])
def test_a_month_is_scored_that_has_begun_since_work_began(month: str, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        scored(an_initiative(), month, "2.5")


def test_a_month_is_scored_once_by_each_and_then_corrected() -> None:
    thing = scored(scored(an_initiative(), "2026-05", "2.5"), "2026-05", "3.0", role=FACULTY)

    with pytest.raises(ScoredAlready, match="2026-05 by faculty: correct that"):
        scored(thing, "2026-05", "2.5", role=FACULTY)


def test_a_correction_keeps_the_former_score_and_why() -> None:
    thing = scored(an_initiative(), "2026-05", "2.5")

    corrected(thing, "2026-05", "3.0")

    (score,) = thing.scores
    (correction,) = score.corrections
    assert (score.judged.score, correction.before.score) == (Decimal("3.0"), Decimal("2.5"))
    assert correction.statement.reason == "A typo"


def test_only_another_score_that_was_given_is_a_correction() -> None:
    thing = scored(an_initiative(), "2026-05", "2.5")

    with pytest.raises(CorrectedToTheSameScore):
        corrected(thing, "2026-05", "2.50")
    with pytest.raises(NoSuchScore, match="A month that faculty scored is expected"):
        corrected(thing, "2026-05", "3.0", role=FACULTY)


def test_a_score_says_who_scored_and_what_faculty_thinks_now() -> None:
    thing = scored(an_initiative(), "2026-04", "4.0", role=FACULTY)
    scored(thing, "2026-05", "3", role=SELF)

    *_, event = said(thing, InitiativeScored)
    assert event == InitiativeScored(
        initiative_id="ini_1", engagement_id="eng_1", partner_id="prt_1", title="Fewer infections", month="2026-05",
        assessor_role="self", score="3.0", corrected=False, faculty_score="4.0", coach_id="per_1",
    )  # fmt: skip


@pytest.mark.parametrize(("own", "faculty", "differ"), [("3.0", "2.5", 0), ("3.5", "2.5", 1), ("2.0", "4.0", 1)])
def test_scores_of_a_month_that_are_one_or_more_apart_differ(own: str, faculty: str, differ: int) -> None:
    thing = scored(scored(an_initiative(), "2026-05", own), "2026-05", faculty, role=FACULTY)

    assert len(said(thing, InitiativeScoresDiffer)) == differ


def test_scores_of_two_months_do_not_differ() -> None:
    thing = scored(scored(an_initiative(), "2026-04", "1.0"), "2026-05", "4.0", role=FACULTY)

    assert said(thing, InitiativeScoresDiffer) == []


def test_scores_that_a_correction_brings_together_agree() -> None:
    thing = scored(scored(an_initiative(), "2026-05", "3.5"), "2026-05", "2.5", role=FACULTY)

    corrected(thing, "2026-05", "3.0")
    corrected(thing, "2026-05", "2.5")

    (agree,) = said(thing, InitiativeScoresAgree)
    assert agree == InitiativeScoresAgree(
        initiative_id="ini_1", engagement_id="eng_1", partner_id="prt_1", title="Fewer infections", month="2026-05",
        self_score="3.0", faculty_score="2.5", coach_id="per_1",
    )  # fmt: skip


def months(*scores: tuple[str, str]) -> Initiative:
    """Scores by the team, each given on the last day of its month or on 1 June 2026, whichever is earlier."""
    thing = an_initiative()
    for month, score in scores:
        scored(thing, month, score, on=date(2026, 6, 1) if month >= "2026-05" else date.fromisoformat(f"{month}-28"))
    return thing


@pytest.mark.parametrize(
    ("scores", "stands"),
    [
        ([("2026-04", "2.5")], ("2.5", date(2026, 4, 28))),
        ([("2026-02", "2.5"), ("2026-03", "2.5"), ("2026-04", "2.5")], ("2.5", date(2026, 2, 28))),
        ([("2026-02", "2.5"), ("2026-03", "3.0"), ("2026-04", "2.5")], ("2.5", date(2026, 4, 28))),
        ([("2026-04", "2.5"), ("2026-02", "2.5")], ("2.5", date(2026, 2, 28))),
        ([("2026-05", "3.0")], ("3.0", date(2026, 5, 31))),
    ],
    ids=["once", "thrice", "back again", "a month scored later", "scored after the month"],
)
def test_an_initiative_stands_at_its_newest_score_since_it_has_been_so(
    scores: list[tuple[str, str]], stands: tuple[str, date]
) -> None:
    now = standing(months(*scores).scores)

    assert now is not None
    assert (format(now.score, ".1f"), now.since) == stands


@pytest.mark.parametrize("first", [SELF, FACULTY])
def test_of_two_scores_of_a_month_it_stands_at_that_of_faculty(first: AssessorRole) -> None:
    given = {SELF: "3.0", FACULTY: "2.5"}
    thing = an_initiative()
    for role in sorted(given, key=lambda role: role is not first):
        scored(thing, "2026-05", given[role], role=role)

    now = standing(thing.scores)

    assert now is not None
    assert now.score == Decimal("2.5")


NINETY_DAYS_OVER = datetime(2026, 5, 29, 5, 0, tzinfo=UTC)
"""28 February and 89 days more are over in Chicago: 27 and 1 in March and February, 30 in April, 28 in May."""


def stuck() -> Initiative:
    return months(("2026-02", "2.5"))


def test_two_and_a_half_for_ninety_days_is_a_stall_where_the_partner_is() -> None:
    thing = stuck()

    assert thing.stalls_at == NINETY_DAYS_OVER
    assert not thing.stall(engagement=an_engagement(), at=datetime(2026, 5, 29, 4, 59, tzinfo=UTC))
    assert thing.stall(engagement=an_engagement(), at=NINETY_DAYS_OVER)
    assert said(thing, InitiativeStalled) == [
        InitiativeStalled(
            initiative_id="ini_1", engagement_id="eng_1", partner_id="prt_1", title="Fewer infections", score="2.5",
            since=date(2026, 2, 28), stalled_on=date(2026, 5, 29), coach_id="per_1",
        )
    ]  # fmt: skip


def test_a_stall_is_said_once_also_when_the_same_score_is_given_again() -> None:
    thing = stuck()
    thing.stall(engagement=an_engagement(), at=NINETY_DAYS_OVER)

    scored(thing, "2026-05", "2.5")

    assert (thing.stalls_at, thing.stall(engagement=an_engagement(), at=datetime(2027, 1, 1, tzinfo=UTC))) == (
        None,
        False,
    )


def test_another_month_at_the_same_score_does_not_begin_the_days_anew() -> None:
    assert months(("2026-02", "2.5"), ("2026-03", "2.5")).stalls_at == NINETY_DAYS_OVER


@pytest.mark.parametrize("score", ["2.0", "3.0"])
def test_a_score_that_moves_before_that_waits_for_no_stall(score: str) -> None:
    assert months(("2026-02", "2.5"), ("2026-03", score)).stalls_at is None


def test_a_score_that_moves_ends_a_stall() -> None:
    thing = stuck()
    thing.stall(engagement=an_engagement(), at=NINETY_DAYS_OVER)

    scored(thing, "2026-05", "3.0")

    assert thing.stalled_on is None
    assert [(event.score, event.corrected) for event in said(thing, InitiativeMovedOn)] == [("3.0", False)]  # type: ignore[attr-defined]


def test_a_correction_shows_that_it_never_stalled() -> None:
    thing = months(("2026-02", "2.5"), ("2026-04", "2.5"))
    thing.stall(engagement=an_engagement(), at=NINETY_DAYS_OVER)

    scored(thing, "2026-03", "3.0")

    assert [(event.score, event.corrected) for event in said(thing, InitiativeMovedOn)] == [("2.5", False)]  # type: ignore[attr-defined]
    assert thing.stalls_at == datetime(2026, 7, 27, 5, 0, tzinfo=UTC)


def test_a_rest_begins_the_ninety_days_anew() -> None:
    thing, engagement = stuck(), an_engagement()
    engagement.pause(PausedFor.ITSELF, statement=statement())
    thing.await_stall(engagement=engagement, at=datetime(2026, 5, 1, 12, 0, tzinfo=UTC))
    assert thing.stalls_at is None
    engagement.resume(PausedFor.ITSELF)

    thing.await_stall(engagement=engagement, at=datetime(2026, 6, 1, 12, 0, tzinfo=UTC))

    assert thing.stalls_at == datetime(2026, 8, 30, 5, 0, tzinfo=UTC)


def test_what_is_closed_does_not_stall() -> None:
    thing = stuck()

    thing.close(engagement=an_engagement(), closing=a_closing())

    assert (thing.stalls_at, thing.stalled_on) == (None, None)
