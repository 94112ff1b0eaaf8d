"""Where partners, people and assessments are kept."""

from pymongo import IndexModel

from chassis.persistence.repository import Repository
from services.partners.model.assessment import Assessment
from services.partners.model.partner import Partner
from services.partners.model.person import Person


class Partners(Repository[Partner]):
    """Every partner; each is its own."""

    collection = "partners"
    aggregate = Partner
    owner_field = "_id"
    indexes = (IndexModel(["country", "_id"]), IndexModel(["state", "_id"]))


class People(Repository[Person]):
    """Everybody; each is their partner's, and the institute's own are seen only by who sees every organisation."""

    collection = "people"
    aggregate = Person
    owner_field = "partner_id"
    indexes = (IndexModel(["partner_id", "email"], unique=True), IndexModel(["role", "_id"]))


class Assessments(Repository[Assessment]):
    """Every assessment; each is of one partner."""

    collection = "assessments"
    aggregate = Assessment
    owner_field = "partner_id"
