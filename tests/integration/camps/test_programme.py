"""A programme is arranged, released, and told of, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.persistence.claims import Claims
from services.camps.use_cases.programme.telling import tell_of_releases
from tests.integration.camps.harness import Answer, CampsHarness

OWN: Answer = {"subject": "erik", "organisation": "prt_1", "roles": ["partner_editor"]}
ROOMS = [{"name": "Harbour", "capacity": 40}, {"name": "Attic", "capacity": 10}]


class Planned:
    """A camp with delegates of a partner, and sessions that they present and have confirmed."""

    def __init__(self, camps: CampsHarness, *, delegates: int = 2, **camp: Any) -> None:
        self.camps = camps
        self.camp = camps.inviting(capacity=60, seats_per_invitation=delegates, **camp)
        camps.invite("prt_1")
        camps.answer("accept_invitation", "prt_1", seats=delegates)
        self.invitation = camps.invitation_of("prt_1")
        self.delegates = [self.delegate(number) for number in range(delegates)]

    def delegate(self, number: int) -> str:
        asked = {"name": f"Delegate {number}", "email": f"d{number}@region.example", "role": "Nurse"}
        named = self.camps.command("name_delegate", invitation_id=self.invitation["id"], **asked)
        return str(named["id"])

    def session(self, *presenter_ids: str, **content: Any) -> str:
        """A session of the partner that is accepted and confirmed."""
        said = {
            "camp_id": self.camp["id"],
            "partner_id": "prt_1",
            "title": "Huddles",
            "presenter_ids": [*presenter_ids],
        }
        session = self.camps.command("draft_session", **(said | content))
        for operation in ("submit_session", "accept_session", "confirm_session"):
            session = self.camps.command(operation, session_id=session["id"], version=None)
        return str(session["id"])

    def slot(self, session_id: str, starts: str = "10:00", room: str = "Harbour") -> Answer:
        ends = f"{int(starts[:2]) + 1:02}{starts[2:]}"
        return {"session_id": session_id, "room": room, "day": "2026-07-14", "starts": starts, "ends": ends}

    def arrange(self, *slots: Answer, **said: Any) -> Answer:
        asked = {"programme_id": self.camp["id"], "version": None, "rooms": ROOMS, "slots": [*slots]}
        return self.camps.call("arrange_programme", **(asked | said))

    def release(self, version: int | None = None) -> Answer:
        return self.camps.call("release_programme", programme_id=self.camp["id"], version=version)

    def tell(self, owner: str = "test") -> None:
        while self.camps.store.database["programme_mailings"].count_documents({"is_done": False}):
            self.tell_some(owner)

    def tell_some(self, owner: str = "test") -> None:
        """One turn of the loop."""
        claims = Claims(self.camps.store, collection="programme_mailings", owner=owner, lease_seconds=30)
        tell_of_releases(store=self.camps.store, claims=claims)

    def release_and_tell(self) -> None:
        """Acknowledge what deserves a second look, release, and tell whom it concerns."""
        found = self.camps.command("show_programme_conflicts", programme_id=self.camp["id"])["conflicts"]
        if found:
            keys = [each["key"] for each in found]
            self.camps.command("acknowledge_warnings", programme_id=self.camp["id"], version=None, warnings=keys)
        assert "ok" in self.release()
        self.tell()

    def slots(self) -> list[Answer]:
        """The slots of the working programme."""
        return [*self.camps.command("show_programme", programme_id=self.camp["id"])["slots"]]

    def delegate_instead_of(self, number: int) -> str:
        """Somebody who is named in the seat of a delegate, who is withdrawn."""
        self.camps.command("withdraw_delegate", delegate_id=self.delegates[number], version=None)
        return self.delegate(len(self.delegates))

    def confirm(self, delegate_id: str) -> None:
        """Have it be sure that somebody comes, and that heard."""
        self.camps.command("confirm_delegate", delegate_id=delegate_id, version=None)
        self.camps.hear_its_own()

    def told(self) -> list[Answer]:
        return [row["data"] for row in self.camps.published("camps.programme.delegate_affected")]


@pytest.fixture
def planned(camps: CampsHarness) -> Planned:
    return Planned(camps)


def test_what_nobody_has_said_yet_is_empty_and_as_old_as_what_it_is_about(planned: Planned) -> None:
    delegate = planned.camps.command("show_delegate", delegate_id=planned.delegates[0])
    programme = planned.camps.command("show_programme", programme_id=planned.camp["id"])
    availability = planned.camps.command("show_availability", delegate_id=delegate["id"])

    assert (programme["version"], programme["slots"], programme["updated_at"]) == (0, [], planned.camp["updated_at"])
    assert (availability["version"], availability["updated_at"]) == (0, delegate["updated_at"])


def test_who_arranges_from_what_they_have_not_seen_is_refused(planned: Planned) -> None:
    session = planned.session()
    first = planned.arrange(planned.slot(session), version=0)["ok"]

    again = planned.arrange(planned.slot(session, "12:00"), version=0)["fault"]

    assert (first["version"], first["state"], again["kind"]) == (1, "unreleased", "stale")


def test_a_slot_has_a_session_of_its_camp(planned: Planned) -> None:
    unknown = planned.arrange(planned.slot("ses_unknown"))["fault"]

    assert unknown["fields"][0]["pointer"] == "/slots/0/session_id"


def test_conflicts_are_shown_and_warnings_with_who_has_seen_them(planned: Planned) -> None:
    one, other = planned.session(), planned.session(expected_audience=11)
    planned.arrange(planned.slot(one), planned.slot(other, room="Attic"))
    key = f"room_too_small:{other}:Attic:11:10"

    planned.camps.command("acknowledge_warnings", programme_id=planned.camp["id"], version=None, warnings=[key])

    (shown,) = planned.camps.command("show_programme_conflicts", programme_id=planned.camp["id"])["conflicts"]
    assert (shown["key"], shown["pointer"], shown["acknowledged_by"]) == (key, "/slots/1", "anna")
    assert planned.camps.call("show_programme_conflicts", OWN, programme_id=planned.camp["id"])["fault"]["kind"] == (
        "forbidden"
    )


def test_who_cannot_present_then_is_shown(planned: Planned) -> None:
    session = planned.session(planned.delegates[0])
    planned.arrange(planned.slot(session))
    away = [{"starts_at": "2026-07-14T14:30:00Z", "ends_at": "2026-07-14T16:00:00Z"}]

    planned.camps.call("state_availability", OWN, delegate_id=planned.delegates[0], version=0, unavailable=away)

    (shown,) = planned.camps.command("show_programme_conflicts", programme_id=planned.camp["id"])["conflicts"]
    assert (shown["kind"], shown["presenter_id"], shown["is_fatal"]) == (
        "presenter_unavailable", planned.delegates[0], False,
    )  # fmt: skip


def test_a_public_holiday_where_a_presenter_lives_is_shown_with_its_name(planned: Planned) -> None:
    """12 July is a bank holiday in Northern Ireland alone, and in 2026 a Sunday (nidirect.gov.uk, bank holidays)."""
    planned.camps.hear("make_eligible", sequence=2, partner_id="prt_1", name="Belfast", subdivision="GB-NIR")
    moved = {"delegate_id": planned.delegates[0], "version": None, "zone": "Europe/London"}
    planned.camps.command("change_delegate", **moved)
    planned.arrange(planned.slot(planned.session(planned.delegates[0])) | {"day": "2026-07-13"})

    (shown,) = planned.camps.command("show_programme_conflicts", programme_id=planned.camp["id"])["conflicts"]

    assert (shown["kind"], shown["key"]) == (
        "presenter_holiday", f"presenter_holiday:{planned.delegates[0]}:2026-07-13:GB-NIR",
    )  # fmt: skip
    assert "Battle of the Boyne" in shown["detail"]


def test_a_public_holiday_where_the_camp_is_is_acknowledged_by_name_before_a_release(camps: CampsHarness) -> None:
    """Pioneer Day, 24 July, is a holiday in Utah (Utah Code 63G-1-301)."""
    salt_lake_city = {"zone": "America/Denver", "subdivision": "US-UT"}
    planned = Planned(camps, **salt_lake_city, starts_on="2026-07-23", ends_on="2026-07-24")
    planned.arrange(planned.slot(planned.session()) | {"day": "2026-07-24"})
    key = "public_holiday:2026-07-24:US-UT"

    refused = planned.release()["fault"]
    planned.camps.command("acknowledge_warnings", programme_id=planned.camp["id"], version=None, warnings=[key])
    released = planned.release()["ok"]

    assert (refused["code"], released["release_number"]) == ("warnings_not_acknowledged", 1)


def test_a_camp_that_is_to_leave_time_for_prayer_is_shown_where_its_programme_leaves_none(camps: CampsHarness) -> None:
    """In Doha in July, Dhuhr is due from 11:39 to 15:03, and Asr until sunset (as in the tables of the ministry)."""
    planned = Planned(camps, zone="Asia/Qatar")
    planned.arrange(planned.slot(planned.session()) | {"starts": "11:00", "ends": "17:00"})
    unsaid = camps.command("show_programme_conflicts", programme_id=planned.camp["id"])["conflicts"]

    said = camps.command("change_camp", camp_id=planned.camp["id"], version=None, prayer_times=True)
    (shown,) = camps.command("show_programme_conflicts", programme_id=planned.camp["id"])["conflicts"]

    assert (planned.camp["prayer_times"], unsaid, said["prayer_times"]) == (False, [], True)
    assert (shown["key"], shown["is_fatal"]) == ("no_time_for_prayer:2026-07-14:dhuhr", False)


def test_what_is_released_is_what_everybody_sees_until_the_next_release(planned: Planned) -> None:
    session = planned.session()
    planned.arrange(planned.slot(session))
    before = planned.camps.call("show_released_programme", OWN, camp_id=planned.camp["id"])["fault"]
    released = planned.release()["ok"]
    planned.tell()
    planned.arrange(planned.slot(session, "12:00"))

    seen = planned.camps.call("show_released_programme", OWN, camp_id=planned.camp["id"])["ok"]

    assert (before["kind"], released["state"], released["release_number"]) == ("not_found", "released", 1)
    assert [(each["starts"], each["starts_at"]) for each in seen["slots"]] == [("10:00", "2026-07-14T14:00:00.000Z")]
    assert "no_more" not in seen


def test_a_session_that_is_cancelled_as_the_programme_is_released_is_in_no_release(planned: Planned) -> None:
    session = planned.session()
    planned.arrange(planned.slot(session))
    deeds = (
        lambda: planned.release(),
        lambda: planned.camps.call("cancel_session", session_id=session, version=None, reason="A storm"),
    )

    with ThreadPoolExecutor(2) as at_once:
        released, _ = [each.result() for each in [at_once.submit(deed) for deed in deeds]]

    assert "ok" in released or released["fault"]["code"] == "programme_in_conflict"
    if "fault" in released:
        assert planned.camps.published("camps.programme.released") == []


def test_two_who_release_at_once_make_one_release(planned: Planned) -> None:
    planned.arrange(planned.slot(planned.session()))

    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(lambda _: planned.release(), range(2)))

    assert sorted("ok" in each for each in answers) == [False, True]
    assert len(planned.camps.published("camps.programme.released")) == 1


def test_of_the_first_release_everybody_who_comes_is_told_once_by_however_many_processes(planned: Planned) -> None:
    planned.arrange(planned.slot(planned.session(planned.delegates[0])))
    planned.release()

    with ThreadPoolExecutor(4) as processes:
        list(processes.map(planned.tell, "abcd"))
    planned.tell()

    told = planned.told()
    assert sorted(each["delegate_id"] for each in told) == sorted(planned.delegates)
    assert {each["delegate_id"]: [slot["difference"] for slot in each["slots"]] for each in told} == {
        planned.delegates[0]: ["new"], planned.delegates[1]: [],
    }  # fmt: skip


def test_of_a_later_release_only_who_presents_what_is_otherwise_is_told(planned: Planned) -> None:
    one, other = planned.session(planned.delegates[0]), planned.session(planned.delegates[1])
    planned.arrange(planned.slot(one), planned.slot(other, "12:00"))
    planned.release()
    planned.tell()
    planned.arrange(planned.slot(one), planned.slot(other, "14:00"))
    planned.release()
    planned.tell()

    last = planned.told()[2:]
    assert [(each["delegate_id"], each["number"]) for each in last] == [(planned.delegates[1], 2)]
    assert [slot["difference"] for slot in last[0]["slots"]] == ["moved"]


def test_the_same_is_released_once_and_nobody_is_told_again(planned: Planned) -> None:
    planned.arrange(planned.slot(planned.session()))
    planned.release()
    planned.tell()

    again = planned.release()["fault"]
    planned.tell()

    assert (again["code"], len(planned.told())) == ("nothing_to_release", 2)


def test_while_a_release_is_being_told_there_is_no_other(planned: Planned) -> None:
    session = planned.session()
    planned.arrange(planned.slot(session))
    planned.release()
    planned.arrange(planned.slot(session, "12:00"))

    too_soon = planned.release()["fault"]
    planned.tell()

    assert (too_soon["code"], planned.release()["ok"]["release_number"]) == ("still_telling", 2)


def test_many_are_told_some_at_each_turn_of_the_loop(camps: CampsHarness) -> None:
    planned = Planned(camps, delegates=55)
    planned.arrange(planned.slot(planned.session()))
    planned.release()

    planned.tell_some()
    assert len(planned.told()) == 5
    planned.tell()

    mailing = camps.store.database["programme_mailings"].find_one({}) or {}
    assert (len({each["delegate_id"] for each in planned.told()}), len(planned.told())) == (55, 55)
    assert (mailing["is_done"], mailing["version"]) == (True, 13)


def test_a_camp_that_has_ended_takes_no_programme(planned: Planned) -> None:
    session = planned.session()
    planned.camps.store.database["camps"].update_one({"_id": planned.camp["id"]}, {"$set": {"state": "ended"}})
    planned.camps.it_becomes(datetime(2026, 7, 16, tzinfo=UTC))

    assert planned.arrange(planned.slot(session))["fault"]["code"] == "camp_takes_no_programme"


@pytest.fixture
def told_already(planned: Planned) -> Planned:
    """A programme with one session, which the first delegate presents, of which both delegates are told."""
    planned.arrange(planned.slot(planned.session(planned.delegates[0])))
    planned.release_and_tell()
    return planned


def new_to(planned: Planned, known: int = 2) -> list[tuple[str, int, bool]]:
    """Who was told after the first `known`, of which release, and whether as it stands."""
    return [(each["delegate_id"], each["number"], each["as_it_stands"]) for each in planned.told()[known:]]


def test_who_is_named_after_a_release_is_given_it_as_it_stands_once_it_is_sure_that_they_come(
    told_already: Planned,
) -> None:
    late = told_already.delegate_instead_of(1)
    told_already.camps.hear_its_own()
    before = new_to(told_already)

    told_already.confirm(late)
    told_already.confirm(told_already.delegates[0])

    assert (before, new_to(told_already)) == ([], [(late, 1, True)])


def test_who_is_not_sure_to_come_and_presents_nothing_waits_for_the_last_release(told_already: Planned) -> None:
    late = told_already.delegate_instead_of(1)
    told_already.arrange(*told_already.slots(), told_already.slot(told_already.session(), "13:00"))
    told_already.release_and_tell()
    before = new_to(told_already)

    told_already.confirm(late)

    assert (before, new_to(told_already)) == ([], [(late, 2, True)])


def test_who_was_told_of_a_programme_is_not_told_again_as_it_is_sure_that_they_come(told_already: Planned) -> None:
    other = told_already.session(told_already.delegates[0], title="Checklists")
    told_already.arrange(told_already.slot(other, "13:00"))
    told_already.release_and_tell()

    told_already.confirm(told_already.delegates[1])

    assert new_to(told_already) == [(told_already.delegates[0], 2, False)]


def test_who_was_away_during_a_release_is_given_the_programme_as_it_stands(told_already: Planned) -> None:
    who = told_already.delegates[1]
    told_already.camps.command("withdraw_delegate", delegate_id=who, version=None)
    told_already.arrange(told_already.slot(told_already.session(), "13:00"))
    told_already.release_and_tell()
    told_already.camps.command("restore_delegate", delegate_id=who, version=None)

    told_already.confirm(who)

    assert new_to(told_already, 3) == [(who, 2, True)]


def test_who_presents_something_and_has_no_programme_yet_is_given_the_next_one_as_it_stands(
    told_already: Planned,
) -> None:
    late = told_already.delegate_instead_of(1)
    told_already.arrange(*told_already.slots(), told_already.slot(told_already.session(late), "13:00"))
    told_already.release_and_tell()

    told_already.confirm(late)

    assert new_to(told_already) == [(late, 2, True)]
    assert [each["difference"] for each in told_already.told()[-1]["slots"]] == ["new"]


def test_a_programme_for_other_days_is_given_to_nobody_and_the_next_one_to_who_comes(told_already: Planned) -> None:
    late = told_already.delegate_instead_of(1)
    days = {"starts_on": "2026-08-11", "ends_on": "2026-08-13"}
    told_already.camps.command("change_camp", camp_id=told_already.camp["id"], version=None, **days)
    told_already.confirm(late)
    outdated = new_to(told_already)

    told_already.arrange({**told_already.slots()[0], "day": "2026-08-11"})
    told_already.release_and_tell()

    assert (outdated, (late, 2, True) in new_to(told_already)) == ([], True)
