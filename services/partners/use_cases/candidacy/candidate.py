"""The list of partners that fit and wait for a place: who comes on it, who leaves it, and who is moved on it."""

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.partners.model.candidacy.candidate import Because, Candidate, Rearrangement
from services.partners.model.candidacy.programme import Programme
from services.partners.repository.candidate import Candidates
from services.partners.repository.partner import Partners
from services.partners.repository.programme import Programmes, partners_carried
from services.partners.schemas.candidate import CandidateId, PlaceOnTheList
from services.partners.schemas.identity import ExpectedVersion, PartnerId
from services.partners.schemas.partner import Reason, Reasons
from services.partners.use_cases.candidacy.order import arrange


@command(needs=EVERY_ORGANISATION)
def become_candidate(uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, reasons: Reasons) -> Candidate:
    """Have a partner that fits wait for a place in the programme, with reasons, behind those that wait already."""
    partner = Partners(uow).named(partner_id, by="partner_id", scope=scope)
    Partners(uow).touch(partner)
    Candidates(uow).refuse_a_second(partner_id)
    programme, id = Programmes(uow).present(), uow.new_id("cnd")
    candidate = Candidate.join(id=id, partner=partner, reasons=reasons, place=programme.put(id), by=scope.subject,
                               at=uow.now)  # fmt: skip
    programme.refuse_who_need_not_wait(id, carried=partners_carried(Partners(uow)))
    Candidates(uow).save(candidate)
    arrange(uow, programme)
    return candidate


@command(needs=EVERY_ORGANISATION)
def move_candidate(
    uow: UnitOfWork,
    scope: Scope,
    *,
    candidate_id: CandidateId,
    version: ExpectedVersion,
    place: PlaceOnTheList,
    reason: Reason,
) -> Candidate:
    """Give a candidate another place on the list, with a reason; those between make way."""
    candidate, programme = _known(uow, scope, candidate_id, version=version)
    done = _done(Because.MOVED, candidate, scope=scope, uow=uow, reason=reason)
    candidate.move(place, done)
    programme.move(candidate_id, place=place)
    return _arranged(uow, scope, programme, candidate, done)


@command(needs=EVERY_ORGANISATION)
def withdraw_candidate(
    uow: UnitOfWork, scope: Scope, *, candidate_id: CandidateId, version: ExpectedVersion, reason: Reason
) -> Candidate:
    """Take a candidate off the list as the partner wants, with the reason that it gave."""
    candidate, programme = _known(uow, scope, candidate_id, version=version)
    candidate.withdraw(reason=reason, by=scope.subject, at=uow.now)
    return _taken_off(uow, scope, programme, candidate, Because.WITHDRAWN, reason=reason)


@command(needs=EVERY_ORGANISATION)
def decline_candidate(
    uow: UnitOfWork, scope: Scope, *, candidate_id: CandidateId, version: ExpectedVersion, reason: Reason
) -> Candidate:
    """Take a candidate off the list as the institute wants, with a reason."""
    candidate, programme = _known(uow, scope, candidate_id, version=version)
    candidate.decline(reason=reason, by=scope.subject, at=uow.now)
    return _taken_off(uow, scope, programme, candidate, Because.DECLINED, reason=reason)


@command(needs=EVERY_ORGANISATION)
def reinstate_candidate(
    uow: UnitOfWork, scope: Scope, *, candidate_id: CandidateId, version: ExpectedVersion, reason: Reason
) -> Candidate:
    """Have a candidate wait again, with a reason, at the place that it had last, as far as the list has one."""
    candidate, programme = _known(uow, scope, candidate_id, version=version)
    partner = Partners(uow).get(candidate.partner_id, scope=PLATFORM)
    Partners(uow).touch(partner)
    place = programme.put(candidate_id, place=candidate.last_place)
    candidate.reinstate(partner, place=place, reason=reason, by=scope.subject, at=uow.now)
    Candidates(uow).refuse_a_second(candidate.partner_id)
    done = _done(Because.REINSTATED, candidate, scope=scope, uow=uow, reason=reason)
    return _arranged(uow, scope, programme, candidate, done)


@reaction("partners.partner.departed", "partners.partner.graduated")
def tell_who_is_next(uow: UnitOfWork) -> None:
    """Tell, once, which candidate can be admitted now that a place is free."""
    if (programme := Programmes(uow).present()).waiting:
        arrange(uow, programme)


def take_off_as_admitted(uow: UnitOfWork, scope: Scope, *, partner_id: str) -> None:
    """Take a partner that was admitted off the list, if it was on it."""
    candidate = Candidates(uow).waiting_of(partner_id)
    if candidate is None:
        return
    candidate.be_admitted(by=scope.subject, at=uow.now)
    _taken_off(uow, scope, Programmes(uow).present(), candidate, Because.ADMITTED)


def _known(uow: UnitOfWork, scope: Scope, id: str, *, version: ExpectedVersion) -> tuple[Candidate, Programme]:
    return Candidates(uow).get(id, scope=scope, version=version), Programmes(uow).present()


def _done(
    because: Because, candidate: Candidate, *, scope: Scope, uow: UnitOfWork, reason: str | None = None
) -> Rearrangement:
    return Rearrangement(because=because, candidate_id=candidate.id, by=scope.subject, at=uow.now, reason=reason)


def _taken_off(
    uow: UnitOfWork,
    scope: Scope,
    programme: Programme,
    candidate: Candidate,
    because: Because,
    *,
    reason: str | None = None,
) -> Candidate:
    programme.take_off(candidate.id)
    return _arranged(uow, scope, programme, candidate, _done(because, candidate, scope=scope, uow=uow, reason=reason))


def _arranged(
    uow: UnitOfWork, scope: Scope, programme: Programme, candidate: Candidate, done: Rearrangement
) -> Candidate:
    """Store a candidate and the list, and give it as it is then: it may have a place in the programme."""
    Candidates(uow).save(candidate)
    arrange(uow, programme, done)
    return Candidates(uow).get(candidate.id, scope=scope)


COMMANDS = (become_candidate, move_candidate, withdraw_candidate, decline_candidate, reinstate_candidate)
REACTIONS = (tell_who_is_next,)
