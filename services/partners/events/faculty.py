"""What happens to faculty. It stays within the platform: who coaches whom is said by engagements."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event


class OfFaculty(TypedDict):
    """Which faculty member it is: the members of `FacultyEvent`."""

    faculty_member_id: str
    person_id: str
    partner_id: str | None


class Described(OfFaculty):
    """What they coach about, and in which languages: the members of `FacultyDescribed`."""

    topics: list[str]
    languages: list[str]


@dataclass(frozen=True, kw_only=True)
class FacultyEvent(Event):
    """Something happened to a faculty member."""

    faculty_member_id: Annotated[str, "the faculty member; also the event's subject"]
    person_id: Annotated[str, "the person who it is"]
    partner_id: Annotated[str | None, "whose person they are at this moment; null for the institute's own"]


@dataclass(frozen=True, kw_only=True)
class FacultyDescribed(FacultyEvent):
    """Something happened to a faculty member by which others learn what they coach about."""

    topics: Annotated[list[str], "what they coach about: tags of an open list"]
    languages: Annotated[list[str], "the languages they coach in, as BCP 47 tags"]


@dataclass(frozen=True, kw_only=True)
class FacultyNominated(FacultyDescribed):
    """Somebody, often of a partner, was put forward who may become faculty. Published once for each person."""

    type = "partners.faculty.nominated"


@dataclass(frozen=True, kw_only=True)
class FacultyAppointed(FacultyDescribed):
    """Somebody coaches for the institute from now on; published again when they had retired and coach again."""

    type = "partners.faculty.appointed"


@dataclass(frozen=True, kw_only=True)
class FacultyRetired(FacultyEvent):
    """Somebody coaches no more for the institute, and stays on record as emeritus; they may be appointed again."""

    type = "partners.faculty.retired"
