"""Who leads a partner, from when to when, and who of them is its sponsor."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.partners.events.leadership import LeadershipChanged
from services.partners.model.leadership import LeadershipTeam, SponsorDoesNotLead, Tenure
from services.partners.model.partner import Partner
from tests.builders.partners import a_partner, an_admission

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def in_the_programme() -> Partner:
    partner = a_partner()
    partner.admit(an_admission(), leader_ids=["per_1"], at=datetime(2026, 1, 1, tzinfo=UTC))
    return partner


def a_team(*leader_ids: str) -> LeadershipTeam:
    leaders = [Tenure(person_id=each, since=None) for each in leader_ids]
    return LeadershipTeam(id="led_1", partner_id="prt_1", leaders=leaders)


def said(**shown: Any) -> LeadershipChanged:
    usual: dict[str, Any] = {"team_id": "led_1", "partner_id": "prt_1", "sponsor_id": None, "changed_on": MAY}
    return LeadershipChanged(**{**usual, **shown})


def test_who_leads_and_who_led_stays_on_record_from_when_to_when() -> None:
    team, partner = a_team(), in_the_programme()

    team.follow("per_1", leads=True, partner=partner, on=MAY)
    team.follow("per_2", leads=True, partner=partner, on=MAY)
    team.follow("per_1", leads=False, partner=partner, on=JUNE)

    assert team.leader_ids == ["per_2"]
    assert team.leaders == [
        Tenure(person_id="per_1", since=MAY, until=JUNE),
        Tenure(person_id="per_2", since=MAY, until=None),
    ]


def test_a_change_of_leaders_is_said_with_the_whole_team() -> None:
    team, partner = a_team("per_1"), in_the_programme()

    team.follow("per_2", leads=True, partner=partner, on=MAY)
    team.follow("per_1", leads=False, partner=partner, on=JUNE)

    assert team.recorded == [
        said(change="leader_joined", person_id="per_2", leader_ids=["per_1", "per_2"]),
        said(change="leader_left", person_id="per_1", leader_ids=["per_2"], changed_on=JUNE),
    ]


def test_who_leads_already_or_never_led_changes_nothing() -> None:
    team, partner = a_team("per_1"), in_the_programme()

    assert not team.follow("per_1", leads=True, partner=partner, on=MAY)
    assert not team.follow("per_9", leads=False, partner=partner, on=MAY)
    assert team.recorded == []


def test_before_a_partner_is_admitted_nothing_is_said_of_its_leaders() -> None:
    team = a_team()

    assert team.follow("per_1", leads=True, partner=a_partner(), on=MAY)
    assert (team.leader_ids, team.recorded) == (["per_1"], [])


def test_the_sponsor_is_one_of_those_who_lead() -> None:
    with pytest.raises(SponsorDoesNotLead, match=r"per_1.*got 'per_2'") as refused:
        a_team("per_1").name_sponsor("per_2", partner=in_the_programme(), on=MAY)

    assert [field["pointer"] for field in refused.value.fields] == ["/sponsor_id"]


def test_there_is_one_sponsor_at_a_time_and_each_stays_on_record() -> None:
    team, partner = a_team("per_1", "per_2"), in_the_programme()

    assert team.name_sponsor("per_1", partner=partner, on=MAY)
    assert not team.name_sponsor("per_1", partner=partner, on=JUNE)
    assert team.name_sponsor("per_2", partner=partner, on=JUNE)

    assert team.sponsor_id == "per_2"
    assert team.sponsors == [
        Tenure(person_id="per_1", since=MAY, until=JUNE),
        Tenure(person_id="per_2", since=JUNE, until=None),
    ]
    assert [event.change for event in team.recorded if isinstance(event, LeadershipChanged)] == ["sponsor_named"] * 2


def test_a_sponsor_who_leads_no_more_is_the_sponsor_no_more() -> None:
    team, partner = a_team("per_1", "per_2"), in_the_programme()
    team.name_sponsor("per_1", partner=partner, on=MAY)

    team.follow("per_1", leads=False, partner=partner, on=JUNE)

    assert (team.sponsor_id, team.sponsors[-1].until) == (None, JUNE)
    assert team.recorded[-1] == said(change="sponsor_left", person_id="per_1", leader_ids=["per_2"], changed_on=JUNE)


def test_a_sponsor_is_released_and_leads_on() -> None:
    team, partner = a_team("per_1"), in_the_programme()
    team.name_sponsor("per_1", partner=partner, on=MAY)

    team.name_sponsor(None, partner=partner, on=JUNE)

    assert team.recorded[-1] == said(
        change="sponsor_released", person_id="per_1", leader_ids=["per_1"], changed_on=JUNE
    )
