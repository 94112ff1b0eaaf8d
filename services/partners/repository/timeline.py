"""Where timelines are kept."""

from typing import Any

from pymongo import IndexModel

from chassis.persistence.repository import Repository
from services.partners.model.partner import Partner
from services.partners.model.timeline import Happening


class Timeline(Repository[Happening]):
    """What happened to partners and to inquiries, each once; what is of an inquiry is the institute's."""

    collection = "timeline"
    aggregate = Happening
    owner_field = "partner_id"
    sorted_by = ("happened_on",)
    indexes = (IndexModel(["inquiry_id", "happened_on", "_id"]),)


def of(partner: Partner) -> dict[str, Any]:
    """Give the condition for what happened to a partner, since it inquired."""
    its_own = {"partner_id": partner.id}
    return its_own if partner.inquiry_id is None else {"$or": [its_own, {"inquiry_id": partner.inquiry_id}]}
