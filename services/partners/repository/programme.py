"""Where it is kept what the programme as a whole can carry."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.partners.model.candidacy.programme import THE_PROGRAMME, Programme
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME
from services.partners.repository.partner import Partners


class Programmes(Repository[Programme]):
    """The one programme there is."""

    collection = "programmes"
    aggregate = Programme
    owner_field = None

    def present(self) -> Programme:
        """Give the programme; before anything was said of it, as one without a limit."""
        return self.first({"_id": THE_PROGRAMME}, scope=PLATFORM) or Programme(id=THE_PROGRAMME)


def partners_carried(partners: Partners) -> int:
    """Give how many partners are in the programme, resting ones included."""
    in_it = {"state": {"$in": sorted(IN_THE_PROGRAMME)}}
    return sum(partners.counts("state", where=in_it, scope=PLATFORM).values())
