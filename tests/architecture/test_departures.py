"""What a partner's departure does with everything that has states: each state ends by it, or is said why it stays."""

import re
from pathlib import Path

import pytest

from chassis.schemas.operations import declared
from tests.architecture.test_lifecycles import SERVICES, STATES, table

TESTS = Path(__file__).resolve().parents[1]
ENDS = {
    "partners.partner": ("admitted paused", "depart_partner"),
    "partners.connection": ("suggested proposed active", "end_connections_with_partner"),
    "engagements.engagement": ("draft agreed active paused", "close_with_partner"),
    "engagements.milestone": ("planned proposed at_risk missed reopened", "close_with_partner"),
    "engagements.coaching_session": ("scheduled", "close_with_partner"),
    "engagements.initiative": ("idea chartered active", "close_with_partner"),
    "engagements.pdsa_cycle": ("planned doing studying", "close_with_partner"),
    "camps.invitation": (
        "issued waitlisted tentative accepted reconfirm declined withdrawn",
        "withdraw_open_invitations",
    ),
    "camps.session": ("draft proposed accepted confirmed", "withdraw_open_invitations"),
    "camps.commitment": ("made overdue", "release_with_partner"),
    "camps.delegate": ("named confirmed", "withdraw_open_invitations"),
    "camps.ask": ("open", "withdraw_with_partner"),
    "camps.offer": ("open", "withdraw_with_partner"),
    "camps.match": ("suggested accepted", "withdraw_with_partner"),
    "notifications.follow_up": ("planned due resting", "cancel_coaching"),
    "notifications.letter": ("ready", "say_goodbye"),
    "notifications.reachability": ("unreachable", "cancel_coaching"),
}
"""The states that end with the partner, and by what: a no, or a withdrawal by a correction, while it is in grace."""
IS_OVER = "It is over already; what was done or decided remains on record."
NOT_THEIRS = "A camp is everybody's, and takes place whoever departs."
GONE = "It is with the mail server, or was: that is found out and recorded whoever departs."
RECORD = "What was measured stays on record, and nothing is recorded any more in an engagement that is closed."
TOLD = "What was found stays found; what was shared stays shared, and drafts are still theirs."
STAYS = {
    "partners.partner proposed": "It was never admitted, so that there is nothing to depart from.",
    "partners.partner departed": IS_OVER,
    "partners.partner graduated": IS_OVER,
    **dict.fromkeys(
        [
            f"partners.inquiry {state}"
            for state in (
                "received",
                "acknowledged",
                "screening",
                "more_information",
                "discovery",
                "determination",
                "closed",
                "withdrawn",
            )
        ],
        "It was there before the partner was, and another may be made once it has departed.",
    ),
    **dict.fromkeys(
        [
            f"partners.faculty_member {state}"
            for state in (
                "nominated",
                "considered",
                "invited",
                "orienting",
                "active",
                "emeritus",
                "declined",
                "withdrawn",
            )
        ],
        "It is about a person and the institute, whatever becomes of the partner they came from.",
    ),
    "partners.faculty_request open": "A person answers it, and declines it where the partner has departed.",
    "partners.faculty_request granted": IS_OVER,
    "partners.faculty_request declined": IS_OVER,
    "partners.faculty_request withdrawn": IS_OVER,
    "partners.candidate waiting": "It is not in the programme, so that there is nothing to depart from.",
    "partners.candidate admitted": IS_OVER,
    "partners.candidate withdrawn": IS_OVER,
    "partners.candidate declined": IS_OVER,
    "partners.connection ended": IS_OVER,
    "partners.connection declined": IS_OVER,
    "partners.person present": "People stay people of their partner; whoever leaves it is put on record one by one.",
    "partners.person left": IS_OVER,
    "partners.person erased": IS_OVER,
    "partners.fit open": "What assessors found stays found; nothing is due of a partner that has departed.",
    "partners.fit agreed": IS_OVER,
    "engagements.engagement closed": IS_OVER,
    "engagements.milestone reached": IS_OVER,
    "engagements.milestone dropped": IS_OVER,
    "engagements.coaching_session held": IS_OVER,
    "engagements.coaching_session cancelled": IS_OVER,
    "engagements.initiative closed": IS_OVER,
    "engagements.pdsa_cycle acted": IS_OVER,
    "engagements.pdsa_cycle cancelled": IS_OVER,
    "engagements.measure in_use": RECORD,
    "engagements.measure retired": RECORD,
    "engagements.data_point recorded": RECORD,
    "engagements.data_point withdrawn": RECORD,
    "engagements.data_point_batch arriving": "It is discarded when its next part does not come, which is refused then.",
    "engagements.data_point_batch recorded": RECORD,
    "engagements.data_point_batch discarded": IS_OVER,
    "engagements.signal detected": RECORD,
    "engagements.signal withdrawn": RECORD,
    "engagements.equity_gap as_before": RECORD,
    "engagements.equity_gap widened": RECORD,
    "engagements.equity_gap narrowed": RECORD,
    "camps.camp draft": NOT_THEIRS,
    "engagements.promised_test waiting": "Camps releases what was promised, and engagements hears that.",
    "engagements.promised_test planned": "Camps releases what was promised, and engagements hears that.",
    "engagements.promised_test released": IS_OVER,
    "camps.experience captured": TOLD,
    "camps.experience reviewed": TOLD,
    "camps.experience shared": TOLD,
    "camps.experience retired": IS_OVER,
    "camps.commitment reported": IS_OVER,
    "camps.commitment released": IS_OVER,
    "camps.camp announced": NOT_THEIRS,
    "camps.camp inviting": NOT_THEIRS,
    "camps.camp frozen": NOT_THEIRS,
    "camps.camp running": NOT_THEIRS,
    "camps.camp postponed": NOT_THEIRS,
    "camps.camp ended": IS_OVER,
    "camps.camp closed": IS_OVER,
    "camps.camp cancelled": IS_OVER,
    "camps.invitation left_waitlist": "It holds no seat and waits for none; who has departed cannot rejoin.",
    "camps.invitation expired": IS_OVER,
    "camps.programme unreleased": NOT_THEIRS,
    "camps.programme changed": NOT_THEIRS,
    "camps.programme released": NOT_THEIRS,
    "camps.session delivered": IS_OVER,
    "camps.session declined": IS_OVER,
    "camps.session withdrawn": IS_OVER,
    "camps.session cancelled": IS_OVER,
    "camps.delegate substituted": IS_OVER,
    "camps.delegate withdrawn": IS_OVER,
    "camps.industry_lesson captured": "What another industry taught is everybody's, whoever wrote it down.",
    "camps.industry_lesson withdrawn": IS_OVER,
    "camps.ask fulfilled": IS_OVER,
    "camps.ask withdrawn": IS_OVER,
    "camps.offer fulfilled": IS_OVER,
    "camps.offer withdrawn": IS_OVER,
    "camps.match declined": IS_OVER,
    "camps.match ended": IS_OVER,
    "camps.attendance recorded": "Who was there was there, whoever departs afterwards.",
    "camps.attendance corrected": IS_OVER,
    "notifications.follow_up completed": IS_OVER,
    "notifications.follow_up skipped": IS_OVER,
    "notifications.follow_up cancelled": IS_OVER,
    "notifications.letter sending": GONE,
    "notifications.letter uncertain": GONE,
    "notifications.letter sent": GONE,
    "notifications.letter failed": IS_OVER,
    "notifications.letter cancelled": IS_OVER,
    "notifications.reachability reachable": "Nobody needs to mend it.",
}
SHOWN_BY = {
    "partners.partner": "test_a_partner_departs_for_good_paused_or_not",
    "partners.connection": "test_what_two_partners_do_ends_when_one_of_them_rests_or_departs",
    "engagements.engagement": "test_a_partner_that_departs_leaves_nothing_open",
    "engagements.milestone": "test_a_partner_that_departs_leaves_nothing_open",
    "engagements.coaching_session": "test_sessions_still_to_be_held_are_cancelled_when_the_partner_departs",
    "engagements.initiative": "test_initiatives_and_their_cycles_end_when_the_partner_departs",
    "engagements.pdsa_cycle": "test_initiatives_and_their_cycles_end_when_the_partner_departs",
    "camps.invitation": "test_a_departure_ends_an_invitation_in_every_open_state",
    "camps.delegate": "test_with_a_withdrawn_invitation_a_cancelled_camp_or_the_partner_its_delegates_go",
    "camps.session": "test_results_and_reasons_of_the_earlier_admission_end_with_it",
    "camps.commitment": "test_a_partner_that_departs_is_released_from_what_it_promised",
    "camps.ask": "test_what_a_partner_asks_for_and_offers_ends_when_it_departs",
    "camps.offer": "test_what_a_partner_asks_for_and_offers_ends_when_it_departs",
    "camps.match": "test_what_a_partner_asks_for_and_offers_ends_when_it_departs",
    "notifications.follow_up": "test_when_a_partner_departs_nobody_needs_to_coach_it",
    "notifications.letter": "test_a_partner_that_departs_is_said_goodbye_to_once_and_told_of_no_other_camp",
    "notifications.reachability": "test_a_partner_that_departs_needs_nobody_to_be_written_to",
}
"""The test that shows the ending."""
ENDED = [f"{aggregate} {state}" for aggregate, (states, _) in ENDS.items() for state in states.split()]


def by_departure(service: str) -> set[str]:
    """What a service does about a departure: the departure itself, or its reactions to it."""
    hearing = [each.name for each in map(declared, SERVICES[service].reactions)
               if "partners.partner.departed" in each.types]  # fmt: skip
    return {"depart_partner", *hearing}


def test_of_every_state_it_is_said_what_a_departure_does_with_it() -> None:
    assert sorted([*ENDED, *STAYS]) == sorted(f"{name} {state}" for name, states in STATES.items() for state in states)


@pytest.mark.parametrize("aggregate", sorted(STATES))
def test_exactly_those_states_end_that_the_transitions_lead_from(aggregate: str) -> None:
    states, operation = ENDS.get(aggregate, ("", ""))
    operations = by_departure(aggregate.partition(".")[0])
    ending = {state for row in table(aggregate) if row.operation in operations for state in row.from_states}

    assert ending == set(states.split())
    assert operation in {*operations, ""}


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_whatever_hears_of_a_departure_hears_of_a_graduation_too(service: str) -> None:
    hearing = [each for each in map(declared, SERVICES[service].reactions)
               if {"partners.partner.departed", "partners.partner.graduated"} & {*each.types}]  # fmt: skip

    assert hearing
    assert [each.name for each in hearing if "partners.partner.graduated" not in each.types] == []
    assert [each.name for each in hearing if "partners.partner.departed" not in each.types] == []


@pytest.mark.parametrize("why", sorted(set(STAYS.values())))
def test_why_something_stays_is_a_sentence(why: str) -> None:
    assert re.fullmatch(r"[A-Z].*[a-z]\.", why)


def test_a_test_shows_of_each_that_it_ends() -> None:
    written = "\n".join(path.read_text() for path in TESTS.rglob("test_*.py"))

    assert [name for name in SHOWN_BY.values() if f"\ndef {name}(" not in written] == []
    assert SHOWN_BY.keys() == ENDS.keys()
