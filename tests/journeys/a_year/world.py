"""What is true at a moment of the year, as partners, engagements and camps say it through HTTP.

Letters are written from the copies that notifications keeps; here nothing is asked of notifications but the follow-ups,
which are its own.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from cli.connection.api import Api
from tests.journeys.a_year.data import Data
from tests.journeys.a_year.instants import end_of, instant_of
from tests.journeys.a_year.things import About, Nothing, newest

LISTS = (
    *("partners", "people", "engagements", "milestones", "coaching-sessions", "camps", "invitations", "follow-ups"),
    *("measures", "signals", "commitments"),
)
HELD_OR_AWAITED = ("issued", "tentative", "accepted", "reconfirm", "waitlisted")


class World(Data):
    """All there is; each method gives what is so about a thing, None where there is nothing to be said of it."""

    def __init__(self, staff: Api, *, at: datetime) -> None:
        """Ask for all of it now, which is `at` by the clock of the year."""
        self.at = at
        self.all = {kind: {each["id"]: each for each in _list(staff, kind)} for kind in LISTS}
        inviting = [id for id, camp in self.all["camps"].items() if camp["state"] == "inviting"]
        self.all["waiting"] = {
            each["invitation_id"]: each for id in inviting for each in staff.get(f"/v1/camps/{id}/waitlist")["waiting"]
        }

    @cached_property
    def names(self) -> set[str]:
        """Give everything that is called something: a letter that says one of these says something to be checked."""
        kinds = (
            ("partners", "name"),
            ("people", "name"),
            ("milestones", "title"),
            ("measures", "title"),
            ("commitments", "what"),
            ("camps", "title"),
            ("camps", "place"),
        )
        return {each[by] for kind, by in kinds for each in self.all[kind].values()}

    def named_in(self, text: str, kind: str, *, by: str) -> str | None:
        """Give the id of what a text names."""
        return next((id for id, each in self.all[kind].items() if each[by] in text), None)

    def camp_of(self, commitment: str | None) -> str | None:
        """Give the id of the camp at which something was promised."""
        return self._of("commitments", commitment)["camp_id"]

    def session_at(self, instants: Iterable[datetime], partner: str | None) -> str | None:
        """Give the session of a partner at one of these instants."""
        wanted = list(instants)
        for id, each in self.all["coaching-sessions"].items():
            if each["partner_id"] == partner and instant_of(each["held_at"]) in wanted:
                return id
        return None

    def is_written_to(self, person: str) -> bool:
        """Whether somebody is still there; who has left is told nothing more."""
        return bool(self.all["people"][person]["state"] == "present")

    def today(self, about: About) -> Any:
        """The day where the partner is, or where the camp is of which a place on the waitlist is told."""
        kind, id = ("camps", about.camp) if about.camp else ("partners", about.partner)
        return str(self.at.astimezone(ZoneInfo(self._of(kind, id)["zone"])).date())

    # What is so, by the names that sentences give it.

    def reader(self, about: About) -> Any:
        return self.all["people"][about.reader]["name"]

    def reader_zone(self, about: About) -> Any:
        return self.all["people"][about.reader]["zone"]

    def partner(self, about: About) -> Any:
        return self._of("partners", about.partner)["name"]

    def partnership(self, about: About) -> Any:
        return self._of("partners", about.partner)["state"]

    def own(self, about: About) -> Any:
        """The partner that the reader leads."""
        return self._of("partners", self.all["people"][about.reader]["partner_id"])["name"]

    def term_starts(self, about: About) -> Any:
        return self._of("partners", about.partner)["admission"]["term_starts_on"]

    def term_ends(self, about: About) -> Any:
        return self._of("partners", about.partner)["admission"]["term_ends_on"]

    def departed_on(self, about: About) -> Any:
        return self._of("partners", about.partner)["departed_on"]

    def engagement(self, about: About) -> Any:
        return self._engagement(about)["state"]

    def engagement_id(self, about: About) -> Any:
        return self._engagement(about)["id"]

    def closed_on(self, about: About) -> Any:
        return self._engagement(about)["closed_on"]

    def coach(self, about: About) -> Any:
        lead = self._engagement(about)
        return None if lead["coach_left_on"] else self._of("people", lead["lead_coach_id"])["name"]

    def led(self, about: About) -> Any:
        return "nobody" if self.coach(about) is None else "somebody"

    def former_coach(self, about: About) -> Any:
        return self._of("people", self._engagement(about)["lead_coach_id"])["name"]

    def former_coach_zone(self, about: About) -> Any:
        return self._of("people", self._engagement(about)["lead_coach_id"])["zone"]

    def coach_left_on(self, about: About) -> Any:
        return self._engagement(about)["coach_left_on"]

    def will(self, about: About) -> Any:
        """Whether the will of those who lead the partner is in question; of work that has ended nobody asks."""
        work = self._engagement(about)
        return None if work["state"] == "closed" else "in_question" if work["will_to_confirm"] else "there"

    def questioned(self, about: About) -> Any:
        """What put the will in question."""
        return (self._engagement(about)["will_to_confirm"] or Nothing())["change"]

    def questioned_on(self, about: About) -> Any:
        return (self._engagement(about)["will_to_confirm"] or Nothing())["since"]

    def coach_email(self, about: About) -> Any:
        """Where the coach is written to: who holds the session that it is about, or else leads the coaching."""
        session = self._of("coaching-sessions", about.session)
        return self._of("people", session["coach_id"] or self._engagement(about)["lead_coach_id"])["email"]

    def former_session_coach(self, about: About) -> Any:
        """Who led the coaching until somebody else did."""
        changes = self._engagement(about)["coach_changes"]
        return self._of("people", changes[-1]["former_coach_id"])["name"]

    def camp(self, about: About) -> Any:
        return self._of("camps", about.camp)["title"]

    def gathering(self, about: About) -> Any:
        """Whether the camp takes place, or took place, where and when it is said."""
        state = self._of("camps", about.camp)["state"]
        return state if state in ("cancelled", "postponed") else "as_said"

    def place(self, about: About) -> Any:
        return self._of("camps", about.camp)["place"]

    def starts(self, about: About) -> Any:
        return self._of("camps", about.camp)["starts_on"]

    def ends(self, about: About) -> Any:
        return self._of("camps", about.camp)["ends_on"]

    def stands(self, about: About) -> Any:
        """Where the invitation of the partner to the camp stands."""
        return self._invitation(about)["state"]

    def seats(self, about: About) -> Any:
        invitation = self._invitation(about)
        return str(invitation["seats"]) if invitation["state"] in HELD_OR_AWAITED else None

    def wanted(self, about: About) -> Any:
        """How many seats the partner waits for, while it does."""
        invitation = self._invitation(about)
        return str(invitation["seats"]) if invitation["state"] == "waitlisted" else None

    def position(self, about: About) -> Any:
        return str(self._of("waiting", self._invitation(about)["id"])["position"])

    def answer_by(self, about: About) -> Any:
        invitation = self._invitation(about)
        due = invitation["offer_until"] or invitation["answer_until"]
        return instant_of(due) if invitation["state"] in ("issued", "tentative", "accepted", "reconfirm") else None

    def answer_day(self, about: About) -> Any:
        last, zone = self.answer_by(about), ZoneInfo(self._of("camps", about.camp)["zone"])
        return last and str((last - timedelta(minutes=1)).astimezone(zone).date())

    def undo_until(self, about: About) -> Any:
        return instant_of((self._invitation(about)["grace"] or {}).get("until"))

    def reason(self, about: About) -> Any:
        """What a letter of an invitation lists may be any of its reasons."""
        return "|".join(each["title"] for each in self._invitation(about)["reasons"] or ())

    def milestone(self, about: About) -> Any:
        return self._of("milestones", about.milestone)["title"]

    def progress(self, about: About) -> Any:
        return self._of("milestones", about.milestone)["state"]

    def reached_on(self, about: About) -> Any:
        return self._of("milestones", about.milestone)["reached_on"]

    def due_on(self, about: About) -> Any:
        return self._of("milestones", about.milestone)["due_on"]

    def due_end(self, about: About) -> Any:
        return end_of(self.due_on(about), self._of("partners", about.partner)["zone"])

    def follow_day(self, about: About) -> Any:
        return self._follow_up(about)["due_on"]

    def follow_by(self, about: About) -> Any:
        """Until when its coach is to follow up; None when that rests or was done."""
        follow_up = self._follow_up(about)
        is_asked = follow_up["state"] in ("planned", "due")
        return end_of(follow_up["due_on"], self.reader_zone(about)) if is_asked else None

    def any_milestone(self, about: About) -> Any:
        """A list may have any milestone whose follow-up is open."""
        titles = [self._of("milestones", each["milestone_id"])["title"] for each in self._open_follow_ups(about)]
        return "|".join(titles)

    def any_follow_day(self, about: About) -> Any:
        return "|".join(each["due_on"] for each in self._open_follow_ups(about))

    def session_coach(self, about: About) -> Any:
        return self._of("people", self._of("coaching-sessions", about.session)["coach_id"])["name"]

    def with_whom(self, about: About) -> Any:
        """Who meets the reader in a session: a leader meets a coach, and a coach a partner."""
        coaches = self.all["people"][about.reader]["role"] == "coach"
        return self.partner(about) if coaches else self.session_coach(about)

    def session_id(self, about: About) -> Any:
        return about.session

    def absent_coach(self, about: About) -> Any:
        return self.session_coach(about)

    def absent_since(self, about: About) -> Any:
        return self._of("coaching-sessions", about.session)["coach_left_on"]

    def session(self, about: About) -> Any:
        """Whether it is to take place; None when it has."""
        state = self._of("coaching-sessions", about.session)["state"]
        return None if state == "held" else state

    def held_at(self, about: About) -> Any:
        """When it is to begin; None when that is over."""
        session = self._of("coaching-sessions", about.session)
        return instant_of(session["held_at"]) if session["state"] == "scheduled" else None

    def was_to_begin(self, about: About) -> Any:
        return instant_of(self._of("coaching-sessions", about.session)["held_at"])

    def held_day(self, about: About) -> Any:
        return str(self._there(about).date()) if about.session else None

    def held_hour(self, about: About) -> Any:
        return f"{self._there(about):%H:%M}" if about.session else None

    def _there(self, about: About) -> datetime:
        session = self._of("coaching-sessions", about.session)
        return datetime.fromisoformat(session["held_at"]).astimezone(ZoneInfo(session["zone"]))

    def _invitation(self, about: About) -> Any:
        return newest(self.all["invitations"], partner_id=about.partner, camp_id=about.camp)

    def _engagement(self, about: About) -> Any:
        return newest(self.all["engagements"], partner_id=about.partner)

    def _open_follow_ups(self, about: About) -> list[Any]:
        follow_ups = self.all["follow-ups"].values()
        return [
            each for each in follow_ups if each["partner_id"] == about.partner and each["state"] in ("planned", "due")
        ]

    def _follow_up(self, about: About) -> Any:
        return newest(self.all["follow-ups"], milestone_id=about.milestone)


def _list(staff: Api, kind: str) -> list[Any]:
    items: list[Any] = staff.get(f"/v1/{kind}", limit="100")["items"]
    return items
