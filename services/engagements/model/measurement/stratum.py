"""The groups of people whose data are series of their own, and which of them are compared with each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.domain.errors import Invalid


class NoSuchStratum(Invalid):
    """A data point is of a stratum that its measure has, or of all together."""


class StratumTwice(Invalid):
    """Each stratum of a measure has a code of its own."""


class ReferenceTwice(Invalid):
    """A dimension has at most one stratum that others are compared with."""


class ReferenceInFocus(Invalid):
    """What focus groups are compared with is not one of them."""


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """A group of people whose data are a series of their own, such as sex: female.

    `is_focus` marks a group that the work is to be better for: while its data get worse, no milestone that rests on the
    measure is confirmed without a reason. `is_reference` marks the one that the focus groups of its dimension are
    compared with.
    """

    code: str
    dimension: str
    value: str
    is_focus: bool = False
    is_reference: bool = False


def refuse_strata_that_do_not_fit(strata: list[Stratum]) -> None:
    """Raise StratumTwice, ReferenceTwice or ReferenceInFocus, at the first stratum that is wrong."""
    _refuse_doubles(strata)
    seen = set[str]()
    for at, each in enumerate(strata):
        if each.is_reference:
            _refuse_reference(each, at=at, is_second=each.dimension in seen)
            seen.add(each.dimension)


def _refuse_doubles(strata: list[Stratum]) -> None:
    codes: Mapping[str, int] = {each.code: at for at, each in reversed([*enumerate(strata)])}
    for at, each in enumerate(strata):
        if codes[each.code] != at:
            raise StratumTwice.at(f"/strata/{at}/code", "twice", f"Another code is expected; '{each.code}' was there")


def _refuse_reference(stratum: Stratum, *, at: int, is_second: bool) -> None:
    where = f"/strata/{at}/is_reference"
    if stratum.is_focus:
        raise ReferenceInFocus.at(where, "in_focus", f"False is expected; '{stratum.code}' is a focus group")
    if is_second:
        detail = f"False is expected; another stratum of '{stratum.dimension}' is the reference"
        raise ReferenceTwice.at(where, "twice", detail)
