"""What an event brings about has a key of its own: heard again, whatever the inbox says, it makes no second one."""

from typing import Any

import pytest

from cli.connection.services import services

MADE_BY_A_COMMAND = {
    "partners.assessments",
    "engagements.milestones",
    "engagements.coaching_sessions",
    "engagements.measures",
    "engagements.data_point_batches",
    "engagements.signals",
    "engagements.initiatives",
    "engagements.pdsa_cycles",
}
UNDER_THE_ID_OF_WHAT_IT_IS_OF = {
    "engagements.people",
    "engagements.camps",
    "camps.seat_ledgers",
    "camps.eligible_partners",
    "camps.people",
    "camps.milestones",
    "camps.initiatives",
    "notifications.recipients",
    "notifications.partners",
    "notifications.milestones",
    "notifications.initiatives",
    "notifications.signals",
    "notifications.equity_gaps",
    "notifications.data_watches",
    "notifications.engagements",
    "notifications.coaching_sessions",
    "notifications.invitations",
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
