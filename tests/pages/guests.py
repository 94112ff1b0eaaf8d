"""What the pages are about: camps, and partners with a link that was sent to who leads them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen
from uuid import uuid4

from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

HALL = "Stora salen på Elmia"
HOUSE = {"name": "Kulturhuset vid sjön", "address": "Södra Strandgatan 112"}
LONG_AGO = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)
LINK = r"http\S+/rsvp/\S+"
LINK_TO_PROGRAMME = r"http\S+/programme/\S+"
LINK_TO_HARVEST = r"http\S+/harvest/\S+"
LINK_OF_EVERYBODY = r'href="(/harvest/[^"]+\.everybody\.[^"]+)"'


@dataclass(frozen=True, kw_only=True)
class Guest:
    """A partner that is invited to a camp, or waits for seats there."""

    platform: PlatformDriver
    partner: Any
    leader: Any

    @property
    def invitation(self) -> Any:
        """The invitation as it is now."""
        (invitation,) = self.platform.invitations(self.partner["id"])
        return invitation

    @property
    def link(self) -> str:
        """The link in the first letter to who leads it."""
        return str(eventually(lambda: self._links(LINK, to=self.leader["email"]))[0])

    def answer(self, **said: Any) -> None:
        """Answer as who leads the partner."""
        path = f"/v1/invitations/{self.invitation['id']}/answers"
        self.platform.as_leader_of(self.partner["id"]).post(path, said, If_Match="*")

    def change(self, to: str, **facts: Any) -> None:
        """Have staff change where the invitation stands, whatever its letters have changed at this moment."""
        path = f"/v1/invitations/{self.invitation['id']}/transitions"
        self.platform.api.call("POST", path, body={"to": to, **facts}, headers={"If_Match": "*"})

    def name(self, name: str, *, confirmed: bool = False) -> Any:
        """Have who leads the partner say that somebody comes, and give whom."""
        api = self.platform.as_leader_of(self.partner["id"])
        person = {"name": name, "email": f"{uuid4().hex[:10]}@partner.example", "role": "Nurse"}
        delegate = api.post("/v1/delegates", {"invitation_id": self.invitation["id"], **person}).body
        if confirmed:
            api.transition(f"/v1/delegates/{delegate['id']}", "confirmed", version=delegate["version"])
        return delegate

    def present(self, title: str, *presenter_ids: str) -> str:
        """Have the partner propose a session that is accepted and confirmed, and give its id."""
        api, camp_id = self.platform.api, self.invitation["camp_id"]
        asked = {"camp_id": camp_id, "partner_id": self.partner["id"], "title": title}
        path = f"/v1/sessions/{api.post('/v1/sessions', asked | {'presenter_ids': [*presenter_ids]}).body['id']}"
        api.transition(path, "submitted", version=api.get(path)["version"])
        api.post(f"{path}/decisions", {"decision": "accepted"}, If_Match="*")
        api.transition(path, "confirmed", version=api.get(path)["version"])
        return path.rpartition("/")[2]

    def release(self, *session_ids: str) -> None:
        """Have staff put sessions into the programme, one after another on the first day, and release it."""
        camp = self.platform.api.get(f"/v1/camps/{self.invitation['camp_id']}")
        slots = [
            {"session_id": each, "room": HALL, "day": camp["starts_on"], "starts": f"{hour}:00", "ends": f"{hour}:45"}
            for hour, each in enumerate(session_ids, 10)
        ]
        path, arranged = f"/v1/programmes/{camp['id']}", {"rooms": [{"name": HALL, "capacity": 400}], "slots": slots}
        headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}
        self.platform.api.call("PATCH", path, body=arranged, headers=headers)
        self.platform.api.transition(path, "released", version=self.platform.api.get(path)["version"])

    def link_to_programme(self, delegate: Any) -> str:
        """The link in the letter that tells somebody who comes of the programme."""
        return str(eventually(lambda: self._links(LINK_TO_PROGRAMME, to=delegate["email"]))[0])

    def attend(self, delegate: Any) -> None:
        """Let the days of the camp be over, of which somebody was there on the first one."""
        camp_id, first = self.invitation["camp_id"], "2026-06-15"
        self.platform.pretend("camps", "camps", camp_id, starts_on=first, ends_on="2026-06-18", state="ended",
                              next_step_at=None)  # fmt: skip
        there = {"camp_id": camp_id, "delegate_ids": [delegate["id"]], "presence": "present", "on": first}
        self.platform.api.post("/v1/attendance-batches", there)

    def share(self, title: str, *, visibility: str, **told: Any) -> Any:
        """Have the partner share an experience at the camp, and give it."""
        api = self.platform.api
        asked = {"partner_id": self.partner["id"], "kind": "improvement", "title": title, **told}
        path = f"/v1/experiences/{api.post('/v1/experiences', asked).body['id']}"
        api.post(f"{path}/decisions", {"decision": "reviewed"}, If_Match="*")
        said = {"visibility": visibility, "camp_id": self.invitation["camp_id"]}
        return api.transition(path, "shared", version=api.get(path)["version"], **said)

    def promise(self, what: str, *, outcome: str | None = None) -> None:
        """Have the partner promise something at the camp, and report what became of it."""
        api, camp_id = self.platform.api, self.invitation["camp_id"]
        asked = {"camp_id": camp_id, "partner_id": self.partner["id"], "owner_id": self.leader["id"]}
        path = (
            f"/v1/commitments/{api.post('/v1/commitments', asked | {'what': what, 'due_on': '2099-10-15'}).body['id']}"
        )
        if outcome:
            said = {"outcome": outcome, "learning": "At night it is another matter"}
            api.transition(path, "reported", version=api.get(path)["version"], **said)

    def learn(self, **taught: str) -> None:
        """Have staff write down what another industry taught at the camp."""
        self.platform.api.post("/v1/industry-lessons", {"camp_id": self.invitation["camp_id"], **taught})

    def close(self, **said: str) -> None:
        """Have staff close the camp with what came out of it."""
        self._change_camp("closed", **said)

    def reopen(self) -> None:
        """Have staff gather on what came out of the camp."""
        self._change_camp("reopened")

    def link_to_harvest(self, delegate: Any) -> str:
        """The link in the letter that tells somebody who was there where to read what came out of the camp."""
        return str(eventually(lambda: self._links(LINK_TO_HARVEST, to=delegate["email"]))[0])

    def forget_the_leader(self) -> None:
        """Let camps not have heard yet of who leads the partner."""
        self.platform.forget("camps", "people", self.leader["id"])

    def _change_camp(self, to: str, **said: str) -> None:
        path = f"/v1/camps/{self.invitation['camp_id']}"
        self.platform.api.transition(path, to, version=self.platform.api.get(path)["version"], **said)

    def rest(self, *, reason: str) -> None:
        """Have the partnership rest."""
        path = f"/v1/partners/{self.partner['id']}"
        self.platform.api.transition(path, "paused", version=self.platform.api.get(path)["version"], reason=reason)

    def move(self) -> None:
        """Have who leads the partner get another address, and wait until the link sent to the one before is over."""
        link = self.link
        path, email = f"/v1/people/{self.leader['id']}", f"moved.{self.leader['email']}"
        headers = {"If-Match": f'"{self.leader["version"]}"'}
        self.platform.api.call("PATCH", path, body={"email": email}, headers=headers)
        eventually(lambda: _is_over(link))

    def find_settled(self) -> None:
        """Let who comes to the camp be settled."""
        self.platform.pretend("camps", "camps", self.invitation["camp_id"], state="frozen")

    def find_late(self, member: str, state: str) -> None:
        """Let the time that a member of the invitation says be over, and what follows from that happen."""
        eventually(lambda: self.invitation["delivery"]["state"] == "sent")
        self.platform.pretend("camps", "invitations", self.invitation["id"], **{member: LONG_AGO})
        eventually(lambda: self.invitation["state"] == state and not self.invitation["grace"])

    def _links(self, pattern: str, *, to: str) -> list[str]:
        return links_to(self.platform, pattern, to=to)


def _is_over(link: str) -> bool:
    try:
        with urlopen(link):
            return False
    except HTTPError as refused:
        return refused.code == HTTPStatus.GONE


def links_to(platform: PlatformDriver, pattern: str, *, to: str) -> list[str]:
    """Give the links of a kind in the letters to an address, the oldest first."""
    bodies = [mail.get_body(("plain",)) for mail in platform.mails_to(to)]
    return [link for body in bodies if body for link in re.findall(pattern, body.get_content())]


def passed_on(link: str) -> str:
    """Give the link for everybody that is on the page of a harvest."""
    with urlopen(link) as page:
        (path,) = re.findall(LINK_OF_EVERYBODY, page.read().decode())
    return urljoin(link, path)


class Guests:
    """Invites partners, each to a camp of the kind that it is to be in."""

    def __init__(self, platform: PlatformDriver) -> None:
        """Invite on an instance that nobody else invites on."""
        self.platform = platform

    def invited(self) -> Guest:
        """Give a partner for which four seats are kept."""
        return self._invited_to(self._roomy)

    def waiting(self) -> Guest:
        """Give a partner that waits for four seats of a camp where two are free."""
        guest = self._invited_to(self._full)
        assert guest.invitation["state"] == "waitlisted"
        return guest

    def invited_alone(self) -> Guest:
        """Give a partner with a camp of its own."""
        return self._invited_to(self._camp(capacity=8))

    def invited_to_what_is_cancelled(self, *, reason: str) -> Guest:
        """Give a partner whose camp does not take place."""
        camp = self._camp(capacity=8)
        guest = self._invited_to(camp)
        path = f"/v1/camps/{camp['id']}"
        self.platform.api.transition(path, "cancelled", version=self.platform.api.get(path)["version"], reason=reason)
        return guest

    def invited_by_name(self) -> str:
        """Give the link of a guest of another industry for whom a seat is kept."""
        return self._invited_by_name(self._roomy)

    def waiting_by_name(self) -> str:
        """Give the link of a guest of another industry who has moved up where all seats are kept for others."""
        camp = self._camp(capacity=4)
        self._invited_to(camp)
        before = self._invited_to(camp)
        link = self._invited_by_name(camp)
        before.answer(answer="left")
        return link

    def _invited_by_name(self, camp: Any) -> str:
        kim = {"kind": "guest", "name": "Kim Okafor", "email": f"{uuid4().hex[:10]}@airline.example"}
        guest = self.platform.api.post(
            "/v1/guests", {"camp_id": camp["id"], "reason": "What flying has learned", **kim}
        )
        assert guest.body["id"]
        return str(eventually(lambda: links_to(self.platform, LINK, to=kim["email"]))[0])

    @cached_property
    def _roomy(self) -> Any:
        return self._camp(capacity=400)

    @cached_property
    def _full(self) -> Any:
        """A camp with six seats, four of which are kept for one partner, and two wait for who wants no more."""
        camp = self._camp(capacity=6)
        self._invited_to(camp)
        return camp

    def invited_online(self) -> Guest:
        """Give a partner whose camp is online."""
        return self._invited_to(self._camp(capacity=8, mode="online", venue=None))

    def _camp(self, *, capacity: int, mode: str = "hybrid", venue: Any = HOUSE) -> Any:
        camp = self.platform.announced_camp(capacity=capacity, mode=mode, venue=venue)
        return self.platform.open(camp)

    def _invited_to(self, camp: Any) -> Guest:
        partner = self.platform.proposed()
        leader = self.platform.person("leader", partner_id=partner["id"])
        self.platform.admit(partner)
        asked = {"camp_id": camp["id"], "partner_id": partner["id"], "reason": "They share what they learnt"}
        eventually(lambda: self.platform.api.get("/v1/engagements", partner_id=partner["id"])["items"])
        self.platform.api.post("/v1/invitations", asked)
        guest = Guest(platform=self.platform, partner=partner, leader=leader)
        assert guest.link
        return guest
