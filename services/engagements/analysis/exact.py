"""Arithmetic in which a tie is a tie: decided on decimals, computed with far more digits than anybody measures.

A point on the centre counts as neither above nor below, and a point on a limit is not outside: a binary float would
decide both by chance. So everything is computed with 64 digits and compared after rounding to 40 decimal places.
What is given has at most 15 digits on either side of the point (`MOST_DIGITS`), which leaves ties exact.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import reduce
from itertools import repeat, starmap
from math import isqrt
from operator import gt, lt, sub

MOST_DIGITS = 15
"""Of a number that is given, before the point and behind it."""
_PRECISE = Context(prec=64, rounding=ROUND_HALF_EVEN)
_RESOLUTION = Decimal(1).scaleb(-40)
_ROOT_PLACES = 50

add, subtract, multiply, ratio = _PRECISE.add, _PRECISE.subtract, _PRECISE.multiply, _PRECISE.divide
normalised = _PRECISE.normalize
"""A number without zeros at its end, and with all its other digits: equal ones are written alike."""


def rounded(value: Decimal) -> Decimal:
    """Return a number as it is compared: two that are equal in exact arithmetic are equal."""
    return _PRECISE.quantize(value, _RESOLUTION)


def all_rounded(values: Iterable[Decimal]) -> list[Decimal]:
    """Return numbers as they are compared: many at once, without a call of ours for each."""
    return list(map(_PRECISE.quantize, values, repeat(_RESOLUTION)))


def signs(values: Iterable[Decimal], others: Iterable[Decimal]) -> list[int]:
    """Return whether each is more than the other (1), less (-1), or equal (0), as far as both go."""
    pairs = list(zip(values, others, strict=False))
    return list(map(sub, starmap(gt, pairs), starmap(lt, pairs)))


def three_deviations(variance: Decimal, denominators: Iterable[Decimal]) -> list[Decimal]:
    """Return 3·√(variance/n) with 50 decimal places for each n, which has at most `MOST_DIGITS` of them.

    By whole numbers, in two fifths of the time of `Context.sqrt`: what a division leaves over does not change the
    whole part of a root.
    """
    of_nine = int(_PRECISE.scaleb(multiply(variance, Decimal(9)), 2 * _ROOT_PLACES + MOST_DIGITS))
    wholes = map(int, map(_PRECISE.scaleb, denominators, repeat(MOST_DIGITS)))
    roots = (Decimal(isqrt(of_nine // n)) for n in wholes)
    return list(map(_PRECISE.scaleb, roots, repeat(-_ROOT_PLACES)))


def distance(one: Decimal, other: Decimal) -> Decimal:
    """Return how far two numbers differ, with all digits; `abs` would round to those of the thread's context."""
    return subtract(one, other).copy_abs()


def total(values: Iterable[Decimal]) -> Decimal:
    """Return a sum with all digits."""
    return reduce(add, values, Decimal(0))


def mean(values: list[Decimal]) -> Decimal:
    """Return the arithmetic mean of at least one value, with all digits."""
    return ratio(total(values), Decimal(len(values)))


def median(values: list[Decimal]) -> Decimal:
    """Return the middle value of at least one, or the mean of the two in the middle, with all digits."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else mean(ordered[half - 1 : half + 1])
