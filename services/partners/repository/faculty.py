"""Where it is kept who is faculty, and who asks for them."""

from typing import ClassVar

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.partners.model.faculty.faculty_lifecycle import NominatedAlready
from services.partners.model.faculty.faculty_member import FacultyMember
from services.partners.model.faculty.faculty_request import FacultyRequest


class Faculty(Repository[FacultyMember]):
    """Who is faculty, was, or may be: the institute's to know, whoever's person it is."""

    collection = "faculty"
    aggregate = FacultyMember
    owner_field = "organisation_id"
    indexes = (
        IndexModel("person_id", unique=True),
        IndexModel(["state", "_id"]),
        IndexModel(["topics", "_id"]),
        IndexModel(["languages", "_id"]),
    )

    def refuse_a_second(self, person_id: str) -> None:
        """Raise NominatedAlready where somebody was nominated; of two at once, the index refuses the later."""
        first = self.first({"person_id": person_id}, scope=PLATFORM)
        if first is not None:
            raise NominatedAlready(f"person {person_id} is faculty member {first.id}, {first.state}")


class FacultyRequests(Repository[FacultyRequest]):
    """Every request for faculty; each is its partner's."""

    collection = "faculty_requests"
    aggregate = FacultyRequest
    owner_field = "partner_id"
    backlog: ClassVar[Backlog] = Backlog(since="answer_due_at")
    """Those whose time to be answered is over."""
    indexes = (IndexModel("answer_due_at"), IndexModel(["state", "_id"]), IndexModel(["topics", "_id"]))
