"""Camps on the real database, reacting and answering as on the broker, but called directly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chassis.domain.capabilities import Capability, CapabilityKeys
from chassis.domain.errors import NotYetKnown
from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import INBOX, Store
from chassis.schemas.mail_addresses import address_digest
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.service import CampsService
from services.camps.use_cases.invitations.invitation import apply_pending_reasons
from services.camps.use_cases.invitations.seats import close_waitlists, give_up_seats
from tests.service_harness import STAFF, ServiceHarness

Answer = dict[str, Any]
SUMMER: Answer = {
    "season": "summer", "year": 2026, "title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York",
    "starts_on": "2026-07-13", "ends_on": "2026-07-15", "capacity": 120,
}  # fmt: skip
WINTER: Answer = SUMMER | {
    "season": "winter", "title": "Winter Camp 2026", "starts_on": "2026-12-07", "ends_on": "2026-12-09",
}  # fmt: skip


PERIODS = Periods(grace=timedelta(hours=2), offer=timedelta(days=2))
"""How long seats are kept after a no, and for who waited."""
KEYS = CapabilityKeys(("a secret of these tests alone",))
LINKS = ReplyLinks(keys=KEYS)


FREEING = ("camps.seats.freed", "camps.waitlist.left", "camps.waitlist.reduced")
"""What camps says itself by which seats may be enough for who waits."""


class CampsHarness(ServiceHarness):
    """The service, with a database of its own and nobody else about; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store) -> None:
        super().__init__(CampsService, store, periods=PERIODS, links=LINKS)

    def announce(self, **described: Any) -> Answer:
        announced: Answer = self.call("announce_camp", **(SUMMER | described))["ok"]
        return announced

    def open(self, camp: Answer, *, answer_by: str = "2026-06-29") -> Answer:
        """Open the invitations of a camp; reasons kept before are applied."""
        asked = {"camp_id": camp["id"], "version": camp["version"], "answer_by": answer_by}
        opened: Answer = self.call("open_invitations", **asked)["ok"]
        self.apply_pending_reasons()
        return opened

    def inviting(self, *, answer_by: str = "2026-06-29", **described: Any) -> Answer:
        """A camp that is announced and inviting."""
        return self.open(self.announce(**described), answer_by=answer_by)

    def apply_pending_reasons(self) -> None:
        """Let the timer tick until nothing is pending, or no camp can be answered."""
        before = -1
        while before != (before := self.kept()):
            self.tick()

    def tick(self) -> None:
        """Let the timer apply what is pending once."""
        claims = Claims(self.store, collection="pending_reasons", owner="test", lease_seconds=30)
        apply_pending_reasons(store=self.store, claims=claims, periods=PERIODS)

    def admit(self, *partner_ids: str) -> None:
        for partner_id in partner_ids:
            self.hear("make_eligible", partner_id=partner_id, name=f"Region {partner_id}")

    def person(
        self,
        id: str = "per_1",
        *,
        partner_id: str | None = "prt_1",
        email: str = "anna@region.example",
        role: str = "leader",
        name: str = "Anna",
        language: str = "en",
        sequence: int = 1,
    ) -> None:
        """Hear who somebody is: a leader of the partner, unless told otherwise."""
        described = {"name": name, "email": email, "role": role, "language": language, "zone": "Europe/Stockholm"}
        self.hear("keep_person", sequence=sequence, person_id=id, partner_id=partner_id, **described)

    def leave(self, id: str = "per_1", *, partner_id: str = "prt_1", sequence: int = 2) -> None:
        self.hear("keep_departure", sequence=sequence, person_id=id, partner_id=partner_id)

    def reach(self, milestone_id: str = "mst_1", partner_id: str = "prt_1", **about_the_event: Any) -> None:
        title = f"Reached {milestone_id}"
        self.hear("invite_partner", milestone_id=milestone_id, partner_id=partner_id, title=title, **about_the_event)

    def reopen(self, milestone_id: str, partner_id: str, *, sequence: int = 2) -> None:
        self.hear("withdraw_reason", sequence=sequence, milestone_id=milestone_id, partner_id=partner_id)

    def pause(self, partner_id: str, *, sequence: int = 2) -> None:
        self.hear("pass_over_while_paused", sequence=sequence, partner_id=partner_id, reason="Elections")

    def resume(self, partner_id: str, *, sequence: int = 3) -> None:
        self.hear("call_again_when_resumed", sequence=sequence, partner_id=partner_id)

    def invite(self, *partner_ids: str) -> list[Answer]:
        """Admit partners, and let each reach a milestone; gives their invitations, in that order."""
        self.admit(*partner_ids)
        for partner_id in partner_ids:
            self.reach(f"mst_{partner_id}", partner_id)
        return [self.invitation_of(partner_id) for partner_id in partner_ids]

    def invitation_of(self, partner_id: str) -> Answer:
        (invitation,) = self.all("list_invitations", partner_id=partner_id)
        return invitation

    def token(self, partner_id: str = "prt_1", *, person_id: str = "per_1", email: str = "anna@region.example") -> str:
        """Give what stands in the link in a letter about the invitation of a partner, to somebody at an address."""
        digest, invitation = address_digest(email, of=person_id), self.invitation_of(partner_id)
        return KEYS.token(Capability(thing_id=invitation["id"], holder_id=person_id, address_digest=digest))

    def answer(self, operation: str, partner_id: str, scope: Answer = STAFF, **said: Any) -> Answer:
        """Answer the invitation of a partner as it is now; gives `ok` or `fault`."""
        invitation = self.invitation_of(partner_id)
        about = {"invitation_id": invitation["id"], "version": invitation["version"]}
        return self.call(operation, scope, **about, **said)

    def close_waitlists(self) -> None:
        """Let the timer tick that closes what is over."""
        close_waitlists(store=self.store)

    def pass_on(self, *, again: bool = False) -> None:
        """Hear of the seats freed that camps has not heard of yet, as it does of what it says itself; or of all."""
        heard = {row["_id"] for row in self.store.database[INBOX].find({}, {"_id": 1})}
        for row in (row for type in FREEING for row in self.published(type)):
            if again or f"camps.offer_freed_seats:{row['_id']}" not in heard:
                self.hear("offer_freed_seats", id=row["_id"], camp_id=row["data"]["camp_id"])

    def deliver(self, partner_id: str) -> None:
        """Hear that a letter about the invitation of a partner was sent."""
        about = {"about_kind": "invitation", "about_id": self.invitation_of(partner_id)["id"], "partner_id": partner_id}
        self.hear("keep_delivery_state", delivery_id=f"dlv_{partner_id}", state="sent", **about)

    def time_goes_by(self, by: timedelta) -> None:
        """Let time pass at once, and free the seats whose time is over."""
        self.it_becomes(self.store.clock() + by)
        claims = Claims(self.store, collection="invitations", owner="test", lease_seconds=30)
        give_up_seats(store=self.store, claims=claims)
        self.pass_on()

    def seats(self, camp: Answer) -> Answer:
        seats: Answer = self.call("show_seats", camp_id=camp["id"])["ok"]
        return seats

    def all(self, operation: str, **where: Any) -> list[Answer]:
        items: list[Answer] = self.call(operation, limit=100, **where)["ok"]["items"]
        return items

    def ledger(self, camp: Answer) -> Answer:
        return self.store.database["seat_ledgers"].find_one({"_id": camp["id"]}) or {}

    def kept(self) -> int:
        return self.store.database["pending_reasons"].count_documents({})


def took_effect(deed: Callable[[], object]) -> bool:
    """Whether something was done, and not put off until more is known."""
    try:
        deed()
    except NotYetKnown:
        return False
    return True
