"""January to April: three partners begin, and the Summer Camp invites."""

from tests.journeys.a_year.people import ANNA, CHIDI, JOAN, KARIN, MARIA, SINA, TOMASI
from tests.journeys.a_year.played import Year
from tests.journeys.partner_isolation import assessment


def january(year: Year) -> None:
    """Three partners are proposed, judged and admitted; they agree on their engagements, and work begins."""
    with year.at("2050-01-10T09:00Z"):
        year.put_on_record(ANNA, "Anna Berg", "staff", "Europe/Stockholm")
        year.put_on_record(CHIDI, "Chidi Okonkwo", "coach", "America/Toronto")
        year.put_on_record(MARIA, "Maria Santos", "coach", "Europe/Lisbon")
        year.propose("upolu", "Upolu Health Service", place="Apia", country="WS", zone="Pacific/Apia")
        year.propose("vattern", "Region Vättern", place="Jönköping", country="SE", zone="Europe/Stockholm")
        year.propose("kestrel", "Kestrel Bay Hospitals", place="Halifax", country="CA", zone="America/Halifax")
        year.put_on_record(SINA, "Sina Leavasa", "leader", "Pacific/Apia", partner="upolu")
        year.put_on_record(TOMASI, "Tomasi Faleolo", "leader", "Pacific/Auckland", partner="upolu")
        year.put_on_record(KARIN, "Karin Holm", "leader", "Europe/Stockholm", partner="vattern")
        year.put_on_record(JOAN, "Joan Murphy", "leader", "America/Halifax", partner="kestrel")
        year.staff.post(f"{year.path('upolu')}/assessments", assessment())
    with year.at("2050-01-11T09:00Z"):
        for partner in ("upolu", "vattern", "kestrel"):
            year.change(partner, "admitted", reasons=["Leaders with the will to transform care"],
                        term_starts_on="2050-01-11", term_ends_on="2052-12-31")  # fmt: skip
    with year.at("2050-01-20T09:00Z"):
        leaders = {"upolu": "Sina Leavasa", "vattern": "Karin Holm", "kestrel": "Joan Murphy"}
        for partner, for_partner in leaders.items():
            year.find(f"work in {partner}", "/v1/engagements", of=partner)
            year.change(f"work in {partner}", "agreed", for_partner=for_partner, for_institute="Anna Berg",
                        agreed_on="2050-01-20")  # fmt: skip
    with year.at("2050-01-24T09:00Z"):
        for partner, coach in (("upolu", CHIDI), ("vattern", MARIA), ("kestrel", CHIDI)):
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
    """One milestone is at risk, missed and given another day, one is reached; another coach leads an engagement."""
    with year.at("2050-03-01T09:00Z"):
        year.change("work in kestrel", "lead_coach_replaced", coach_id=year.id(MARIA), reason="Chidi has too many")
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


def the_summer_camp_invites(year: Year) -> None:
    """One partner is invited and two wait; of these one takes fewer seats, and leaves; the camp moves meanwhile."""
    with year.at("2050-04-20T09:00Z", until=lambda: year.invitation("upolu", "summer")):
        year.change("summer", "inviting", answer_by="2050-05-20")
    with year.at("2050-04-21T09:00Z"):
        year.invite("vattern", "summer", reason="You teach others what flow is")
        year.invite("kestrel", "summer", reason="You have asked how others begin")
    with year.at("2050-04-25T14:00Z"):
        year.answer("kestrel", "summer", by=JOAN, answer="fewer_seats", seats=2)
    with year.at("2050-05-01T09:00Z"):
        year.amend("summer", place="Gränna", starts_on="2050-06-14", ends_on="2050-06-17")
    with year.at("2050-05-03T14:00Z"):
        year.answer("kestrel", "summer", by=JOAN, answer="left")
