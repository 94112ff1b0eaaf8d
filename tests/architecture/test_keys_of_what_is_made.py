"""What an event brings about has a key of its own: heard again, whatever the inbox says, it makes no second one."""

from typing import Any

import pytest

from cli.connection.services import services

MADE_BY_A_COMMAND = {
    "partners.assessments",
    "partners.inquiry_messages",
    "partners.faculty_requests",
    "engagements.milestones",
    "engagements.coaching_sessions",
    "engagements.measures",
    "engagements.data_point_batches",
    "engagements.signals",
    "engagements.initiatives",
    "engagements.pdsa_cycles",  # or once by an event, for the promise that then is planned
    "camps.commitments",
    "camps.delegates",
    "camps.industry_lessons",
    "camps.asks",
    "camps.offers",
    "partners.description_changes",
}
UNDER_THE_ID_OF_WHAT_IT_IS_OF = {
    "partners.deeds",  # of what it is of and its kind
    "partners.timeline",  # of the event that told it
    "engagements.proposed_objectives",
    "engagements.people",
    "engagements.camps",
    "engagements.industry_lessons",
    "engagements.promised_tests",
    "camps.known_initiatives",
    "camps.heard_cycles",
    "camps.seat_ledgers",
    "camps.eligible_partners",
    "camps.people",
    "camps.delegate_needs",
    "camps.milestones",
    "camps.measures",
    "camps.signals",
    "camps.initiatives",
    "camps.cycles",
    "notifications.commitments",
    "notifications.known_terms",
    "partners.programmes",  # there is one
    "partners.common_grounds",
    "camps.programmes",
    "camps.programme_readers",
    "camps.availabilities",
    "notifications.recipients",
    "notifications.partners",
    "notifications.known_fits",
    "notifications.known_connections",
    "notifications.latest_news",
    "notifications.milestones",
    "notifications.initiatives",
    "notifications.help_matches",
    "notifications.signals",
    "notifications.equity_gaps",
    "notifications.data_watches",
    "notifications.engagements",
    "notifications.coaching_sessions",
    "notifications.calendar_entries",  # of camp and recipient
    "notifications.camps",
    "notifications.delegates",
    "notifications.camp_sessions",
    "notifications.programmes_told",
    "notifications.harvests_told",
    "notifications.invitations",
    "notifications.guest_invitations",
    "notifications.inquiries_told",
    "notifications.reachabilities",
}
REPOSITORIES = {
    f"{name}.{each.collection}": each for name, service in services().items() for each in service.repositories
}


@pytest.mark.parametrize("name", REPOSITORIES)
def test_what_is_made_has_a_unique_key_besides_its_id_or_needs_none(name: str) -> None:
    indexes: Any = REPOSITORIES[name].indexes
    needs_none = name in MADE_BY_A_COMMAND | UNDER_THE_ID_OF_WHAT_IT_IS_OF

    assert any(index.document.get("unique") for index in indexes) is not needs_none
