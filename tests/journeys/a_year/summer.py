"""May to August: who goes to the Summer Camp, and a pause after it."""

from tests.journeys.a_year.people import CHIDI, KARIN, SINA, TOMASI
from tests.journeys.a_year.played import Year


def may(year: Year) -> None:
    """A milestone is reached, reopened, reached again; an invitation is declined, undone, accepted; seats are offered.

    The camp is moved once more when all have answered: who was to come is asked anew, and comes.
    """
    with year.at("2050-05-10T21:00Z"):
        year.change("hands", "reached", by=SINA, reached_on="2050-05-10", evidence="91 per cent for three weeks")
    with year.at("2050-05-11T21:00Z"):
        year.change("hands", "reopened", by=SINA, reason="One ward was counted twice")
    with year.at("2050-05-13T07:30Z", until=year.come("answer_reminder", 2)):
        pass
    with year.at("2050-05-14T21:00Z"):
        year.change("hands", "reached", by=SINA, reached_on="2050-05-14", evidence="90.4 per cent, counted anew")
    with year.at("2050-05-15T20:00Z"):
        year.answer("upolu", "summer", by=SINA, answer="declined", reason="Our board meets")
    with year.at("2050-05-15T20:30Z"):
        year.answer("upolu", "summer", by=SINA, answer="undone")
    with year.at("2050-05-16T20:00Z", until=lambda: year.invitation("vattern", "summer")["state"] == "issued"):
        year.answer("upolu", "summer", by=SINA, answer="accepted", seats=2)
    with year.at("2050-05-17T09:00Z"):
        year.answer("vattern", "summer", by=KARIN, answer="accepted")
    with year.at("2050-05-24T09:00Z"):
        year.amend("summer", starts_on="2050-06-21", ends_on="2050-06-24")
    with year.at("2050-05-24T20:00Z"):
        year.answer("upolu", "summer", by=TOMASI, answer="accepted", seats=2)
    with year.at("2050-05-25T09:00Z"):
        year.answer("vattern", "summer", by=KARIN, answer="accepted")
    with year.at("2050-05-28T10:00Z", until=year.come("follow_up_due", 1)):
        pass


def june(year: Year) -> None:
    """What was due is done; a session is cancelled; the camp takes place, and one who was there makes a promise."""
    with year.at("2050-06-01T15:00Z"):
        year.schedule("second session", held_at="2050-06-04T10:00:00+13:00", by=CHIDI, milestone_id=year.id("hands"))
        year.name(KARIN, "vattern", "summer")
    with year.at("2050-06-04T00:00Z"):
        year.change("second session", "held", by=CHIDI, held_on="2050-06-04")
    with year.at("2050-06-07T09:00Z"):
        year.change("summer", "frozen")
    with year.at("2050-06-10T15:00Z"):
        year.schedule("a session that is cancelled", held_at="2050-06-28T10:00:00+13:00", by=CHIDI)
    with year.at("2050-06-12T15:00Z"):
        year.change("a session that is cancelled", "cancelled", by=CHIDI, reason="The ward is closed for repairs")
    with year.at("2050-06-20T09:00Z"):
        year.plan("board", kind="governance", title="The board reviews harm every month", due_on="2050-09-30", by=SINA)
    with year.at("2050-06-21T07:00Z", until=lambda: year.now("summer")["state"] == "running"):
        pass
    with year.at("2050-06-24T15:00Z", until=lambda: year.now("summer")["state"] == "ended"):
        pass
    with year.at("2050-06-25T09:00Z"):
        year.was_there(KARIN, "summer", on="2050-06-21")
    with year.at("2050-06-26T09:00Z"):
        year.create("promise", "/v1/commitments", by=KARIN, camp_id=year.id("summer"), partner_id=year.id("vattern"),
                    owner_id=year.id(KARIN), what="A walk before lunch on two wards", due_on="2050-09-10")  # fmt: skip
    with year.at("2050-07-01T09:00Z", until=year.come("camp_harvest", 2)):
        year.change("summer", "closed")


def july(year: Year) -> None:
    """A leader leaves by mistake, and returns."""
    with year.at("2050-07-05T09:00Z"):
        year.change(TOMASI, "left")
    year.look_by_link(TOMASI)
    year.look_by_link(SINA)
    with year.at("2050-07-06T09:00Z"):
        year.change(TOMASI, "returned", reason="It was somebody else of that name")
    year.look_by_link(TOMASI)


def august(year: Year) -> None:
    """A partner pauses; another one is reminded of its promise once more."""
    with year.at("2050-08-01T09:00Z"):
        year.change("upolu", "paused", reason="A cyclone has closed two hospitals")
    with year.at("2050-08-25T09:00Z", until=year.come("commitment_reminder", 1)):
        pass
    with year.at("2050-08-29T09:00Z"):
        year.change("upolu", "resumed")
