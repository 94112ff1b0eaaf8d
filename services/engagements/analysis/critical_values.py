"""How many runs chance makes: the table of critical values of run charts, and the limits of Anhøj.

The table is the one reprinted with Perla, Provost and Murray, BMJ Quality & Safety 2011;20:46-51, after Swed and
Eisenhart, Annals of Mathematical Statistics 1943;14:66-87. It is read strictly: fewer than the lower value, more than
the upper one. In rows of `DIFFERENTLY_PRINTED` a value differs by one from the exact one-sided 5 % of Swed and
Eisenhart, or between printings.
"""

from functools import lru_cache
from math import log2

FEWEST_USEFUL = 10
"""Useful observations that it takes before a rule about runs is applied."""

RUN_LIMITS = {
    10: (3, 9), 11: (3, 10), 12: (3, 11), 13: (4, 11), 14: (4, 12), 15: (5, 12), 16: (5, 13), 17: (5, 13),
    18: (6, 14), 19: (6, 15), 20: (6, 16), 21: (7, 16), 22: (7, 17), 23: (7, 17), 24: (8, 18), 25: (8, 18),
    26: (9, 19), 27: (10, 19), 28: (10, 20), 29: (10, 20), 30: (11, 21), 31: (11, 22), 32: (11, 23), 33: (12, 23),
    34: (12, 24), 35: (12, 24), 36: (13, 25), 37: (13, 25), 38: (14, 26), 39: (14, 26), 40: (15, 27), 41: (15, 27),
    42: (16, 28), 43: (16, 28), 44: (17, 29), 45: (17, 30), 46: (17, 31), 47: (18, 31), 48: (18, 32), 49: (19, 32),
    50: (19, 33), 51: (20, 33), 52: (20, 34), 53: (21, 34), 54: (21, 35), 55: (22, 35), 56: (22, 36), 57: (23, 36),
    58: (23, 37), 59: (24, 38), 60: (24, 38),
}  # fmt: skip
"""Fewest and most runs to be expected, by the number of useful observations."""
DIFFERENTLY_PRINTED = frozenset({15, 17, 23, 25, 27, 29, 30, 33, 35, 37, 39, 41, 43, 55, 57, 59})


def longest_run_expected(useful: int) -> int:
    """Return how many points the longest run has at most by chance, of at least one useful observation.

    Halves are rounded to the even number, as in R; log2 of a whole number is never one, so that none occurs.
    """
    return round(log2(useful)) + 3


@lru_cache(maxsize=1024)
def fewest_crossings_expected(useful: int) -> int:
    """Return how often the centre is crossed at least by chance: the 5 % quantile of Bin(useful - 1, 1/2)."""
    tosses = useful - 1
    a_twentieth, ways, cumulative, crossings = -(-(2**tosses) // 20), 1, 1, 0
    while cumulative < a_twentieth:
        ways = ways * (tosses - crossings) // (crossings + 1)
        crossings += 1
        cumulative += ways
    return crossings
