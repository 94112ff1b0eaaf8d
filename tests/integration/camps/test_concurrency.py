"""Many reactions at once on the real database: one invitation for each partner, and no seat sold twice."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.repository.camp import Camps
from services.camps.repository.invitations import Invitations
from services.camps.use_cases.invitations.invitation import invite_partner
from tests.integration.camps.harness import PERIODS, CampsHarness
from tests.service_harness import an_event

THREADS = 8
PARTNERS = [f"prt_{number}" for number in range(40)]
CAUSE = Cause(correlation_id="req_test")


def test_forty_partners_at_once_get_one_invitation_each_and_no_seat_is_sold_twice(camps: CampsHarness) -> None:
    camps.admit(*PARTNERS)
    camp = camps.inviting(capacity=30)
    # Each partner reaches three milestones, and every event comes twice.
    reached = [(f"mst_{partner_id}_{number}", partner_id) for partner_id in PARTNERS for number in range(3)] * 2

    at_once([partial(camps.reach, *each, id=f"evt_{each[0]}") for each in reached])

    invitations = camps.all("list_invitations", camp_id=camp["id"])
    ledger = camps.ledger(camp)
    issued = [each for each in invitations if each["state"] == "issued"]
    assert sorted(each["partner_id"] for each in invitations) == sorted(PARTNERS)
    assert {len(each["reasons"]) for each in invitations} == {3}
    # 30 seats are seven times four, and two that are too few for the next.
    assert len(issued) == len(camps.published("camps.invitation.issued")) == 7
    assert ledger["allocations"] == {each["id"]: {"held": 4, "confirmed": 0, "in_grace": False} for each in issued}
    assert len(ledger["waitlist"]) == len(camps.published("camps.waitlist.joined")) == 33
    assert len(camps.all("list_sessions")) == len(camps.published("camps.session.proposed")) == 7 * 2


def test_milestones_reached_while_a_camp_opens_are_neither_lost_nor_left_behind(camps: CampsHarness) -> None:
    camps.admit(*PARTNERS)
    opening: list[Callable[[], object]] = [partial(camps.inviting, capacity=1000)]
    reaching = [partial(camps.reach, f"mst_{partner_id}", partner_id) for partner_id in PARTNERS]

    at_once([*reaching[:20], *opening, *reaching[20:]])
    camps.apply_pending_reasons()

    assert camps.kept() == 0
    assert sorted(each["partner_id"] for each in camps.all("list_invitations", state="issued")) == sorted(PARTNERS)


def test_a_reason_about_to_be_kept_while_a_camp_opens_is_applied(camps: CampsHarness) -> None:
    camps.admit("prt_1")

    def step(uow: UnitOfWork) -> None:
        sees_no_camp = not Camps(uow).inviting(at=uow.now)
        if sees_no_camp:
            camps.inviting()
        about = {"partner_id": "prt_1", "milestone_id": "mst_1", "title": "Reached"}
        invite_partner(uow, an_event(), PERIODS, **about)

    camps.store.transact(step, cause=CAUSE)
    camps.apply_pending_reasons()

    assert camps.kept() == 0
    assert len(camps.all("list_invitations")) == 1


def test_an_invitation_drafted_while_another_is_issued_becomes_one_reason_more(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()

    def step(uow: UnitOfWork) -> None:
        sees_no_invitation = not list(Invitations(uow).each({}, scope=PLATFORM))
        if sees_no_invitation:
            camps.reach("mst_1", "prt_1")
        about = {"partner_id": "prt_1", "milestone_id": "mst_2", "title": "Reached"}
        invite_partner(uow, an_event(), PERIODS, **about)

    camps.store.transact(step, cause=CAUSE)

    (invitation,) = camps.all("list_invitations")
    assert [reason["id"] for reason in invitation["reasons"]] == ["mst_1", "mst_2"]
    assert [session["milestone_id"] for session in camps.all("list_sessions")] == ["mst_2"]
    assert camps.call("show_seats", camp_id=camp["id"])["ok"]["held"] == 4


def at_once(deeds: list[Callable[[], object]]) -> None:
    """Do all of it on eight threads, in an order that differs from run to run; raises what any of them raised."""
    random.shuffle(deeds)
    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(deed) for deed in deeds]:
            done.result()


def test_a_hundred_partners_are_invited_one_by_one_when_a_camp_opens_and_a_process_that_dies_costs_none(
    camps: CampsHarness,
) -> None:
    many = [f"prt_{number:03}" for number in range(100)]
    camps.admit(*many)
    for partner_id in many:
        camps.reach(f"mst_{partner_id}", partner_id)
    camp = camps.announce(capacity=1000)
    camps.call("open_invitations", camp_id=camp["id"], version=camp["version"], answer_by="2026-06-29")
    dead = Claims(camps.store, collection="pending_reasons", owner="one that died", lease_seconds=0.01)
    assert dead.next({})

    camps.apply_pending_reasons()

    assert camps.kept() == 0
    assert sorted(row["data"]["partner_id"] for row in camps.published("camps.invitation.issued")) == many
    assert {row["version"] for row in camps.store.database["seat_ledgers"].find()} == {101}


def test_offers_at_once_never_exceed_the_free_seats(camps: CampsHarness) -> None:
    # Ten seats, of which eight are held: two are free, and each of those who wait may be offered them, or take them.
    camp = camps.inviting(capacity=10)
    camps.invite(*PARTNERS[:8])
    waiting = PARTNERS[2:8]
    offers = [partial(camps.answer, "offer_fewer_seats", each, seats=2) for each in waiting]
    takings = [partial(camps.answer, "take_fewer_seats", each, seats=1) for each in waiting]
    leavings = [partial(camps.answer, "leave_waitlist", each, reason="They told us") for each in waiting[:2]]

    at_once([*offers, *takings, *leavings, *[camps.pass_on] * 4])
    camps.pass_on()

    ledger = camps.ledger(camp)
    issued = camps.all("list_invitations", camp_id=camp["id"], state="issued")
    left = camps.all("list_invitations", camp_id=camp["id"], state="left_waitlist")
    assert {each["id"]: each["seats"] for each in issued} == {
        id: each["held"] for id, each in ledger["allocations"].items()
    }
    assert 8 < sum(each["seats"] for each in issued) <= 10
    assert not {each["id"] for each in left} & ledger["allocations"].keys()
    promoted = [row["data"]["invitation_id"] for row in camps.published("camps.waitlist.promoted")]
    assert len(promoted) == len(set(promoted))
