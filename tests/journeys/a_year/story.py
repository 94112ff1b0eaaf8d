"""What happens in a year of a partnership, each thing asked for by whoever would ask for it."""

from tests.journeys.a_year import autumn, july, spring, summer
from tests.journeys.a_year.played import Year


def play(year: Year) -> None:
    """Play all of it."""
    for months in (
        *(spring.january, spring.february, spring.march_and_april, spring.the_summer_camp_invites),
        *(summer.may, summer.june, summer.july),
        *(july.a_team_measures, july.data_propose_a_milestone, july.data_are_late),
        summer.august,
        *(autumn.september, autumn.october, autumn.november_and_december),
    ):
        months(year)
