"""The harvest of a camp: what it was closed with, who may read it, and how far they were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from json import dumps

from chassis.domain.aggregate import Aggregate
from services.camps.events import harvest as events
from services.camps.model.camp import Camp
from services.camps.model.delegations.delegate import Delegate, DelegateKind
from services.camps.model.learning.commitment import Commitment
from services.camps.model.learning.experience import Experience, Visibility
from services.camps.model.learning.industry_lesson import IndustryLesson
from services.camps.model.person import Person

STAFF = "staff"
"""The role on record of the institute's staff."""


class ReadsAs(StrEnum):
    """Why somebody is told of a harvest."""

    DELEGATE = "delegate"
    LEADER = "leader"
    STAFF = "staff"


class Told(StrEnum):
    """Whom the telling of a harvest looks at."""

    DELEGATES = "delegates"
    PEOPLE = "people"


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """How much came out of a camp; another `digest` says that it is something else.

    What is reported later is none of it: that comes for months, and changes nothing of what was promised.
    """

    experiences: int
    public_experiences: int
    lessons: int
    promises: int
    digest: str

    @classmethod
    def of(
        cls,
        experiences: Sequence[Experience],
        lessons: Sequence[IndustryLesson],
        promises: Sequence[Commitment],
    ) -> "Gathered":
        """Count what is shared, captured and promised, and tell it from everything else."""
        told = [(each.id, each.title, each.story, each.visibility) for each in experiences]
        taught = [(each.id, each.organisation, each.lesson, each.hypothesis) for each in lessons]
        promised = [(each.id, each.what, each.due_on.isoformat()) for each in promises]
        said = dumps([sorted(told), sorted(taught), sorted(promised)])
        public = [each for each in experiences if each.visibility is Visibility.PUBLIC]
        return cls(experiences=len(experiences), public_experiences=len(public), lessons=len(lessons),
                   promises=len(promises), digest=sha256(said.encode()).hexdigest())  # fmt: skip

    @property
    def is_something(self) -> bool:
        """Whether anything came out that others can learn from."""
        return bool(self.experiences or self.lessons or self.promises)


def read_by(*, kind: DelegateKind = DelegateKind.PARTNER, departed: bool = False) -> Visibility:
    """Give what somebody may read: a guest, and whose partner has departed, no more than everybody."""
    return Visibility.PUBLIC if kind is DelegateKind.GUEST or departed else Visibility.PARTNERS


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody to be told of a harvest, and what of it they may read."""

    as_whom: ReadsAs
    reads: Visibility
    delegate_id: str | None
    person_id: str | None
    partner_id: str | None
    name: str
    email: str
    language: str
    zone: str

    @classmethod
    def who_came(cls, delegate: Delegate) -> "Reader":
        """Give a delegate who was there."""
        return cls(as_whom=ReadsAs.DELEGATE, reads=read_by(kind=delegate.kind), delegate_id=delegate.id,
                   person_id=delegate.person_id, partner_id=delegate.partner_id, name=delegate.name,
                   email=delegate.email, language=delegate.language, zone=delegate.zone)  # fmt: skip

    @classmethod
    def on_record(cls, person: Person) -> "Reader":
        """Give who leads a partner that was there, or is of the institute's staff."""
        as_whom = ReadsAs.LEADER if person.partner_id else ReadsAs.STAFF
        return cls(as_whom=as_whom, reads=Visibility.PARTNERS, delegate_id=None, person_id=person.id,
                   partner_id=person.partner_id, name=person.name, email=person.email, language=person.language or "",
                   zone=person.zone)  # fmt: skip


@dataclass(kw_only=True)
class HarvestMailing(Aggregate):
    """One edition of a harvest, and how far it was told: everybody up to the id `after` was looked at.

    First the delegates are, then who leads the partners that were there and the institute's staff.
    """

    camp_id: str
    edition: int
    gathered: Gathered
    nothing_to_publish: str | None
    now_telling: Told = Told.DELEGATES
    after: str = ""
    is_done: bool = False

    def is_as_before(self, gathered: Gathered, *, nothing_to_publish: str | None) -> bool:
        """Whether a camp is closed with the very same again."""
        return (self.gathered.digest, self.nothing_to_publish) == (gathered.digest, nothing_to_publish)

    def tell(self, readers: Sequence[Reader], *, camp: Camp, until: str | None) -> None:
        """Tell some readers, of all who were looked at up to the id `until`; None when nobody was left to look at."""
        for reader in readers:
            self.record(self._offered(reader, camp))
        if until is not None:
            self.after = until
        elif self.now_telling is Told.DELEGATES:
            self.now_telling, self.after = Told.PEOPLE, ""
        else:
            self.is_done = True

    def _offered(self, reader: Reader, camp: Camp) -> events.HarvestOffered:
        all_of_it, there = reader.reads is Visibility.PARTNERS, self.gathered
        return events.HarvestOffered(mailing_id=self.id, camp_id=camp.id, camp_title=camp.title, edition=self.edition,
                                     as_whom=reader.as_whom, delegate_id=reader.delegate_id,
                                     person_id=reader.person_id, partner_id=reader.partner_id, name=reader.name,
                                     email=reader.email, language=reader.language, zone=reader.zone,
                                     experiences=there.experiences if all_of_it else there.public_experiences,
                                     lessons=there.lessons if all_of_it else 0,
                                     promises=there.promises if all_of_it else 0,
                                     nothing_to_publish=self.nothing_to_publish)  # fmt: skip
