"""A partner asks for faculty, and the institute grants or declines that, or is late."""

from datetime import timedelta
from functools import partial

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command
from services.partners.model.faculty.faculty_member import FacultyMember
from services.partners.model.faculty.faculty_request import FacultyRequest
from services.partners.model.person import Person
from services.partners.repository.faculty import Faculty, FacultyRequests
from services.partners.repository.partner import Partners
from services.partners.repository.person import People
from services.partners.schemas.faculty import FacultyMemberIds, FacultyRequestId, Purpose, Topics
from services.partners.schemas.identity import ExpectedVersion, PartnerId
from services.partners.schemas.partner import Reason


@command
def request_faculty(
    uow: UnitOfWork,
    scope: Scope,
    faculty_answer_period: timedelta,
    *,
    partner_id: PartnerId,
    topics: Topics,
    purpose: Purpose,
) -> FacultyRequest:
    """Ask, for a partner in the programme, for faculty who know some topics, and say what for."""
    partner = Partners(uow).named(partner_id, by="partner_id", scope=scope)
    Partners(uow).touch(partner)
    request = FacultyRequest.request(id=uow.new_id("frq"), partner=partner, topics=topics, purpose=purpose,
                                     by=scope.subject, at=uow.now, answer=faculty_answer_period)  # fmt: skip
    return FacultyRequests(uow).save(request)


@command(needs=EVERY_ORGANISATION)
def grant_faculty_request(
    uow: UnitOfWork,
    scope: Scope,
    *,
    faculty_request_id: FacultyRequestId,
    version: ExpectedVersion,
    faculty_member_ids: FacultyMemberIds,
) -> FacultyRequest:
    """Give active faculty to a partner that asked, and never its own person."""
    members = [_given(uow, scope, id, at) for at, id in enumerate(faculty_member_ids)]
    request = FacultyRequests(uow).get(faculty_request_id, scope=scope, version=version)
    request.grant(members, by=scope.subject, at=uow.now)
    return FacultyRequests(uow).save(request)


@command(needs=EVERY_ORGANISATION)
def decline_faculty_request(
    uow: UnitOfWork, scope: Scope, *, faculty_request_id: FacultyRequestId, version: ExpectedVersion, reason: Reason
) -> FacultyRequest:
    """Decline to give faculty, with a reason."""
    request = FacultyRequests(uow).get(faculty_request_id, scope=scope, version=version)
    request.decline(reason=reason, by=scope.subject, at=uow.now)
    return FacultyRequests(uow).save(request)


@command
def withdraw_faculty_request(
    uow: UnitOfWork, scope: Scope, *, faculty_request_id: FacultyRequestId, version: ExpectedVersion, reason: Reason
) -> FacultyRequest:
    """Withdraw a request for faculty that is not answered, with a reason."""
    request = FacultyRequests(uow).get(faculty_request_id, scope=scope, version=version)
    request.withdraw(reason=reason, by=scope.subject, at=uow.now)
    return FacultyRequests(uow).save(request)


@command(needs=EVERY_ORGANISATION)
def reopen_faculty_request(
    uow: UnitOfWork,
    scope: Scope,
    faculty_answer_period: timedelta,
    *,
    faculty_request_id: FacultyRequestId,
    version: ExpectedVersion,
    reason: Reason,
) -> FacultyRequest:
    """Open a request for faculty again, with a reason: it is to be answered anew."""
    request = FacultyRequests(uow).get(faculty_request_id, scope=scope, version=version)
    request.reopen(reason=reason, by=scope.subject, at=uow.now, answer=faculty_answer_period)
    return FacultyRequests(uow).save(request)


def note_overdue_faculty_requests(*, store: Store, claims: Claims) -> None:
    """Note of every request for faculty that was not answered in time that it is overdue."""
    claims.process_ready(lambda: FacultyRequests.backlog.as_of(store.clock()), partial(_note, store),
                         sort="answer_due_at")  # fmt: skip


def _note(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_note_one, claimed.id), cause=claimed.cause)
    return True


def _note_one(request_id: str, uow: UnitOfWork) -> None:
    request = FacultyRequests(uow).get(request_id, scope=PLATFORM)
    if request.fall_overdue(uow.now):
        FacultyRequests(uow).save(request)


def _given(uow: UnitOfWork, scope: Scope, member_id: str, at: int) -> tuple[FacultyMember, Person]:
    """Give a member and who it is; of neither anything else may be put on record at the same time."""
    member = Faculty(uow).named(member_id, by=f"faculty_member_ids/{at}", scope=scope)
    person = People(uow).get(member.person_id, scope=PLATFORM)
    Faculty(uow).touch(member)
    People(uow).touch(person)
    return member, person


COMMANDS = (
    request_faculty,
    grant_faculty_request,
    decline_faculty_request,
    withdraw_faculty_request,
    reopen_faculty_request,
)
