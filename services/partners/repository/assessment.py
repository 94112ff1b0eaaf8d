"""Where assessments of partners are kept."""

from chassis.persistence.repository import Repository
from services.partners.model.assessment import Assessment


class Assessments(Repository[Assessment]):
    """Every assessment; each is of one partner."""

    collection = "assessments"
    aggregate = Assessment
    owner_field = "partner_id"
