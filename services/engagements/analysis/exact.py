"""Arithmetic in which a tie is a tie: decided on decimals, computed with far more digits than anybody measures.

A point on the centre counts as neither above nor below, and a point on a limit is not outside: a binary float would
decide both by chance. So everything is computed with 64 digits and compared after rounding to 40 decimal places.
What is given has at most 15 digits on either side of the point (`MOST_DIGITS`), which leaves ties exact.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import isqrt

MOST_DIGITS = 15
"""Of a number that is given, before the point and behind it."""
_PRECISE = Context(prec=64, rounding=ROUND_HALF_EVEN)
_RESOLUTION = Decimal(1).scaleb(-40)

add, subtract, multiply = _PRECISE.add, _PRECISE.subtract, _PRECISE.multiply


def rounded(value: Decimal) -> Decimal:
    """Return a number as it is compared: two that are equal in exact arithmetic are equal."""
    return _PRECISE.quantize(value, _RESOLUTION)


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return a quotient with all digits; `denominator` is not 0."""
    return _PRECISE.divide(numerator, denominator)


def root(value: Decimal) -> Decimal:
    """Return a square root with 50 decimal places: by whole numbers, which takes a fifth of `Context.sqrt`'s time."""
    return _PRECISE.scaleb(Decimal(isqrt(int(_PRECISE.scaleb(value, 100)))), -50)


def distance(one: Decimal, other: Decimal) -> Decimal:
    """Return how far two numbers differ, with all digits; `abs` would round to those of the thread's context."""
    return subtract(one, other).copy_abs()


def total(values: Iterable[Decimal]) -> Decimal:
    """Return a sum with all digits."""
    whole = Decimal(0)
    for value in values:
        whole = add(whole, value)
    return whole


def mean(values: list[Decimal]) -> Decimal:
    """Return the arithmetic mean of at least one value, with all digits."""
    return ratio(total(values), Decimal(len(values)))


def median(values: list[Decimal]) -> Decimal:
    """Return the middle value of at least one, or the mean of the two in the middle, with all digits."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else mean(ordered[half - 1 : half + 1])
