"""July: a team measures; its data get worse, propose a milestone, take all of that back, and are late."""

from datetime import date, timedelta

from tests.journeys.a_year.people import JOAN
from tests.journeys.a_year.played import Year

WORKED = (12, 14, 13, 15, 14, 16, 12, 9, 8, 10, 7, 9, 8)
"""The six last ones are below the median: a shift (the reference's first worked example)."""
FIRST_WEEK = date(2050, 4, 11)
TENTH_WEEK = FIRST_WEEK + timedelta(weeks=9)


def a_team_measures(year: Year) -> None:
    """What should rise falls, which was a mistake."""
    with year.at("2050-07-07T15:00Z"):
        _measure(year, "walks", title="Patients who walk on the first day", improvement="increase")
        _record(year, "walks", FIRST_WEEK, *WORKED)
    with year.at("2050-07-08T15:00Z"):
        _correct(year, "walks", value=13, reason="Three of another ward were missing")


def data_propose_a_milestone(year: Year) -> None:
    """Data propose it, do so no more, and again; it is confirmed, and a late correction opens it again."""
    with year.at("2050-07-09T15:00Z"):
        _measure(year, "infections", title="Infections in a week", improvement="decrease")
        rule = {"kind": "favourable_shift", "measure_id": year.id("infections")}
        year.create("fewer", "/v1/milestones", by=JOAN, engagement_id=year.id("work in kestrel"), kind="aim_target",
                    title="Fewer infections for good", due_on="2051-01-31", evidence_rule=rule)  # fmt: skip
        _record(year, "infections", FIRST_WEEK, *WORKED)
    with year.at("2050-07-10T15:00Z"):
        _correct(year, "infections", value=13, reason="Three more were found")
    with year.at("2050-07-11T15:00Z"):
        _correct(year, "infections", value=10, reason="They were of the week before")
    with year.at("2050-07-12T15:00Z"):
        year.change("fewer", "reached", by=JOAN, reached_on="2050-07-12", evidence="We see it in every ward")
    with year.at("2050-07-14T15:00Z"):
        _correct(year, "infections", value=14, reason="They were of this week, and there was one more")
    with year.at("2050-07-15T15:00Z"):
        year.change("infections", "retired", by=JOAN, reason="The laboratory counts otherwise from now on")


def data_are_late(year: Year) -> None:
    """Nobody records anything for two weeks, then it comes, and the measure is given up."""
    with year.at("2050-07-25T09:00Z", until=year.come("data_late", 2)):
        pass
    with year.at("2050-07-26T15:00Z"):
        _record(year, "walks", date(2050, 7, 11), 12, 13)
    with year.at("2050-07-27T15:00Z"):
        year.change("walks", "retired", by=JOAN, reason="Everybody walks, and nobody looks at it any more")


def _measure(year: Year, name: str, **described: str) -> None:
    year.create(name, "/v1/measures", by=JOAN, engagement_id=year.id("work in kestrel"), kind="outcome",
                unit="in a week", frequency="weekly", definition={"numerator": described["title"]},
                **described)  # fmt: skip


def _record(year: Year, measure: str, first: date, *values: int) -> None:
    points = [{"on": str(first + timedelta(weeks=number)), "value": value} for number, value in enumerate(values)]
    year.as_(JOAN).post(f"{year.path(measure)}/data-point-batches", {"data_points": points})


def _correct(year: Year, measure: str, **otherwise: object) -> None:
    """Have the data point of the tenth week be another."""
    points = year.staff.get(f"{year.path(measure)}/data-points", limit="100")["items"]
    (tenth,) = (each["id"] for each in points if each["period"] == str(TENTH_WEEK))
    year.paths["tenth week"] = f"/v1/data-points/{tenth}"
    year.change("tenth week", "corrected", by=JOAN, **otherwise)
