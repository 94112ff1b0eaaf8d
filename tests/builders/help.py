"""Asks and offers of help for tests: each call shows only what matters to its test."""

from typing import Any

from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.fit import what_fits
from services.camps.model.learning.match import Match
from services.camps.model.learning.offer import Offer

SAID: dict[str, Any] = {"title": "Huddles at night", "text": "They are forgotten", "topics": ["huddles"],
                        "languages": ["en"]}  # fmt: skip


def an_ask(**about: Any) -> Ask:
    """The ask `ask_1` of `prt_1` about huddles, in English."""
    made: dict[str, Any] = {"id": "ask_1", "version": 1, "partner_id": "prt_1", "admission_number": 1}
    return Ask(**made | SAID | about)


def an_offer(**about: Any) -> Offer:
    """The offer `ofr_1` of `prt_2` about huddles, in English."""
    made: dict[str, Any] = {"id": "ofr_1", "version": 1, "partner_id": "prt_2", "admission_number": 1}
    return Offer(**made | SAID | about)


def a_match(**about: Any) -> Match:
    """The match `mat_1` of those two, suggested because of their topic."""
    ask, offer = an_ask(), an_offer()
    match = Match.suggest(id="mat_1", ask=ask, offer=offer, reasons=what_fits(ask, offer))
    match.recorded.clear()
    for name, value in about.items():
        setattr(match, name, value)
    return match


def a_partner(id: str = "prt_1", **about: Any) -> EligiblePartner:
    """A partner in the programme."""
    return EligiblePartner(id=id, name="Region", **about)
