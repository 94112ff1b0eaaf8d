"""A camp with delegates of every partner, and sessions that they present, made by requests to the gateway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from cli.connection.api import Api

ROOMS, SEATS_OF_A_ROOM = 20, 60
FIRST_HOUR, SLOTS_A_DAY = 9, 5
PRESENTERS = 2
"""Of each session."""
DAYS = 10
"""Of a camp: as many as its sessions need, however they are arranged."""
Slots = Sequence[Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class LargeCamp:
    """A camp that invites, who comes to it, and its sessions, all confirmed."""

    api: Api
    camp_id: str
    partner_id: str
    starts_on: date
    delegate_ids: Sequence[str]
    session_ids: Sequence[str]

    @property
    def programme(self) -> str:
        """The path of its working programme."""
        return f"/v1/programmes/{self.camp_id}"

    def arrange(self, slots: Slots) -> None:
        """Put slots in place of those that its working programme has."""
        rooms = [{"name": _room(number), "capacity": SEATS_OF_A_ROOM} for number in range(ROOMS)]
        self._programme_changed("PATCH", self.programme, {"rooms": rooms, "slots": slots})

    def release(self) -> None:
        """Release its working programme, which must be without any conflict."""
        self._programme_changed("POST", f"{self.programme}/transitions", {"to": "released"})

    def conflicts(self) -> int:
        """Give how many conflicts its working programme has."""
        return len(self.api.get(f"{self.programme}/conflicts")["conflicts"])

    def side_by_side(self, *, hours_later: int = 0) -> Slots:
        """Give slots without conflicts, a room for each session of an hour; all may be some hours later."""
        at_once = min(ROOMS, len(self.delegate_ids) // PRESENTERS)
        return [self._slot(each, room=each % at_once, hour=each // at_once + hours_later) for each in self._numbers]

    def crowded(self) -> Slots:
        """Give slots in half the rooms: each of these is taken twice at each hour."""
        return [self._slot(each, room=each % (ROOMS // 2), hour=each // ROOMS) for each in self._numbers]

    def all_at_once(self) -> Slots:
        """Give slots that are all in one room at one hour, as nobody means it."""
        return [self._slot(each, room=0, hour=0) for each in self._numbers]

    @property
    def _numbers(self) -> range:
        return range(len(self.session_ids))

    def _slot(self, number: int, *, room: int, hour: int) -> Mapping[str, str]:
        day, begins = self.starts_on + timedelta(days=hour // SLOTS_A_DAY), FIRST_HOUR + hour % SLOTS_A_DAY
        when = {"day": str(day), "starts": f"{begins:02}:00", "ends": f"{begins + 1:02}:00"}
        return {"session_id": self.session_ids[number], "room": _room(room), **when}

    def _programme_changed(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        version = self.api.get(self.programme)["version"]
        self.api.call(method, path, body=body, headers={"If_Match": f'"{version}"'})


def large_camp(api: Api, *, year: int, delegates: int, sessions: int) -> LargeCamp:
    """Announce a Winter Camp, invite every partner, and have so many delegates come and present so many sessions."""
    camp, partners = _announced(api, year, delegates), api.get("/v1/partners", limit=100)["items"]
    seats = ceil(delegates / len(partners))
    invitations = [_accepted(api, camp, partner["id"], seats) for partner in partners]
    named = [_named(api, camp, number, invitations[number % len(invitations)]) for number in range(delegates)]
    presented = [_confirmed(api, camp, number, named) for number in range(sessions)]
    return LargeCamp(api=api, camp_id=camp["id"], partner_id=partners[0]["id"], starts_on=_first_day(year),
                     delegate_ids=named, session_ids=presented)  # fmt: skip


def _first_day(year: int) -> date:
    return date(year, 1, 10)


def _announced(api: Api, year: int, delegates: int) -> Any:
    first = _first_day(year)
    described = {
        "season": "winter", "year": year, "title": f"Winter Camp {year}", "place": "Boston", "zone": "America/New_York",
        "starts_on": str(first), "ends_on": str(first + timedelta(days=DAYS - 1)), "capacity": 2 * delegates,
    }  # fmt: skip
    camp = api.post("/v1/camps", described).body
    answer_by = str(first - timedelta(days=30))
    return api.transition(f"/v1/camps/{camp['id']}", "inviting", version=camp["version"], answer_by=answer_by)


def _accepted(api: Api, camp: Mapping[str, Any], partner_id: str, seats: int) -> str:
    """Give the invitation of a partner that comes in so many seats."""
    asked = {"camp_id": camp["id"], "partner_id": partner_id, "reason": "Everybody meets", "seats": seats}
    invitation = api.post("/v1/invitations", asked).body
    _post(api, f"/v1/invitations/{invitation['id']}/answers", {"answer": "accepted", "seats": seats}, invitation)
    return str(invitation["id"])


def _named(api: Api, camp: Mapping[str, Any], number: int, invitation_id: str) -> str:
    who = {"name": f"Delegate {number}", "email": f"delegate-{number}@camp-{camp['year']}.example", "role": "Nurse"}
    return str(api.post("/v1/delegates", {"invitation_id": invitation_id, **who}).body["id"])


def _confirmed(api: Api, camp: Mapping[str, Any], number: int, delegate_ids: Sequence[str]) -> str:
    """Give a session of the institute's that is accepted and confirmed; each delegate presents as many as others."""
    first = PRESENTERS * number
    presenters = [delegate_ids[each % len(delegate_ids)] for each in range(first, first + PRESENTERS)]
    said = {"camp_id": camp["id"], "title": f"What we tried in ward {number}", "presenter_ids": presenters}
    session = api.post("/v1/sessions", {**said, "expected_audience": SEATS_OF_A_ROOM}).body
    path = f"/v1/sessions/{session['id']}"
    session = _post(api, f"{path}/transitions", {"to": "submitted"}, session)
    session = _post(api, f"{path}/decisions", {"decision": "accepted"}, session)
    return str(_post(api, f"{path}/transitions", {"to": "confirmed"}, session)["id"])


def _post(api: Api, path: str, body: Mapping[str, Any], at: Mapping[str, Any]) -> Any:
    return api.post(path, body, If_Match=f'"{at["version"]}"').body


def _room(number: int) -> str:
    return f"Room {number + 1}"
