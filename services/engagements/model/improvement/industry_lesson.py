"""What another industry taught, as far as engagements knows it: an idea that an initiative may take up."""

from dataclasses import dataclass, field

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict
from chassis.domain.replica import newest


class LessonWithdrawn(Conflict):
    """A change idea is taken from a lesson that is still offered."""


@dataclass(kw_only=True)
class IndustryLesson(Aggregate):
    """A lesson of another industry as the newest of its events describes it."""

    organisation: str = ""
    industry: str = ""
    lesson: str = ""
    hypothesis: str = ""
    topics: list[str] = field(default_factory=list)
    is_withdrawn: bool = False
    described_sequence: int = field(default=0, metadata=INTERNAL)

    def describe(
        self, *, sequence: int, organisation: str, industry: str, lesson: str, hypothesis: str, topics: list[str]
    ) -> None:
        """Keep what is said of it: it is offered. Raises Superseded when a later event is known."""
        self.described_sequence = newest(self.described_sequence, sequence)
        self.organisation, self.industry, self.topics = organisation, industry, topics
        self.lesson, self.hypothesis, self.is_withdrawn = lesson, hypothesis, False

    def withdraw(self) -> None:
        """Keep that what was described last is offered no more."""
        self.is_withdrawn = True

    def refuse_if_withdrawn(self) -> None:
        """Raise LessonWithdrawn."""
        if self.is_withdrawn:
            raise LessonWithdrawn(f"industry lesson {self.id} is offered no more: leave its id out, or ask why")
