"""What the caller of a command states."""

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.model.statement import Statement


def statement_of(uow: UnitOfWork, scope: Scope, reason: str) -> Statement:
    """Return that the caller gives this reason now."""
    return Statement(reason=reason, by=scope.subject, at=uow.now)
