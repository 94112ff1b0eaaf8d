"""A delegate: somebody who comes to a camp, in a seat of their partner's invitation."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import INTERNAL, PERSONAL, Aggregate
from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import delegate as events
from services.camps.model.camp import Camp
from services.camps.model.delegations.attends import Attends, nearest_way, possible_way
from services.camps.model.delegations.delegate_lifecycle import COMING, TRANSITIONS, DelegateState
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitee import InvitedByName, Invitee
from services.camps.model.person import Whom


class DelegateKind(StrEnum):
    """Whose seat a delegate has."""

    PARTNER = "partner"
    GUEST = "guest"
    FACULTY = "faculty"
    INSTITUTE = "institute"


class Absence(StrEnum):
    """Why a delegate does not come."""

    BY_HAND = "by_hand"
    INVITATION = "invitation"
    CAMP_CANCELLED = "camp_cancelled"
    PERSON_LEFT = "person_left"


class OfPeopleOnRecord(Invalid):
    """Name, address, language and time zone of somebody on record are those on record."""


class KeptAway(Conflict):
    """Who has no seat, or has left the partner, is not brought back."""


@dataclass(kw_only=True)
class Delegate(Aggregate):
    """Somebody who comes to a camp, or was to come: a person on record, or one who is named for this camp alone.

    While they come they have one of the seats of their invitation.
    """

    lifecycle = TRANSITIONS

    camp_id: str
    kind: DelegateKind = DelegateKind.PARTNER
    partner_id: str | None = None
    invitation_id: str | None = None
    person_id: str | None = None
    name: str = field(metadata=PERSONAL)
    email: str = field(metadata=PERSONAL)
    language: str
    zone: str
    role: str
    attends: Attends = Attends.IN_PERSON
    would_attend: Attends | None = field(default=None, metadata=INTERNAL)
    """Where they would take part if the camp's mode let them; None where it does."""
    state: DelegateState = DelegateState.NAMED
    substitute_for: str | None = None
    """The delegate whose seat they took over, if they did."""
    substitute_id: str | None = None
    """Who took over their seat, if somebody did."""
    absences: list[Absence] = field(default_factory=list)
    """Why they do not come: all of it must be over before they come back by themselves."""
    was_confirmed: bool = field(default=False, metadata=INTERNAL)
    """Whether they had confirmed when they last had a seat."""

    @classmethod
    def of_partner(
        cls, whom: Whom, *, id: str, invitation: Invitation, camp: Camp, role: str, attends: Attends | None = None
    ) -> "Delegate":
        """Name somebody for a seat of a partner's invitation; raises CampTakesPlaceOtherwise."""
        named = cls(id=id, camp_id=camp.id, partner_id=invitation.partner_id, invitation_id=invitation.id, role=role,
                    attends=possible_way(attends, camp=camp), **vars(whom))  # fmt: skip
        named.record(events.DelegateNamed(**named.said_at(camp)))
        return named

    @classmethod
    def by_name(cls, guest: Invitee, *, id: str, invitation: Invitation, camp: Camp) -> "Delegate":
        """Have somebody come who was invited by name and has said so themselves: it is sure by that."""
        whom = {each.name: getattr(guest, each.name) for each in fields(Whom)}
        comes = cls(id=id, camp_id=camp.id, kind=DelegateKind(invitation.kind), invitation_id=invitation.id,
                    role=guest.organisation or invitation.kind.capitalize(), state=DelegateState.CONFIRMED,
                    attends=possible_way(None, camp=camp), **whom)  # fmt: skip
        comes.record(events.DelegateConfirmed(**comes.said_at(camp)))
        return comes

    @property
    def comes(self) -> bool:
        """Whether they have a seat."""
        return self.state in COMING

    def confirm(self, *, camp: Camp) -> None:
        """Keep that they come; raises NotFromThisState."""
        self._must_allow("confirm_delegate")
        self.state = DelegateState.CONFIRMED
        self.record(events.DelegateConfirmed(**self.said_at(camp)))

    def substitute(self, whom: Whom, *, id: str, camp: Camp, role: str, attends: Attends) -> "Delegate":
        """Give their seat to somebody else, and give who that is.

        Raises NotFromThisState, InvitedByName, and CampTakesPlaceOtherwise.
        """
        self._must_allow("substitute_delegate")
        self._refuse_if_invited_by_name()
        other = Delegate(id=id, camp_id=self.camp_id, kind=self.kind, partner_id=self.partner_id,
                         invitation_id=self.invitation_id, substitute_for=self.id, role=role,
                         attends=possible_way(attends, camp=camp), **vars(whom))  # fmt: skip
        self._end(DelegateState.SUBSTITUTED, Absence.BY_HAND)
        self.substitute_id = other.id
        self.record(events.DelegateSubstituted(**self.said_at(camp), substitute_id=other.id))
        other.record(events.DelegateNamed(**other.said_at(camp)))
        return other

    def withdraw(self, *, camp: Camp) -> None:
        """Keep that they do not come; raises NotFromThisState and InvitedByName."""
        self._must_allow("withdraw_delegate")
        self._refuse_if_invited_by_name()
        self._withdrawn(Absence.BY_HAND, camp)

    def restore(self, *, camp: Camp) -> None:
        """Bring somebody back who was withdrawn or substituted, for a seat that is theirs; raises NotFromThisState."""
        self._must_allow("restore_delegate")
        self.state, self.absences, self.substitute_id = DelegateState.NAMED, [], None
        self.record(events.DelegateNamed(**self.said_at(camp)))

    def change(self, *, camp: Camp, **changes: Any) -> bool:
        """Change what is said of somebody who comes; gives whether anything differs.

        Raises OfPeopleOnRecord for what is on record of a person, InvitedByName for who a guest is,
        CampTakesPlaceOtherwise, and NotFromThisState.
        """
        refuse_unless_possible(TRANSITIONS, "withdraw_delegate", state=self.state, about=self._standing())
        of_them = [name for name in changes if name in Whom.__dataclass_fields__]
        on_record = of_them if self.person_id is not None else []
        if on_record:
            detail = f"Nothing is expected, for it is on record of {self.person_id}; got '{changes[on_record[0]]}'"
            raise OfPeopleOnRecord.at(f"/{on_record[0]}", "not_allowed", detail)
        if of_them:
            self._refuse_if_invited_by_name()
        chooses_anew = "attends" in changes and self.would_attend is not None
        if "attends" in changes:
            possible_way(changes["attends"], camp=camp)
            self.would_attend = None
        return self._take_over(changes, camp) or chooses_anew

    def follow_person(self, whom: Whom, *, camp: Camp) -> bool:
        """Take over what is on record of the person, or said of a guest; gives whether anything differs."""
        return self._take_over({each.name: getattr(whom, each.name) for each in fields(Whom)}, camp)

    def follow_mode(self, *, camp: Camp) -> bool:
        """Take part as the camp lets them from now on; gives whether anything differs.

        Where they had chosen to take part is kept, and counts again as soon as the camp lets them: who changed its mode
        by mistake loses nobody's choice.
        """
        chosen = self.would_attend or self.attends
        attends = nearest_way(chosen, camp=camp)
        self.would_attend = None if attends is chosen else chosen
        return self._take_over({"attends": attends}, camp)

    def miss(self, absence: Absence, *, camp: Camp) -> bool:
        """Keep one reason why they cannot come, and withdraw them if they were to; gives whether that is new.

        Who was withdrawn or substituted by hand is brought back by hand alone.
        """
        if absence in self.absences or Absence.BY_HAND in self.absences:
            return False
        if self.comes:
            self._withdrawn(absence, camp)
        else:
            self.absences = sorted({*self.absences, absence})
        return True

    def comes_without(self, absence: Absence) -> bool:
        """Whether nothing but this keeps them away."""
        return self.absences == [absence]

    def regain(self, absence: Absence, *, camp: Camp) -> None:
        """Have one reason less not to come; without any they come as before."""
        comes_by_that = self.comes_without(absence)
        self.absences = [each for each in self.absences if each is not absence]
        if comes_by_that:
            self.state = DelegateState.CONFIRMED if self.was_confirmed else DelegateState.NAMED
            event = events.DelegateConfirmed if self.was_confirmed else events.DelegateNamed
            self.record(event(**self.said_at(camp)))

    def forget(self) -> None:
        """Remove who they were: that somebody came, or was to come, in this seat and from when to when, stays."""
        self.name, self.email = ERASED, erased_address(self.person_id or self.id)
        self.language, self.zone, self.role = NO_LANGUAGE, NO_ZONE, ERASED

    def said_at(self, camp: Camp) -> dict[str, Any]:
        """Give what others hear of a delegate: who they are, and all that a letter or a calendar says of the camp."""
        whose = {name: getattr(self, name) for name in ("camp_id", "partner_id", "invitation_id", "person_id")}
        who = {name: getattr(self, name) for name in ("name", "email", "language", "zone", "role", "attends", "kind")}
        about = {
            name: getattr(camp, name) for name in ("season", "year", "place", "starts_on", "ends_on", "mode", "venue")
        }
        when = {"begins_at": camp.begins_at(), "ends_at": camp.ends_at(), "anchor_revision": camp.anchor_revision}
        of_camp = {"camp_title": camp.title, "camp_zone": camp.zone, "substitute_for": self.substitute_for}
        return {"delegate_id": self.id, **whose, **who, **about, **when, **of_camp}

    def _take_over(self, changes: dict[str, Any], camp: Camp) -> bool:
        if all(getattr(self, name) == value for name, value in changes.items()):
            return False
        before = self.email
        for name, value in changes.items():
            setattr(self, name, value)
        if self.comes:
            self.record(events.DelegateChanged(**self.said_at(camp), email_before=before))
        return True

    def _withdrawn(self, absence: Absence, camp: Camp) -> None:
        self._end(DelegateState.WITHDRAWN, absence)
        self.record(events.DelegateWithdrawn(**self.said_at(camp), because=absence))

    def _end(self, state: DelegateState, absence: Absence) -> None:
        self.was_confirmed = self.state is DelegateState.CONFIRMED
        self.state, self.absences = state, [absence]

    def _refuse_if_invited_by_name(self) -> None:
        if self.kind is not DelegateKind.PARTNER:
            raise InvitedByName(f"{self._standing()}, and invited by name: {self.invitation_id} says whether they come")

    def _must_allow(self, operation: str) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing())

    def _standing(self) -> str:
        return f"delegate {self.id} is {self.state}"
