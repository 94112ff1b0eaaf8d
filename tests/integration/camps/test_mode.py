"""A camp goes online, or to another house: whoever is asked is told, and who comes takes part as it lets them."""

from typing import Any

from tests.integration.camps.harness import CampsHarness
from tests.integration.camps.test_changing_camps import change, told
from tests.integration.camps.test_delegates import BO, CY, do, name

SPIRA = {"name": "Spira", "address": "Kulturgatan 3"}


def attending(camps: CampsHarness) -> list[tuple[str, str, str]]:
    return [(each["name"], each["state"], each["attends"]) for each in camps.all("list_delegates")]


def test_who_comes_takes_part_as_the_camp_lets_them_and_as_they_had_chosen_once_it_is_as_before(
    camps: CampsHarness,
) -> None:
    camp = camps.inviting(capacity=10, mode="hybrid", venue=SPIRA)
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1", seats=2)
    name(camps, **BO)
    do(camps, "withdraw", name(camps, **CY)["ok"])
    name(camps, name="Di", email="di@region.example", role="Nurse", attends="remote")

    online = change(camps, camp, mode="online", venue=None)["ok"]
    went_online = attending(camps)
    change(camps, camp, mode="hybrid", venue=SPIRA)

    assert (online["mode"], online["venue"]) == ("online", None)
    assert went_online == [("Bo", "named", "remote"), ("Cy", "withdrawn", "remote"), ("Di", "named", "remote")]
    assert attending(camps) == [
        ("Bo", "named", "in_person"),
        ("Cy", "withdrawn", "in_person"),
        ("Di", "named", "remote"),
    ]
    changed = [row["data"] for row in camps.published("camps.delegate.changed")]
    assert [(each["name"], each["attends"], each["mode"]) for each in changed] == [
        ("Bo", "remote", "online"), ("Bo", "in_person", "hybrid"),
    ]  # fmt: skip


def test_a_partner_is_told_once_how_the_camp_is_attended_and_keeps_its_yes(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=10)
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1", seats=2)

    change(camps, camp, mode="hybrid", venue=SPIRA)

    (said,) = told(camps)
    assert (said["mode"], said["venue"], said["state"]) == ("hybrid", SPIRA, "accepted")
    assert (said["before"]["mode"], said["before"]["venue"]) == ("in_person", None)


def test_a_camp_and_a_delegate_stored_before_there_were_modes_are_in_person(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=10)
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1", seats=2)
    named: dict[str, Any] = name(camps, **BO)["ok"]
    camps.store.database["camps"].update_one({"_id": camp["id"]}, {"$unset": {"mode": "", "venue": ""}})
    camps.store.database["delegates"].update_one({"_id": named["id"]}, {"$unset": {"would_attend": ""}})

    shown = camps.call("show_camp", camp_id=camp["id"])["ok"]

    assert (shown["mode"], shown["venue"]) == ("in_person", None)
    refused = do(camps, "change", named, attends="remote")["fault"]
    assert refused["fields"][0]["pointer"] == "/attends"
    assert do(camps, "confirm", named)["ok"]["state"] == "confirmed"
