"""What stands on a partner's timeline is told by events that there are, and to nobody whom they must not reach."""

import pytest

from chassis.messaging.contracts import event_contracts
from services.partners.model.timeline import KINDS
from services.partners.model.timeline_kinds import ABOUT_INQUIRIES, OF_CONNECTIONS

CONTRACTS = event_contracts()


@pytest.mark.parametrize("type", sorted(KINDS))
def test_what_never_leaves_the_platform_is_on_a_timeline_for_the_institute_alone(type: str) -> None:
    assert KINDS[type].is_internal == (CONTRACTS[type]["x-audience"] == "internal")


@pytest.mark.parametrize("type", sorted(KINDS))
def test_an_event_on_a_timeline_says_whose_it_is_and_the_day_that_is_read_of_it(type: str) -> None:
    owner = "inquiry_id" if type in ABOUT_INQUIRIES else "partner_ids" if type in OF_CONNECTIONS else "partner_id"

    assert {owner, *filter(None, [KINDS[type].day])} <= {*CONTRACTS[type]["properties"]}
