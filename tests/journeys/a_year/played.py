"""A year as a test plays it: people with their tokens, things by name, a clock, and what each moment led to."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from cli.connection.api import Api
from tests.journeys.a_year.beliefs import Beliefs, Letter
from tests.journeys.a_year.clock import YearClock
from tests.journeys.a_year.post_office import PostOffice
from tests.journeys.a_year.quiet import Quiet
from tests.journeys.a_year.world import World
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_answer_by_link import browse
from tests.waiting import eventually


@dataclass(frozen=True, kw_only=True)
class Told:
    """A letter as it arrived, and to whom of the story."""

    who: str
    mail: EmailMessage

    @property
    def line(self) -> str:
        """The day on which it was written, in UTC, and its subject."""
        day = self.mail["Date"].datetime
        return f"{day.day} {day:%B}: {self.mail['Subject']}"


@dataclass
class Year:
    """What happens, at moments of which each is over when everything it led to has happened."""

    platform: PlatformDriver
    clock: YearClock
    quiet: Quiet
    office: PostOffice
    paths: dict[str, str] = field(default_factory=dict)
    who_reads: dict[str, str] = field(default_factory=dict)
    """Who of the story reads what is sent to an address."""
    told: list[Told] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    """What people saw who looked."""
    beliefs: Beliefs = field(default_factory=Beliefs)

    @contextmanager
    def at(self, instant: str, *, until: Callable[[], object] = lambda: True) -> Iterator[None]:
        """Have a moment of the story, and wait for what follows; `until` is what time itself brings about."""
        self.clock.set(instant)
        yield
        eventually(until)
        eventually(self.quiet.reigns)
        news = sorted(self._news(), key=lambda told: (str(told.mail["Subject"]), told.who))
        self.told += news
        self.beliefs.hear([self._read(told) for told in news], World(self.staff, at=datetime.fromisoformat(instant)))

    def _news(self) -> Iterator[Told]:
        for mail in self.office.mails[len(self.told) :]:
            yield Told(who=self.who_reads[mail["To"].addresses[0].addr_spec], mail=mail)

    def _read(self, told: Told) -> Letter:
        text = f"{told.mail['Subject']}\n{told.mail.get_body(('plain',)).get_content()}".replace("\r\n", "\n")
        return Letter(who=told.who, line=told.line, person=self.id(told.who), text=text)

    def path(self, name: str) -> str:
        """Give where a thing is found, by its name in the story."""
        return self.paths[name]

    def id(self, name: str) -> str:
        """Give the id of a thing."""
        return self.path(name).rpartition("/")[2]

    def now(self, name: str) -> Any:
        """Give a thing as it is now."""
        return self.staff.get(self.path(name))

    @property
    def staff(self) -> Api:
        """What staff asks with."""
        return self.platform.instance.api(subject="Anna Berg")

    def as_(self, who: str | None) -> Api:
        """Give what somebody asks with: a coach, somebody who leads a partner, or else staff."""
        if who is None:
            return self.staff
        person = self.now(who)
        if person["role"] == "coach":
            return self.platform.instance.api(subject=person["name"], roles=("faculty",), person=person["id"])
        return self.platform.instance.api(
            subject=person["name"], organisation=person["partner_id"], roles=("partner_lead",), person=person["id"]
        )

    def create(self, name: str, path: str, /, *, by: str | None = None, **facts: Any) -> None:
        """Have a thing made; staff does, unless somebody else is said to."""
        self.paths[name] = f"{path}/{self.as_(by).post(path, facts).body['id']}"

    def change(self, name: str, to: str, /, *, by: str | None = None, **facts: Any) -> Any:
        """Change the state of a thing as it is now."""
        api, path = self.as_(by), self.path(name)
        self.beliefs.reasons.append(str(facts.get("reason")))
        return api.transition(path, to, version=api.get(path)["version"], **facts)

    def find(self, name: str, path: str, *, of: str) -> None:
        """Call the newest thing of a partner by a name."""
        found = self.staff.get(path, partner_id=self.id(of))["items"]
        self.paths[name] = f"{path}/{max(each['id'] for each in found)}"

    def put_on_record(self, who: str, name: str, role: str, zone: str, *, partner: str | None = None) -> None:
        """Have staff put somebody on record."""
        email, belongs = f"{name.split()[0].lower()}@year.example", {"partner_id": self.id(partner)} if partner else {}
        self.create(who, "/v1/people", name=name, email=email, role=role, language="en", zone=zone, **belongs)
        self.who_reads[email] = who

    def move(self, who: str, *, to: str) -> None:
        """Have staff keep another address of somebody; from now on the story has another name for them."""
        email = "sina@upolu.example"
        self.amend(who, email=email)
        self.who_reads[email], self.paths[to] = to, self.path(who)

    def amend(self, name: str, **facts: str) -> None:
        """Have staff say something else of a thing."""
        headers = {"If_Match": f'"{self.now(name)["version"]}"', "Content_Type": "application/merge-patch+json"}
        self.staff.call("PATCH", self.path(name), body=facts, headers=headers)

    def propose(self, name: str, called: str, **where: str) -> None:
        """Have staff propose a partner."""
        self.create(name, "/v1/partners", name=called, language="en", kind="health_system", scope_level="regional",
                    focus_areas=["safer_care"], **where)  # fmt: skip

    def plan(self, name: str, *, by: str, **facts: str) -> None:
        """Plan a milestone of Upolu."""
        self.create(name, "/v1/milestones", by=by, engagement_id=self.id("work in upolu"), **facts)

    def schedule(self, name: str, *, by: str, partner: str = "upolu", zone: str = "Pacific/Apia", **facts: str) -> None:
        """Schedule a session with a partner, at a time of day there."""
        engagement_id = self.id(f"work in {partner}")
        self.create(name, "/v1/coaching-sessions", by=by, engagement_id=engagement_id, zone=zone, **facts)

    def announce(self, name: str, **facts: Any) -> None:
        """Have staff announce a camp of the year."""
        self.create(name, "/v1/camps", year=2050, zone="Europe/Stockholm", **facts)

    def invite(self, partner: str, camp: str, *, reason: str) -> None:
        """Have staff invite a partner by hand."""
        self.staff.post("/v1/invitations", {"camp_id": self.id(camp), "partner_id": self.id(partner), "reason": reason})

    def invitation(self, partner: str, camp: str) -> Any:
        """Give a partner's invitation to a camp; None before there is one."""
        found = self.staff.get("/v1/invitations", partner_id=self.id(partner), camp_id=self.id(camp))["items"]
        return found[0] if found else None

    def answer(self, partner: str, camp: str, *, by: str, **said: Any) -> None:
        """Answer an invitation as it is now."""
        invitation = self.invitation(partner, camp)
        self.beliefs.reasons.append(str(said.get("reason")))
        self.as_(by).post(f"/v1/invitations/{invitation['id']}/answers", said, If_Match=f'"{invitation["version"]}"')

    def name(self, who: str, partner: str, camp: str) -> None:
        """Have somebody who leads a partner name themselves to come for it."""
        asked = {"invitation_id": self.invitation(partner, camp)["id"], "person_id": self.id(who), "role": "Leader"}
        self.create(f"{who} at {camp}", "/v1/delegates", by=who, **asked)

    def was_there(self, who: str, camp: str, *, on: str) -> None:
        """Have staff record who was named, and came."""
        there = {"delegate_ids": [self.id(f"{who} at {camp}")], "presence": "present", "on": on}
        self.staff.post("/v1/attendance-batches", there | {"camp_id": self.id(camp)})

    def change_invitation(self, partner: str, camp: str, to: str, **facts: Any) -> None:
        """Have staff change where an invitation stands."""
        self.paths["invitation"] = f"/v1/invitations/{self.invitation(partner, camp)['id']}"
        self.change("invitation", to, **facts)

    def come(self, category: str, more: int) -> Callable[[], object]:
        """Give whether so many more letters of a category were sent than before."""
        wanted = self._sent(category) + more
        return lambda: self._sent(category) == wanted

    def _sent(self, category: str) -> int:
        return len(self.platform.letters(category=category, state="sent", limit="100"))

    def look_by_link(self, who: str) -> None:
        """Have somebody open the last link they were sent."""
        letters = [told.mail.get_body(("plain",)).get_content() for told in self.told if told.who == who]
        link = re.findall(r"http\S+/rsvp/\S+", "\n".join(letters))[-1]
        page = browse(link)
        self.seen.append(f"{who}, by a link: {page.status}{', ended' if 'This link has ended' in page.says else ''}")

    def look_who_cannot_be_written_to(self) -> None:
        """Have staff look which partners nobody can be written to."""
        shown = self.staff.get("/v1/reachability", state="unreachable")["items"]
        names = {self.staff.get(f"/v1/partners/{each['partner_id']}")["name"]: each["because"] for each in shown}
        self.seen.append(f"Anna, who cannot be written to: {names}")
