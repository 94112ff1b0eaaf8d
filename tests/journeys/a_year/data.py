"""What is so at a moment of the year of milestones that data propose, of measures, and of promises to test."""

import re
from datetime import date, timedelta
from typing import Any

from tests.journeys.a_year.things import About, Nothing, newest

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Data:
    """What is so of data and of what is to be tested; `all` are all things by kind and id."""

    all: dict[str, dict[str, Any]]

    def _of(self, kind: str, id: str | None) -> Any:
        return self.all[kind].get(id or "") or Nothing()

    def finding(self, about: About) -> Any:
        """What data show that proposes a milestone, with its days written out."""
        proposal = self._of("milestones", about.milestone)["proposal"]
        return proposal and ISO_DAY.sub(lambda found: written_out(found[0]), proposal["finding"])

    def retraction(self, about: About) -> Any:
        """Why a milestone is not what it was."""
        return self._of("milestones", about.milestone)["transitions"][-1]["statement"]["reason"]

    def measure(self, about: About) -> Any:
        return self._of("measures", about.measure)["title"]

    def worsening(self, about: About) -> Any:
        """Whether data of a measure get worse, by a rule of which coaches are told."""
        return "yes" if self._worse(about) else "no"

    def length(self, about: About) -> Any:
        return str(self._worse(about)["length"])

    def worse_from(self, about: About) -> Any:
        return self._worse(about)["first"]

    def worse_to(self, about: About) -> Any:
        return self._worse(about)["last"]

    def period(self, about: About) -> Any:
        """The first day of the earliest period without data."""
        return self._of("measures", about.measure)["data_late_since"]

    def latest(self, about: About) -> Any:
        """The first day of the period before that."""
        return str(date.fromisoformat(self.period(about)) - timedelta(weeks=1))

    def frequency(self, about: About) -> Any:
        return self._of("measures", about.measure)["frequency"]

    def promise(self, about: About) -> Any:
        """What a partner promised to test."""
        return self._of("commitments", about.commitment)["what"]

    def promised_on(self, about: About) -> Any:
        return self._of("commitments", about.commitment)["made_on"]

    def to_test_by(self, about: About) -> Any:
        return self._of("commitments", about.commitment)["due_on"]

    def reported(self, about: About) -> Any:
        """Whether it was said what came of the test."""
        return "yes" if self._of("commitments", about.commitment)["reports"] else "no"

    def life(self, about: About) -> Any:
        """Where a camp stands."""
        return self._of("camps", about.camp)["state"]

    def promises(self, about: About) -> Any:
        """How many there are of a camp."""
        return str([each["camp_id"] for each in self.all["commitments"].values()].count(about.camp))

    def _worse(self, about: About) -> Any:
        concern = {"measure_id": about.measure, "state": "detected", "meaning": "concern", "rule": "shift"}
        return newest(self.all["signals"], **concern)


def written_out(day: str) -> str:
    """Give a day as letters write it."""
    there = date.fromisoformat(day)
    return f"{there.day} {there:%B %Y}"
