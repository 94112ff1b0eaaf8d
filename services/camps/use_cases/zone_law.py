"""The law of a camp's zone changes: its days and hours stay, and are other instants."""

from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.zones import law_of_zones
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import TO_COME, CampState
from services.camps.model.derived_instants import DerivedInstants
from services.camps.repository.camp import Camps
from services.camps.repository.invitations import Invitations
from services.camps.repository.learning import Commitments


def follow_the_law_of_zones(*, store: Store, claims: Claims) -> None:
    """Derive anew the instants that an earlier release of the time zone database gave, each camp's in a transaction.

    Whoever has the camp in a diary is told once. A process with an earlier release, as while a new one is rolled out,
    leaves what a later one gave; what it stores meanwhile is derived anew.
    """
    claims.process_ready(Camps.of_an_earlier_law, partial(_derive_anew, store))


def _derive_anew(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_follow_the_law, claimed.id), cause=claimed.cause)
    return True


def _follow_the_law(camp_id: str, uow: UnitOfWork) -> None:
    camp, law = Camps(uow).get(camp_id, scope=PLATFORM), law_of_zones()
    if camp.derived and camp.derived.law >= law:  # another process was faster
        return
    known = camp.derived
    moved = camp.follow_the_law(law=law, at=uow.now)
    _follow_in_invitations(uow, camp, known, after=camp.derive(law), tell=moved is not None)
    for commitment in Commitments(uow).that_wait_of(camp.id):
        if commitment.follow_the_law():
            Commitments(uow).save(commitment)
    Camps(uow).save(camp)


def _follow_in_invitations(
    uow: UnitOfWork, camp: Camp, before: DerivedInstants | None, *, after: DerivedInstants, tell: bool
) -> None:
    if camp.answer_by is None or camp.state not in (*TO_COME, CampState.POSTPONED):
        return
    for invitation in Invitations(uow).that_hold_of(camp.id):
        if invitation.follow_the_law(camp, before=before, after=after, tell=tell):
            Invitations(uow).save(invitation)
