"""What one can see of partners: read only."""

from dataclasses import replace

from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.organisation.description_change import DescriptionChange, members_on
from services.partners.model.organisation.organisation import DayToCome
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import PartnerState
from services.partners.model.partner_on_a_day import names_on, standing_on
from services.partners.repository.description_change import DescriptionChanges
from services.partners.repository.partner import Partners, with_members
from services.partners.schemas.identity import PartnerId
from services.partners.schemas.organisation import AsOf, DescribedMember, IdentifierText, IssueCode
from services.partners.schemas.partner import Query
from services.partners.schemas.place import CountryCode


@query
def show_partner(reading: Reading, scope: Scope, *, partner_id: PartnerId, as_of: AsOf | None = None) -> Partner:
    """Show a partner as it is, or as it was at the end of a day, where it is, by what is known now.

    Before its first change it was what it was then.
    """
    partner = Partners(reading).get(partner_id, scope=scope)
    if as_of is None:
        return partner
    if as_of > (today := partner.today(reading.now)):
        raise DayToCome.at("/as_of", "in_the_future", f"A day up to {today} is expected; got '{as_of}'")
    members = members_on(as_of, DescriptionChanges(reading).of_partner(partner_id))
    return replace(with_members(partner, members), **names_on(as_of, partner), **standing_on(as_of, partner))


@query
def list_description_changes(
    reading: Reading, scope: Scope, *, paging: Paging, partner_id: PartnerId, member: DescribedMember | None = None
) -> Page[DescriptionChange]:
    """List what was said of a partner over time, the first first: each change of a member, with who said it and why."""
    Partners(reading).get(partner_id, scope=scope)
    return list_page(DescriptionChanges(reading), paging, scope=scope, partner_id=partner_id, member=member)


@query
def list_partners(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    country: CountryCode | None = None,
    state: PartnerState | None = None,
    external_id: ExternalId | None = None,
    issue: IssueCode | None = None,
    identifier: IdentifierText | None = None,
    q: Query | None = None,
) -> Page[Partner]:
    """List partners: of one country or state, with an issue, or by name or by what others call them."""
    wanted = {"country": country, "state": state, "external_id": external_id}
    wanted |= {"issues.issue": issue, "identifiers.identifier": identifier}
    return list_page(Partners(reading), paging, scope=scope, q=q, **wanted)


QUERIES = (show_partner, list_partners, list_description_changes)
