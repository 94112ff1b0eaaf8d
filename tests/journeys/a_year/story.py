"""What happens in a year of a partnership, month by month, each thing asked for by whoever would ask for it."""

from tests.journeys.a_year.played import Year
from tests.journeys.partner_isolation import assessment

ANNA, CHIDI, MARIA = (
    "Anna, of the institute's staff",
    "Chidi, who coaches until October",
    "Maria, who coaches after him",
)
SINA, TOMASI, KARIN = "Sina, who leads Upolu", "Tomasi, who leads it with her", "Karin, who leads Region Vättern"
SINA_MOVED = "Sina, at her new address"


def play(year: Year) -> None:
    """Play all of it."""
    january(year)
    february(year)
    march_and_april(year)
    may(year)
    june_to_august(year)
    september(year)
    october(year)


def january(year: Year) -> None:
    """Two partners are proposed, judged and admitted; they agree on their engagements, and work begins."""
    with year.at("2050-01-10T09:00Z"):
        year.put_on_record(ANNA, "Anna Berg", "staff", "Europe/Stockholm")
        year.put_on_record(CHIDI, "Chidi Okonkwo", "coach", "America/Toronto")
        year.put_on_record(MARIA, "Maria Santos", "coach", "Europe/Lisbon")
        year.propose("upolu", "Upolu Health Service", place="Apia", country="WS", zone="Pacific/Apia")
        year.propose("vattern", "Region Vättern", place="Jönköping", country="SE", zone="Europe/Stockholm")
        year.put_on_record(SINA, "Sina Leavasa", "leader", "Pacific/Apia", partner="upolu")
        year.put_on_record(TOMASI, "Tomasi Faleolo", "leader", "Pacific/Auckland", partner="upolu")
        year.put_on_record(KARIN, "Karin Holm", "leader", "Europe/Stockholm", partner="vattern")
        year.staff.post(f"{year.path('upolu')}/assessments", assessment())
    with year.at("2050-01-11T09:00Z"):
        for partner in ("upolu", "vattern"):
            year.change(partner, "admitted", reasons=["Leaders with the will to transform care"],
                        term_starts_on="2050-01-11", term_ends_on="2052-12-31")  # fmt: skip
    with year.at("2050-01-20T09:00Z"):
        for partner, for_partner in (("upolu", "Sina Leavasa"), ("vattern", "Karin Holm")):
            year.find(f"work in {partner}", "/v1/engagements", of=partner)
            year.change(f"work in {partner}", "agreed", for_partner=for_partner, for_institute="Anna Berg",
                        agreed_on="2050-01-20")  # fmt: skip
    with year.at("2050-01-24T09:00Z"):
        for partner, coach in (("upolu", CHIDI), ("vattern", MARIA)):
            year.change(f"work in {partner}", "active", lead_coach_id=year.id(coach), activated_on="2050-01-24")


def february(year: Year) -> None:
    """Milestones are planned, a camp is announced; a session is scheduled, moved, handed over, held, retracted."""
    with year.at("2050-02-01T09:00Z"):
        year.plan("hands", kind="aim_target", title="Hand hygiene above 90 per cent", due_on="2050-04-15", by=SINA)
        year.plan("sepsis", kind="capability", title="Two wards test the sepsis bundle", due_on="2050-03-31", by=SINA)
        year.announce("summer", season="summer", title="Summer Camp 2050", place="Jönköping",
                      starts_on="2050-06-13", ends_on="2050-06-16", capacity=6)  # fmt: skip
    with year.at("2050-02-07T15:00Z"):
        year.schedule("first session", held_at="2050-02-22T10:00:00+13:00", by=CHIDI)
    with year.at("2050-02-14T15:00Z"):
        year.change("first session", "moved", by=CHIDI, held_at="2050-02-23T10:00:00+13:00", zone="Pacific/Apia",
                    reason="The ward round is on Tuesday")  # fmt: skip
    with year.at("2050-02-16T15:00Z"):
        year.change("first session", "handed_over", by=CHIDI, coach_id=year.id(MARIA))
    with year.at("2050-02-23T00:00Z"):
        year.change("first session", "held", held_on="2050-02-23", notes="Two wards want to begin")
    with year.at("2050-02-23T09:00Z"):
        year.change("first session", "retracted", reason="It was the session of another partner")
    with year.at("2050-02-24T00:00Z"):
        year.change("first session", "held", held_on="2050-02-24", notes="Two wards want to begin")


def march_and_april(year: Year) -> None:
    """One milestone is at risk, missed and given another day; the other is reached; the Summer Camp invites."""
    with year.at("2050-03-14T21:00Z"):
        year.change("hands", "at_risk", by=SINA, reason="Two wards have no dispensers yet")
    with year.at("2050-03-30T21:00Z"):
        year.change("sepsis", "reached", by=SINA, reached_on="2050-03-30", evidence="Both wards have run three tests")
    with year.at("2050-04-10T15:00Z"):
        year.find("sepsis follow-up", "/v1/follow-ups", of="upolu")
        year.change("sepsis follow-up", "completed", by=CHIDI, reason="We talked on the telephone")
    with year.at("2050-04-15T12:00Z", until=lambda: year.now("hands")["state"] == "missed"):
        pass
    with year.at("2050-04-17T21:00Z"):
        year.change("hands", "rescheduled", by=SINA, due_on="2050-05-31", reason="The dispensers come in May")
    with year.at("2050-04-20T09:00Z", until=lambda: year.invitation("upolu", "summer")):
        year.change("summer", "inviting", answer_by="2050-05-20")
    with year.at("2050-04-21T09:00Z"):
        year.invite("vattern", "summer", reason="You teach others what flow is")


def may(year: Year) -> None:
    """A milestone is reached, reopened, reached again; an invitation declined, undone, accepted; seats are offered."""
    with year.at("2050-05-10T21:00Z"):
        year.change("hands", "reached", by=SINA, reached_on="2050-05-10", evidence="91 per cent for three weeks")
    with year.at("2050-05-11T21:00Z"):
        year.change("hands", "reopened", by=SINA, reason="One ward was counted twice")
    with year.at("2050-05-13T07:30Z", until=lambda: year.letters("answer_reminder") == 2):
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
    with year.at("2050-05-28T10:00Z", until=lambda: year.letters("follow_up_due") == 1):
        pass


def june_to_august(year: Year) -> None:
    """What was due is done; one leader leaves by mistake and returns; the partner pauses, and resumes."""
    with year.at("2050-06-01T15:00Z"):
        year.schedule("second session", held_at="2050-06-04T10:00:00+13:00", by=CHIDI, milestone_id=year.id("hands"))
    with year.at("2050-06-04T00:00Z"):
        year.change("second session", "held", by=CHIDI, held_on="2050-06-04")
    with year.at("2050-06-20T09:00Z"):
        year.plan("board", kind="governance", title="The board reviews harm every month", due_on="2050-09-30", by=SINA)
    with year.at("2050-07-05T09:00Z"):
        year.change(TOMASI, "left")
    with year.at("2050-07-06T09:00Z"):
        year.change(TOMASI, "returned", reason="It was somebody else of that name")
    with year.at("2050-08-01T09:00Z"):
        year.change("upolu", "paused", reason="A cyclone has closed two hospitals")
    with year.at("2050-08-29T09:00Z"):
        year.change("upolu", "resumed")


def september(year: Year) -> None:
    """The Winter Camp invites, one partner by a milestone and one by hand; one leader has another address."""
    with year.at("2050-08-30T09:00Z"):
        year.announce("winter", season="winter", title="Winter Camp 2050", place="Åre", starts_on="2050-12-05",
                      ends_on="2050-12-07", capacity=8)  # fmt: skip
    with year.at("2050-09-12T09:00Z"):
        year.change("winter", "inviting", answer_by="2050-10-31")
        year.invite("vattern", "winter", reason="You teach others what flow is")
    with year.at("2050-09-20T21:00Z"):
        year.change("board", "reached", by=SINA, reached_on="2050-09-20", evidence="Three months of minutes")
    with year.at("2050-09-22T15:00Z"):
        year.schedule("third session", held_at="2050-10-12T10:00:00+13:00", by=CHIDI, milestone_id=year.id("board"))
    with year.at("2050-09-25T09:00Z"):
        year.move(SINA, to=SINA_MOVED)


def october(year: Year) -> None:
    """The coach leaves, and a successor is named; who was invited answers, or is reminded; the partner departs."""
    with year.at("2050-10-03T09:00Z"):
        year.change(CHIDI, "left")
    with year.at("2050-10-05T09:00Z"):
        year.change("work in upolu", "lead_coach_replaced", coach_id=year.id(MARIA), reason="Chidi has left")
    with year.at("2050-10-10T09:00Z"):
        year.answer("vattern", "winter", by=KARIN, answer="declined", reason="We are opening a hospital")
    with year.at("2050-10-11T22:00Z"):
        year.change("third session", "held", by=MARIA, held_on="2050-10-12")
    with year.at("2050-10-12T20:00Z"):
        year.answer("upolu", "winter", by=TOMASI, answer="tentative")
    with year.at("2050-10-24T07:30Z", until=lambda: year.letters("answer_reminder") == 4):
        pass
    with year.at("2050-10-25T09:00Z"):
        year.schedule("fourth session", held_at="2050-11-09T10:00:00+13:00", by=MARIA)
    with year.at("2050-10-28T09:00Z"):
        year.change("upolu", "departed", reason="Its hospitals join the health service of the whole country")
