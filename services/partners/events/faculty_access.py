"""What becomes of partners' requests for faculty."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event, Keywords

AnswerBy = Annotated[datetime, "until when the institute is to answer"]


class OfRequest(TypedDict):
    """Which request it is, and whose: the members of `FacultyAccessEvent`."""

    faculty_request_id: str
    partner_id: str


@dataclass(frozen=True, kw_only=True)
class FacultyAccessEvent(Event):
    """Something happened to a request for faculty."""

    faculty_request_id: Annotated[str, "the request; also the event's subject"]
    partner_id: Annotated[str, "the partner that asks"]


@dataclass(frozen=True, kw_only=True)
class FacultyAccessRequested(FacultyAccessEvent):
    """A partner asks for faculty; published again when a request is opened again."""

    type = "partners.faculty_access.requested"

    topics: Annotated[list[str], "what faculty is asked for about: tags of an open list"]
    answer_by: AnswerBy


@dataclass(frozen=True, kw_only=True)
class FacultyAccessGranted(FacultyAccessEvent):
    """The institute gives faculty to a partner that asked for it."""

    type = "partners.faculty_access.granted"

    person_ids: Annotated[list[str], Keywords(minItems=1), "the people who are active faculty and were given to it"]


@dataclass(frozen=True, kw_only=True)
class FacultyAccessDeclined(FacultyAccessEvent):
    """The institute gives no faculty to a partner that asked for it, for a reason."""

    type = "partners.faculty_access.declined"

    reason: Annotated[str, "why not"]


@dataclass(frozen=True, kw_only=True)
class FacultyAccessWithdrawn(FacultyAccessEvent):
    """A partner asks for faculty no more, for a reason."""

    type = "partners.faculty_access.withdrawn"

    reason: Annotated[str, "why it is not needed any more"]


@dataclass(frozen=True, kw_only=True)
class FacultyAccessOverdue(FacultyAccessEvent):
    """The institute has not answered a request in time. Published once for each time it was to answer."""

    type = "partners.faculty_access.overdue"

    answer_by: Annotated[datetime, "until when it was to answer"]
