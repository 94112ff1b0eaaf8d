"""Somebody is nominated for the faculty, invited, appointed, and retires; each step by a person's word."""

from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.partners.model.faculty.faculty_member import FacultyMember, Provenance
from services.partners.model.person import Person
from services.partners.repository.deed import Deeds
from services.partners.repository.faculty import Faculty
from services.partners.repository.person import People
from services.partners.schemas.faculty import FacultyChanges, FacultyMemberId, Languages, Topics, WhyNominated
from services.partners.schemas.identity import ExpectedVersion, ExperienceId, PersonId
from services.partners.schemas.partner import Reason
from services.partners.schemas.place import ZoneName


@command(needs=EVERY_ORGANISATION)
def nominate_faculty(
    uow: UnitOfWork,
    scope: Scope,
    *,
    person_id: PersonId,
    topics: Topics,
    reason: WhyNominated,
    languages: Languages | None = None,
    zone: ZoneName | None = None,
    experience_id: ExperienceId | None = None,
) -> FacultyMember:
    """Nominate somebody of a partner, or of the institute, for the faculty, with a reason, and what they shared.

    Their languages and zone are those of their record unless others are said.
    """
    if experience_id is not None:
        Deeds(uow).refuse_unless_shared(experience_id, by="experience_id")
    person = People(uow).named(person_id, by="person_id", scope=scope)
    Faculty(uow).refuse_a_second(person.id)
    member = FacultyMember.nominate(
        id=uow.new_id("fac"),
        person=person,
        topics=topics,
        languages=languages or [person.language],
        zone=zone or person.zone,
        provenance=Provenance(nominated_by=scope.subject, reason=reason, at=uow.now, partner_id=person.partner_id,
                              experience_id=experience_id),
    )  # fmt: skip
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def change_faculty_member(
    uow: UnitOfWork,
    scope: Scope,
    *,
    faculty_member_id: FacultyMemberId,
    version: ExpectedVersion,
    **changes: Unpack[FacultyChanges],
) -> FacultyMember:
    """Change what a faculty member coaches about, in which languages, or where their hours are."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    return Faculty(uow).save(member) if member.change(**changes) else member


@command(needs=EVERY_ORGANISATION)
def consider_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion
) -> FacultyMember:
    """Consider whether the institute wants who was nominated."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.consider(by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def reconsider_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion, reason: Reason
) -> FacultyMember:
    """Consider somebody again, with a reason, who declined or was withdrawn."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.reconsider(reason=reason, by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def invite_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion
) -> FacultyMember:
    """Record that somebody was asked to join the faculty."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.invite(by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def orient_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion
) -> FacultyMember:
    """Record that somebody said yes, and is made ready to coach."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.orient(by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def appoint_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion
) -> FacultyMember:
    """Appoint somebody who was made ready: from now on they can coach, though never their own employer."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.appoint(person=_who(uow, member), by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def decline_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion, reason: Reason
) -> FacultyMember:
    """Record that somebody does not want to join the faculty, with what they gave as a reason."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.decline(reason=reason, by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def withdraw_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion, reason: Reason
) -> FacultyMember:
    """Withdraw a nomination, with a reason, before they are appointed."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.withdraw(reason=reason, by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def retire_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion, reason: Reason
) -> FacultyMember:
    """Record, with a reason, that somebody coaches no more: they are emeritus."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.retire(person=_who(uow, member), reason=reason, by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


@command(needs=EVERY_ORGANISATION)
def reinstate_faculty(
    uow: UnitOfWork, scope: Scope, *, faculty_member_id: FacultyMemberId, version: ExpectedVersion, reason: Reason
) -> FacultyMember:
    """Have somebody who is emeritus coach again, with a reason."""
    member = Faculty(uow).get(faculty_member_id, scope=scope, version=version)
    member.reinstate(person=_who(uow, member), reason=reason, by=scope.subject, at=uow.now)
    return Faculty(uow).save(member)


def _who(uow: UnitOfWork, member: FacultyMember) -> Person:
    """Give the person, of whom nothing else may be put on record at the same time."""
    person = People(uow).get(member.person_id, scope=PLATFORM)
    People(uow).touch(person)
    return person


COMMANDS = (
    nominate_faculty,
    change_faculty_member,
    consider_faculty,
    reconsider_faculty,
    invite_faculty,
    orient_faculty,
    appoint_faculty,
    decline_faculty,
    withdraw_faculty,
    retire_faculty,
    reinstate_faculty,
)
