"""Who is erased on the real database: what they asked as somebody who inquired is gone, too."""

import pytest

from chassis.domain.capabilities import CapabilityKeys
from chassis.persistence.unit_of_work import Store
from services.partners.model.inquiry.inquiry import MOST_MESSAGES
from services.partners.model.inquiry.inquiry_link import InquiryLinks
from services.partners.service import PartnersService
from tests.builders.partners import PERIODS
from tests.service_harness import ServiceHarness

ASA = {"organisation": "Region Skåne", "country": "SE", "contact_name": "Åsa Påhittad", "language": "sv",
       "contact_email": "asa@skane.example", "message": "We want to make care safer."}  # fmt: skip
COACH = {"name": "Åsa Påhittad", "email": "asa@skane.example", "role": "coach", "language": "sv",
         "zone": "Europe/Stockholm"}  # fmt: skip


@pytest.fixture
def partners(store: Store) -> ServiceHarness:
    links = InquiryLinks(keys=CapabilityKeys(("x" * 32,)))
    return ServiceHarness(PartnersService, store, inquiry_periods=PERIODS, inquiry_links=links)


def asked_more_than_an_inquiry_holds(partners: ServiceHarness) -> None:
    """An inquiry that was withdrawn, with something of the same person kept beside it."""
    partners.command("make_inquiry", **ASA)
    inquiries = partners.store.database["inquiries"]
    (kept,) = inquiries.find()
    inquiries.update_one({}, {"$set": {"messages": kept["messages"] * MOST_MESSAGES}})
    partners.command("make_inquiry", **{**ASA, "message": "And soon."})
    (inquiry,) = partners.command("list_inquiries")["items"]
    assert inquiry["further_messages"] == 1
    return partners.command(
        "withdraw_inquiry", inquiry_id=inquiry["id"], version=inquiry["version"], reason="They wrote"
    )


def test_of_what_somebody_asked_who_is_erased_nothing_is_kept_nor_beside_it(partners: ServiceHarness) -> None:
    asked_more_than_an_inquiry_holds(partners)
    person = partners.command("add_person", **COACH)

    partners.command("erase_person", person_id=person["id"], version=person["version"], reason="They asked for it")

    (inquiry,) = partners.store.database["inquiries"].find()
    assert (inquiry["inquirer"], inquiry["messages"]) == (None, [])
    assert list(partners.store.database["inquiry_messages"].find()) == []
