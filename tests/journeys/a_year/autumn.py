"""September to December: a camp that is cancelled, a coach who leaves, a partner that departs and comes back."""

from tests.journeys.a_year.people import CHIDI, JOAN, KARIN, MARIA, PETER, SINA, SINA_MOVED, TOMASI
from tests.journeys.a_year.played import Year


def september(year: Year) -> None:
    """A promise is reported late; the Winter Camp invites, one by a milestone and one by hand; a leader moves."""
    with year.at("2050-08-30T09:00Z"):
        year.announce("winter", season="winter", title="Winter Camp 2050", place="Åre", starts_on="2050-12-05",
                      ends_on="2050-12-07", capacity=12)  # fmt: skip
    with year.at("2050-09-11T09:00Z", until=year.come("commitment_overdue", 1)):
        pass
    with year.at("2050-09-11T15:00Z"):
        year.change("promise", "reported", by=KARIN, outcome="adapted", learning="After lunch, not before")
    with year.at("2050-09-12T09:00Z"):
        year.change("winter", "inviting", answer_by="2050-10-31")
        year.invite("vattern", "winter", reason="You teach others what flow is")
        year.office.dead.add("joan@year.example")
        year.invite("kestrel", "winter", reason="You have asked how others begin")
    year.look_who_cannot_be_written_to()
    with year.at("2050-09-14T09:00Z"):
        year.put_on_record(PETER, "Peter MacNeil", "leader", "America/Halifax", partner="kestrel")
    with year.at("2050-09-15T09:00Z"):
        year.change(JOAN, "left")
    year.look_who_cannot_be_written_to()
    with year.at("2050-09-18T09:00Z"):
        year.change_invitation("kestrel", "winter", "withdrawn", reason="The house has fewer beds than we thought")
    with year.at("2050-09-19T09:00Z"):
        year.change_invitation("kestrel", "winter", "issued", reason="A second house has been found")
    with year.at("2050-09-20T21:00Z"):
        year.change("board", "reached", by=SINA, reached_on="2050-09-20", evidence="Three months of minutes")
    with year.at("2050-09-21T21:00Z"):
        year.change("board", "reopened", by=SINA, reason="Harm was on the agenda, and not discussed")
    with year.at("2050-09-22T21:00Z"):
        year.change("board", "reached", by=SINA, reached_on="2050-09-22", evidence="It was discussed three times")
    with year.at("2050-09-23T15:00Z"):
        year.schedule("third session", held_at="2050-10-12T10:00:00+13:00", by=CHIDI, milestone_id=year.id("board"))
        year.schedule("a session of another coach", held_at="2050-10-20T10:00:00-03:00", by=MARIA, partner="kestrel",
                      zone="America/Halifax", coach_id=year.id(CHIDI))  # fmt: skip
    with year.at("2050-09-25T09:00Z"):
        year.move(SINA, to=SINA_MOVED)
    year.look_by_link(SINA)
    year.look_by_link(SINA_MOVED)
    year.look_by_link(TOMASI)


def october(year: Year) -> None:
    """The coach leaves, and a successor is named; who was invited answers, or is reminded; the partner departs."""
    with year.at("2050-10-03T09:00Z"):
        year.change(CHIDI, "left")
    with year.at("2050-10-05T09:00Z"):
        year.change("a session of another coach", "handed_over", coach_id=year.id(MARIA))
        year.change("work in upolu", "lead_coach_replaced", coach_id=year.id(MARIA), reason="Chidi has left")
    with year.at("2050-10-10T09:00Z"):
        year.answer("vattern", "winter", by=KARIN, answer="declined", reason="We are opening a hospital")
    with year.at("2050-10-10T12:00Z", until=lambda: year.invitation("vattern", "winter")["grace"] is None):
        pass
    with year.at("2050-10-11T09:00Z"):
        year.change_invitation("vattern", "winter", "issued", reason="You can come for two days")
    with year.at("2050-10-11T22:00Z"):
        year.change("third session", "held", by=MARIA, held_on="2050-10-12")
    with year.at("2050-10-12T20:00Z"):
        year.answer("upolu", "winter", by=TOMASI, answer="tentative")
        year.answer("kestrel", "winter", by=PETER, answer="tentative")
    with year.at("2050-10-13T09:00Z"):
        year.answer("vattern", "winter", by=KARIN, answer="accepted", seats=3)
    with year.at("2050-10-20T15:00Z"):
        year.change("a session of another coach", "held", by=MARIA, held_on="2050-10-20")
    with year.at("2050-10-24T07:30Z", until=year.come("answer_reminder", 3)):
        pass
    with year.at("2050-10-25T09:00Z"):
        year.schedule("fourth session", held_at="2050-11-09T10:00:00+13:00", by=MARIA)
    with year.at("2050-10-28T09:00Z"):
        year.change("upolu", "departed", reason="Its hospitals join the health service of the whole country")


def november_and_december(year: Year) -> None:
    """Who has not answered is reminded, and is late; the Winter Camp is cancelled; who has departed comes back."""
    with year.at("2050-10-29T08:30Z", until=year.come("answer_reminder", 1)):
        pass
    with year.at("2050-11-01T00:30Z", until=lambda: year.invitation("kestrel", "winter")["state"] == "expired"):
        pass
    with year.at("2050-11-15T09:00Z"):
        year.change("winter", "cancelled", reason="The road to Åre is closed until spring")
    with year.at("2050-12-01T09:00Z"):
        year.change("upolu", "admitted", reasons=["The whole country wants it"],
                    term_starts_on="2050-12-01", term_ends_on="2053-11-30")  # fmt: skip
    with year.at("2050-12-05T09:00Z"):
        year.find("work in upolu", "/v1/engagements", of="upolu")
        year.change("work in upolu", "agreed", for_partner="Sina Leavasa", for_institute="Anna Berg",
                    agreed_on="2050-12-05")  # fmt: skip
    with year.at("2050-12-08T09:00Z"):
        year.change("work in upolu", "active", lead_coach_id=year.id(MARIA), activated_on="2050-12-08")
