"""Capabilities: what one says is what it was made with, and only who knows a secret can make one."""

import nameko
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.capabilities import Capability, CapabilityKeys, NotGenuine, masked
from chassis.runtime.capability_keys import capability_keys
from chassis.runtime.config import InvalidSettings

OLD, NEW = "o" * 32, "n" * 32
KEYS = CapabilityKeys((NEW,))
HELD = Capability(thing_id="thg_1", holder_id="per_1", address_digest="3q2-7w")
TOKEN = KEYS.token(HELD)


def test_a_capability_is_read_as_it_was_made_and_is_the_same_each_time() -> None:
    assert KEYS.read(TOKEN) == HELD
    assert KEYS.token(HELD) == TOKEN
    assert TOKEN.startswith("thg_1.per_1.3q2-7w.")


@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_a_capability_in_which_anything_was_changed_is_not_genuine(place: int, sign: str) -> None:
    tampered = TOKEN[:place] + sign + TOKEN[place + 1 :]

    if tampered != TOKEN:
        with pytest.raises(NotGenuine):
            KEYS.read(tampered)


@pytest.mark.parametrize(
    "token",
    ["", ".", "...", "thg_1", "thg_1.per_1.3q2-7w.", TOKEN[:-1], TOKEN + "A", f".{TOKEN}", TOKEN.replace(".", "", 1)],
)
def test_a_capability_that_is_not_whole_is_not_genuine(token: str) -> None:
    with pytest.raises(NotGenuine):
        KEYS.read(token)


def test_the_parts_of_a_capability_cannot_be_divided_in_another_way() -> None:
    moved = Capability(thing_id="thg_1.per_1", holder_id="3q2-7w", address_digest="")

    with pytest.raises(NotGenuine):
        KEYS.read(f"thg_1.per_1.3q2-7w..{KEYS.token(moved).rpartition('.')[2]}")
    with pytest.raises(NotGenuine):
        KEYS.read(KEYS.token(moved))


def test_without_a_secret_nobody_makes_a_capability() -> None:
    with pytest.raises(NotGenuine):
        KEYS.read(CapabilityKeys((OLD,)).token(HELD))


def test_capabilities_made_with_an_earlier_secret_are_genuine_as_long_as_it_is_configured() -> None:
    both = CapabilityKeys((NEW, OLD))

    assert both.read(CapabilityKeys((OLD,)).token(HELD)) == HELD
    assert both.token(HELD) == TOKEN


def test_a_code_for_another_purpose_makes_no_capability() -> None:
    with pytest.raises(NotGenuine):
        KEYS.read(f"thg_1.per_1.3q2-7w.{KEYS.code('form', 'thg_1.per_1.3q2-7w')}")


def test_the_secrets_are_not_shown() -> None:
    assert NEW not in repr(KEYS)


def test_a_setting_holds_a_secret_in_each_line() -> None:
    with nameko.config.patch({"LINK_SECRET": f"{NEW}\n\n  {OLD}\n"}):
        assert capability_keys("LINK_SECRET").secrets == (NEW, OLD)


@pytest.mark.parametrize("secrets", ["", "x" * 31, f"{NEW}\n{'x' * 31}"], ids=["none", "short", "one of two is short"])
def test_no_secret_is_used_that_could_be_guessed(secrets: str) -> None:
    with (
        nameko.config.patch({"LINK_SECRET": secrets}),
        pytest.raises(InvalidSettings, match="LINK_SECRET: at least 32") as refused,
    ):
        capability_keys("LINK_SECRET")

    assert "x" * 31 not in str(refused.value)


def test_what_authorises_is_masked_wherever_it_stands_and_ids_stay() -> None:
    thing, holder = f"inv_{'0' * 26}", f"per_{'1' * 26}"
    token = KEYS.token(Capability(thing_id=thing, holder_id=holder, address_digest="3q2-7w"))
    shown = {"link": f"https://example.org/rsvp/{token}", token: [{"said": f"<{token}>"}, 7, None], "partner_id": thing}

    assert masked(shown) == {
        "link": f"https://example.org/rsvp/{thing}.***",
        f"{thing}.***": [{"said": f"<{thing}.***>"}, 7, None],
        "partner_id": thing,
    }
