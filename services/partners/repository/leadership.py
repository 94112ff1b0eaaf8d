"""Where it is kept who leads the partners."""

from collections.abc import Collection

from pymongo import IndexModel

from chassis.domain.errors import Stale
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Reading
from services.partners.model.leadership import LeadershipTeam, Tenure
from services.partners.model.person_lifecycle import PersonState
from services.partners.model.role import Role
from services.partners.repository.person import People


class LeadershipTeams(Repository[LeadershipTeam]):
    """The leadership team of every partner of which somebody leads, or led; each is its partner's."""

    collection = "leadership_teams"
    aggregate = LeadershipTeam
    owner_field = "partner_id"
    indexes = (IndexModel("partner_id", unique=True),)


def team_of(seen_by: Reading, partner_id: str) -> LeadershipTeam:
    """Give the team of a partner; before anything of it was kept, those who are on record as its leaders."""
    id = f"led_{partner_id.removeprefix('prt_')}"
    return LeadershipTeams(seen_by).first({"_id": id}, scope=PLATFORM) or LeadershipTeam(
        id=id,
        partner_id=partner_id,
        leaders=[Tenure(person_id=each, since=None) for each in _leaders_on_record(seen_by, partner_id)],
    )


def team_seen(seen_by: Reading, partner_id: str, *, version: Collection[int] | None) -> LeadershipTeam:
    """Give the team of a partner at a version that was seen, 0 before anything of it was kept; raises Stale."""
    team = team_of(seen_by, partner_id)
    if version is not None and team.version not in version:
        raise Stale(f"the leadership team of partner {partner_id} is at version {team.version}: read it again")
    return team


def _leaders_on_record(seen_by: Reading, partner_id: str) -> list[str]:
    leading = {"partner_id": partner_id, "role": Role.LEADER, "state": PersonState.PRESENT}
    return [leader.id for leader in People(seen_by).each(leading, scope=PLATFORM)]
