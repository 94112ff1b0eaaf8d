"""How a camp is attended: at its place, online, or as each likes; and where delegates take part by that."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.camps.events.camp import CampChanged, Venue
from services.camps.model.camp import Camp
from services.camps.model.camp_days import Season
from services.camps.model.camp_mode import CampMode, VenueOfAnOnlineCamp
from services.camps.model.delegations.attends import Attends, CampTakesPlaceOtherwise
from services.camps.model.delegations.delegate import Absence, Delegate
from services.camps.model.delegations.delegate_lifecycle import DelegateState
from services.camps.model.person import Whom
from tests.builders.camps import a_camp, a_delegate, a_guest, an_invitation, an_invitation_by_name

FIRST_OF_JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
SPIRA = Venue(name="Spira", address="Kulturgatan 3")
IN_PERSON, HYBRID, ONLINE = CampMode
HERE, REMOTE = Attends
CY = Whom(person_id=None, name="Cy", email="cy@region.example", language="sv", zone="Europe/Stockholm")


def a_camp_that_is(mode: CampMode) -> Camp:
    camp = a_camp()
    camp.mode = mode
    return camp


def announced(**described: Any) -> Camp:
    days = {"starts_on": date(2026, 7, 13), "ends_on": date(2026, 7, 15)}
    return Camp.announce(id="cmp_1", at=FIRST_OF_JUNE, season=Season.SUMMER, year=2026, title="Summer Camp 2026",
                         place="Jönköping", zone="Europe/Stockholm", capacity=40, **days, **described)  # fmt: skip


def test_a_camp_of_which_nobody_says_how_it_is_attended_is_in_person_and_its_house_may_be_said_later() -> None:
    (said,) = announced().recorded

    assert (said.mode, said.venue) == ("in_person", None)  # type: ignore[attr-defined]


def test_an_online_camp_has_no_house() -> None:
    with pytest.raises(VenueOfAnOnlineCamp) as refused:
        announced(mode=ONLINE, venue=SPIRA)

    assert refused.value.fields[0]["pointer"] == "/venue"
    assert announced(mode=ONLINE).venue is None


def test_a_camp_that_has_a_house_gives_it_up_with_going_online() -> None:
    camp = announced(venue=SPIRA)

    with pytest.raises(VenueOfAnOnlineCamp):
        camp.change(mode=ONLINE, at=FIRST_OF_JUNE)

    assert camp.change(mode=ONLINE, venue=None, at=FIRST_OF_JUNE)


def test_another_mode_or_house_is_said_with_what_was_before_and_moves_no_days() -> None:
    camp = announced(venue=SPIRA)
    camp.recorded.clear()

    camp.change(mode=HYBRID, venue=Venue(name="Folkets hus"), at=FIRST_OF_JUNE)

    (said,) = camp.recorded
    assert isinstance(said, CampChanged)
    assert (said.mode, said.venue, said.anchor_revision) == ("hybrid", Venue(name="Folkets hus"), 0)
    assert (said.before.mode, said.before.venue) == ("in_person", SPIRA)


# A camp is in person, hybrid or online; what a mode leaves open is for whoever names a delegate to say.
@pytest.mark.parametrize(
    ("mode", "possible", "usual"),
    [(IN_PERSON, {HERE}, HERE), (HYBRID, {HERE, REMOTE}, HERE), (ONLINE, {REMOTE}, REMOTE)],
)
def test_delegates_take_part_as_the_camp_lets_them(mode: CampMode, possible: set[Attends], usual: Attends) -> None:
    camp = a_camp_that_is(mode)

    def refused(attends: Attends) -> bool:
        changes = {"attends": attends}
        try:
            a_delegate().change(camp=camp, **changes)
        except CampTakesPlaceOtherwise as error:
            assert error.fields[0]["pointer"] == "/attends"
            return True
        return False

    named = Delegate.of_partner(CY, id="dlg_2", invitation=an_invitation(), camp=camp, role="Nurse")
    guest = Delegate.by_name(a_guest(), id="dlg_3", invitation=an_invitation_by_name(), camp=camp)
    assert (named.attends, guest.attends) == (usual, usual)
    assert {each for each in Attends if not refused(each)} == possible


def test_nobody_is_named_or_replaced_by_who_takes_part_where_the_camp_does_not_take_place() -> None:
    online = a_camp_that_is(ONLINE)

    with pytest.raises(CampTakesPlaceOtherwise):
        Delegate.of_partner(CY, id="dlg_2", invitation=an_invitation(), camp=online, role="Nurse", attends=HERE)
    with pytest.raises(CampTakesPlaceOtherwise):
        a_delegate().substitute(CY, id="dlg_2", camp=online, role="Nurse", attends=HERE)


def follow(delegate: Delegate, *modes: CampMode) -> list[str]:
    for mode in modes:
        delegate.follow_mode(camp=a_camp_that_is(mode))
    return [event.attends for event in delegate.recorded]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("chosen", "modes", "said"),
    [
        (HERE, [ONLINE], ["remote"]),
        (REMOTE, [IN_PERSON], ["in_person"]),
        (HERE, [HYBRID], []),
        (REMOTE, [ONLINE], []),
        (HERE, [ONLINE, HYBRID], ["remote", "in_person"]),
        (REMOTE, [IN_PERSON, HYBRID], ["in_person", "remote"]),
        (REMOTE, [IN_PERSON, ONLINE, HYBRID], ["in_person", "remote"]),
        (HERE, [ONLINE, IN_PERSON], ["remote", "in_person"]),
    ],
)
def test_with_another_mode_delegates_take_part_as_it_lets_them_and_as_they_had_chosen_once_they_can(
    chosen: Attends, modes: list[CampMode], said: list[str]
) -> None:
    assert follow(a_delegate(attends=chosen), *modes) == said


def test_who_chooses_anew_is_not_taken_back_to_an_earlier_choice() -> None:
    delegate = a_delegate(attends=HERE)
    follow(delegate, ONLINE)

    delegate.change(camp=a_camp_that_is(ONLINE), attends=REMOTE)

    assert follow(delegate, HYBRID) == ["remote"]
    assert delegate.attends == "remote"


def test_who_does_not_come_now_would_come_as_the_camp_lets_them_and_nothing_is_said_of_them() -> None:
    delegate = a_delegate(state=DelegateState.CONFIRMED)
    delegate.miss(Absence.INVITATION, camp=a_camp())
    delegate.recorded.clear()

    assert follow(delegate, ONLINE) == []
    delegate.regain(Absence.INVITATION, camp=a_camp_that_is(ONLINE))

    assert [event.attends for event in delegate.recorded] == ["remote"]  # type: ignore[attr-defined]
