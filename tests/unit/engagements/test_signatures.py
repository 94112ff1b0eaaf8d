"""What a signature on a charter stands for, and how long."""

from datetime import date
from typing import Any

import pytest

from services.engagements.model.days import InTheFuture
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.initiative_lifecycle import (
    CharterNotSigned,
    NobodyToSign,
)
from tests.builders.engagements import an_engagement, statement
from tests.builders.initiatives import (
    NOON,
    TODAY,
    an_initiative,
    changed,
)


def signed(thing: Initiative) -> Initiative:
    thing.sign(engagement=an_engagement(), signed_on=TODAY, by="anna", at=NOON)
    return thing


def test_a_signature_stands_for_what_was_signed() -> None:
    thing = signed(an_initiative())

    changed(thing, problem="Twelve infections a year")

    assert thing.signature is None
    assert [each.withdrawn.reason for each in thing.signatures if each.withdrawn] == ["Changed: problem"]


@pytest.mark.parametrize(
    "change", [{"stakeholders": ["The board"]}, {"problem": None}], ids=["no substance", "no change"]
)
def test_a_signature_stands_through_other_changes(change: dict[str, Any]) -> None:
    thing = signed(an_initiative())

    changed(thing, **change)

    assert thing.signature is not None
    assert (thing.signature.sponsor_id, thing.signature.signed_on) == ("per_sponsor", TODAY)


def test_signed_anew_the_earlier_signature_is_kept() -> None:
    thing = signed(signed(an_initiative()))

    assert [each.withdrawn is None for each in thing.signatures] == [False, True]


def test_a_signature_is_of_a_sponsor_and_of_a_day_that_has_come() -> None:
    with pytest.raises(NobodyToSign):
        signed(an_initiative("idea", sponsor_id=None))
    with pytest.raises(InTheFuture):
        an_initiative().sign(engagement=an_engagement(), signed_on=date(2026, 6, 2), by="anna", at=NOON)


def test_no_signature_is_withdrawn_that_does_not_stand() -> None:
    thing = signed(an_initiative())
    thing.withdraw_signature(statement())

    with pytest.raises(CharterNotSigned):
        thing.withdraw_signature(statement())
