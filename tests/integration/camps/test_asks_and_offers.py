"""Partners ask for help and offer it, and are brought together, on the real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown
from services.camps.use_cases.learning import matching
from tests.integration.camps.harness import Answer, CampsHarness, took_effect
from tests.service_harness import STAFF

SAID: dict[str, Any] = {"title": "Huddles at night", "text": "They are forgotten after some weeks",
                        "topics": ["huddles"], "languages": ["en"]}  # fmt: skip


def editor(partner_id: str) -> Answer:
    return {"subject": f"editor of {partner_id}", "organisation": partner_id, "roles": ["partner_editor"]}


@pytest.fixture
def help(camps: CampsHarness) -> CampsHarness:
    """Three partners are in the programme."""
    camps.admit("prt_1", "prt_2", "prt_3")
    return camps


def ask(help: CampsHarness, partner_id: str = "prt_1", **otherwise: Any) -> Answer:
    asked = help.command("post_ask", partner_id=partner_id, **SAID | otherwise)
    help.hear_its_own()
    return asked


def offer(help: CampsHarness, partner_id: str = "prt_2", **otherwise: Any) -> Answer:
    offered = help.command("make_offer", partner_id=partner_id, **SAID | otherwise)
    help.hear_its_own()
    return offered


def do(help: CampsHarness, operation: str, thing: Answer, scope: Answer = STAFF, **said: Any) -> Answer:
    """Do something with an ask, an offer or a match, whichever version it has; what it says is heard."""
    noun = operation.partition("_")[2]
    about: dict[str, Any] = {f"{noun}_id": thing["id"], "version": None}
    done = help.call(operation, scope, **about, **said)
    help.hear_its_own()
    return done


def matches(help: CampsHarness, **where: Any) -> list[str]:
    return [f"{each['ask_id']} {each['offer_id']} {each['state']}" for each in help.all("list_matches", **where)]


def states(help: CampsHarness) -> list[str]:
    return [each["state"] for each in help.all("list_matches")]


@pytest.fixture
def match(help: CampsHarness) -> Answer:
    """What `prt_1` asks for and `prt_2` offers is suggested to both."""
    ask(help)
    offer(help)
    (suggested,) = help.all("list_matches")
    return suggested


def test_whichever_is_there_first_what_fits_is_suggested_once_with_the_reason(help: CampsHarness) -> None:
    offer(help, topics=["huddles"], title="Huddles, day and night")
    asked = ask(help, topics=["huddles", "teams"], title="Keeping huddles alive at night")

    (found,) = help.all("list_matches_of_ask", ask_id=asked["id"])
    assert (found["asking_partner_id"], found["offering_partner_id"], found["state"]) == ("prt_1", "prt_2", "suggested")
    assert [tuple(reason.values()) for reason in found["reasons"]] == [
        ("topic", "huddles"), ("word", "huddles"), ("word", "night"),
    ]  # fmt: skip
    assert len(help.published("camps.match.suggested")) == 1


def test_of_many_offers_the_three_best_are_suggested_and_another_for_each_that_is_declined(help: CampsHarness) -> None:
    plain = [offer(help, "prt_2") for _ in range(3)]
    best = offer(help, "prt_3", topics=["huddles", "teams"])
    asked = ask(help, topics=["huddles", "teams"])
    suggested = [best["id"], plain[0]["id"], plain[1]["id"]]
    assert [each["offer_id"] for each in help.all("list_matches_of_ask", ask_id=asked["id"])] == suggested

    (first,) = help.all("list_matches", offer_id=best["id"])
    do(help, "decline_match", first, editor("prt_1"), reason="They are too far away")

    assert matches(help, state="suggested") == [f"{asked['id']} {each['id']} suggested" for each in plain]


def test_a_pair_that_was_declined_is_suggested_by_itself_no_more(help: CampsHarness, match: Answer) -> None:
    do(help, "decline_match", match, editor("prt_2"), reason="Nobody is free")

    do(help, "change_ask", {"id": match["ask_id"]}, text="Still asked for")

    (declined,) = help.all("list_matches")
    assert (declined["state"], declined["refusal"]["reason"], "by" in declined["refusal"]) == (
        "declined", "Nobody is free", False,
    )  # fmt: skip
    do(help, "reconsider_match", match, editor("prt_2"))
    assert states(help) == ["suggested"]


def test_both_accept_at_once_and_are_connected_once(help: CampsHarness, match: Answer) -> None:
    def accept(partner_id: str) -> Answer:
        return help.call("accept_match", editor(partner_id), match_id=match["id"], version=None)

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(accept, ("prt_1", "prt_2")))

    assert all("ok" in answer for answer in answers)
    assert states(help) == ["accepted"]
    assert len(help.published("camps.ask.matched")) == 1


def test_of_a_withdrawal_and_an_acceptance_at_once_none_leaves_a_match_of_what_is_withdrawn(help: CampsHarness) -> None:
    for number in range(5):
        ask(help, topics=[f"topic_{number}"], title=f"Topic {number}")
        offer(help, topics=[f"topic_{number}"], title=f"Topic {number}")
    found = help.all("list_matches")

    def accept(match: Answer) -> object:
        return help.call("accept_match", editor("prt_1"), match_id=match["id"], version=None)

    def withdraw(match: Answer) -> object:
        return help.call("withdraw_ask", ask_id=match["ask_id"], version=None, reason="Found elsewhere")

    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda deed: deed[0](deed[1]), [(deed, match) for match in found
                                                         for deed in (accept, withdraw)]))  # fmt: skip

    assert len(found) == 5
    assert states(help) == ["ended"] * 5


def test_what_is_withdrawn_while_it_is_about_to_be_suggested_is_not(
    help: CampsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = offer(help)
    asked = help.command("post_ask", partner_id="prt_1", **SAID)
    rely_on, withdrawn = matching._rely_on, []

    def withdraw_first(*about: Any) -> None:
        if not withdrawn:
            withdrawn.append(help.command("withdraw_offer", offer_id=offered["id"], version=None, reason="Nobody left"))
        rely_on(*about)

    monkeypatch.setattr(matching, "_rely_on", withdraw_first)
    help.hear("suggest_offers", ask_id=asked["id"])

    assert (len(withdrawn), matches(help)) == (1, [])


def test_what_is_fulfilled_ends_what_waits_and_leaves_what_both_accepted(help: CampsHarness, match: Answer) -> None:
    another = offer(help, "prt_3")
    for partner_id in ("prt_1", "prt_2"):
        do(help, "accept_match", match, editor(partner_id))

    do(help, "fulfil_ask", {"id": match["ask_id"]})

    assert matches(help) == [
        f"{match['ask_id']} {match['offer_id']} accepted",
        f"{match['ask_id']} {another['id']} ended",
    ]
    (ended,) = help.published("camps.match.ended")
    assert (ended["data"]["because"], ended["data"]["by_partner_id"]) == ("ask_fulfilled", "prt_1")


def test_what_is_withdrawn_ends_all_and_reopened_is_suggested_again(help: CampsHarness, match: Answer) -> None:
    for partner_id in ("prt_1", "prt_2"):
        do(help, "accept_match", match, editor(partner_id))

    do(help, "withdraw_offer", {"id": match["offer_id"]}, reason="Who knew how has left")
    assert states(help) == ["ended"]
    do(help, "reopen_offer", {"id": match["offer_id"]})

    (again,) = help.all("list_matches")
    assert (again["id"], again["state"], again["accepted_by"]) == (match["id"], "suggested", [])


def test_what_is_changed_so_that_it_fits_no_more_is_suggested_no_more_and_again_when_it_does(
    help: CampsHarness, match: Answer
) -> None:
    do(help, "change_ask", {"id": match["ask_id"]}, topics=["falls"], title="Falls")
    assert states(help) == ["ended"]

    do(help, "change_ask", {"id": match["ask_id"]}, topics=["huddles"])
    assert states(help) == ["suggested"]


def test_the_institute_suggests_what_no_word_would_with_its_reason(help: CampsHarness) -> None:
    asked, offered = ask(help), offer(help, topics=["falls"], title="Falls", languages=["sv"])
    assert matches(help) == []

    ids = {"ask_id": asked["id"], "offer_id": offered["id"]}
    suggested = help.command("suggest_match", **ids, reason="They met in Boston")

    assert [tuple(reason.values()) for reason in suggested["reasons"]] == [("by_hand", "They met in Boston")]
    refused = help.call("suggest_match", **ids, reason="Once more")["fault"]
    assert refused["code"] == "not_from_this_state"
    assert help.call("suggest_match", editor("prt_1"), **ids, reason="Us")["fault"]["kind"] == "forbidden"


# --- whose it is ---


def test_a_partner_speaks_for_itself_and_the_institute_for_whom_it_names(help: CampsHarness, match: Answer) -> None:
    def accept(scope: Answer, **said: Any) -> Answer:
        return help.call("accept_match", scope, match_id=match["id"], version=None, **said)

    assert accept(editor("prt_3"))["fault"]["kind"] == "not_found"
    assert accept(STAFF, partner_id="prt_nobody")["fault"]["code"] == "not_of_the_match"
    assert accept(editor("prt_1"), partner_id="prt_2")["fault"]["code"] == "side_not_named"
    assert accept(STAFF)["fault"]["code"] == "side_not_named"
    assert help.command("accept_match", match_id=match["id"], version=None, partner_id="prt_2")["accepted_by"] == [
        "prt_2"
    ]


def test_a_partner_asks_and_offers_for_no_other(help: CampsHarness, match: Answer) -> None:
    others = {"partner_id": "prt_1", **SAID}

    assert help.call("post_ask", editor("prt_2"), **others)["fault"]["code"] == "unknown_reference"
    assert help.call("make_offer", editor("prt_2"), **others)["fault"]["code"] == "unknown_reference"
    taken = help.call("withdraw_ask", editor("prt_2"), ask_id=match["ask_id"], version=None, reason="Mine")
    assert taken["fault"]["kind"] == "not_found"


def seen(help: CampsHarness, partner_id: str, ask_id: str) -> tuple[bool, bool]:
    """Whether a partner sees an ask by its id, and in the list."""
    shown = help.call("show_ask", editor(partner_id), ask_id=ask_id)
    listed = help.call("list_asks", editor(partner_id))["ok"]["items"]
    return "ok" in shown, ask_id in [each["id"] for each in listed]


def test_an_ask_is_everybodys_to_see_until_it_is_withdrawn(help: CampsHarness) -> None:
    asked = ask(help)
    assert seen(help, "prt_3", asked["id"]) == (True, True)

    do(help, "withdraw_ask", asked, reason="Found elsewhere")

    assert seen(help, "prt_3", asked["id"]) == (False, False)
    assert seen(help, "prt_1", asked["id"]) == (True, True)


def test_an_ask_for_the_matched_is_seen_by_those_it_is_matched_with_while_it_is(help: CampsHarness) -> None:
    asked, _ = ask(help, visibility="matched"), offer(help, "prt_2")
    assert (seen(help, "prt_2", asked["id"]), seen(help, "prt_3", asked["id"])) == ((True, False), (False, False))

    (found,) = help.all("list_matches")
    do(help, "decline_match", found, editor("prt_2"), reason="Nobody is free")

    assert seen(help, "prt_2", asked["id"]) == (False, False)


def test_a_match_is_seen_by_its_two_partners(help: CampsHarness, match: Answer) -> None:
    def listed(partner_id: str) -> list[Answer]:
        items: list[Answer] = help.call("list_matches_of_ask", editor(partner_id), ask_id=match["ask_id"])["ok"][
            "items"
        ]
        return items

    assert [len(listed(each)) for each in ("prt_1", "prt_2", "prt_3")] == [1, 1, 0]
    assert help.call("show_match", editor("prt_3"), match_id=match["id"])["fault"]["kind"] == "not_found"


def test_lists_find_by_words_topic_and_partner(help: CampsHarness) -> None:
    first, second = ask(help), ask(help, "prt_3", topics=["falls"], title="Falls on wards")

    def found(**where: Any) -> list[str]:
        return [each["id"] for each in help.all("list_asks", **where)]

    assert found(topic="falls") == found(partner_id="prt_3") == found(q="ward") == [second["id"]]
    assert found(q="hudd") == [first["id"]]


# --- partners rest, depart and come back ---


def test_a_paused_partner_is_matched_with_nobody_until_it_is_resumed(help: CampsHarness, match: Answer) -> None:
    help.pause("prt_2")
    help.hear("rest_matches", sequence=2, partner_id="prt_2")
    help.hear_its_own()
    assert states(help) == ["ended"]
    ask(help, "prt_3")
    assert states(help) == ["ended"]

    help.resume("prt_2")
    help.hear("suggest_after_rest", sequence=3, partner_id="prt_2")

    assert states(help) == ["suggested", "suggested"]


def test_nothing_is_accepted_while_one_of_the_two_rests(help: CampsHarness, match: Answer) -> None:
    help.pause("prt_2")

    assert do(help, "accept_match", match, editor("prt_1"))["fault"]["code"] == "nothing_to_match"


def test_what_both_accepted_outlasts_a_rest(help: CampsHarness, match: Answer) -> None:
    for partner_id in ("prt_1", "prt_2"):
        do(help, "accept_match", match, editor(partner_id))
    help.pause("prt_2")

    help.hear("rest_matches", sequence=2, partner_id="prt_2")

    assert states(help) == ["accepted"]


def test_what_a_partner_asks_for_and_offers_ends_when_it_departs(help: CampsHarness, match: Answer) -> None:
    offered = offer(help, "prt_1", topics=["falls"], title="Falls")
    asked = ask(help, "prt_3", topics=["falls"], title="Falls")
    for partner_id in ("prt_1", "prt_2"):
        do(help, "accept_match", match, editor(partner_id))

    help.hear("withdraw_open_invitations", sequence=2, partner_id="prt_1")
    help.hear("withdraw_with_partner", sequence=2, partner_id="prt_1")

    withdrawn = [
        help.call("show_ask", ask_id=match["ask_id"])["ok"],
        help.call("show_offer", offer_id=offered["id"])["ok"],
    ]
    assert [(each["state"], each["withdrawal"]["kind"]) for each in withdrawn] == [
        ("withdrawn", "partner_departed")
    ] * 2
    assert states(help) == ["ended", "ended"]
    assert help.call("show_ask", ask_id=asked["id"])["ok"]["state"] == "open"
    assert help.call("reopen_ask", ask_id=match["ask_id"], version=None)["fault"]["code"] == "not_in_the_programme"


def test_whatever_the_order_of_departure_and_return_only_what_was_before_is_withdrawn(help: CampsHarness) -> None:
    def departs(partner_id: str) -> list[Callable[[], None]]:
        return [
            lambda: help.hear("withdraw_open_invitations", sequence=2, partner_id=partner_id),
            lambda: help.hear("withdraw_with_partner", sequence=2, partner_id=partner_id),
            lambda: help.hear(
                "make_eligible", sequence=3, partner_id=partner_id, name="Back", admission_number=2
            ),
            lambda: help.hear(
                "withdraw_of_earlier_admission", sequence=3, partner_id=partner_id, admission_number=2
            ),
        ]  # fmt: skip

    for number, order in enumerate(permutations(range(4))):
        partner_id = f"prt_of_{number}"
        help.admit(partner_id)
        before = help.command("post_ask", partner_id=partner_id, **SAID)
        deeds = [departs(partner_id)[at] for at in order]
        while deeds:
            deeds = [deed for deed in deeds if not took_effect(deed)]
        after = help.command("post_ask", partner_id=partner_id, **SAID)
        help.hear("withdraw_with_partner", sequence=2, partner_id=partner_id)

        shown = [help.call("show_ask", ask_id=each["id"])["ok"]["state"] for each in (before, after)]
        assert shown == ["withdrawn", "open"], order


def test_the_end_of_a_rest_waits_until_it_is_kept(help: CampsHarness) -> None:
    with pytest.raises(NotYetKnown):
        help.hear("rest_matches", sequence=2, partner_id="prt_2")
    with pytest.raises(NotYetKnown):
        help.hear("suggest_after_rest", sequence=3, partner_id="prt_2")
