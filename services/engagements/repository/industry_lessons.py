"""Where is kept what other industries taught, as far as it is heard of."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.engagements.model.improvement.industry_lesson import IndustryLesson


class IndustryLessons(Repository[IndustryLesson]):
    """Every lesson of another industry that was heard of; they are everybody's."""

    collection = "industry_lessons"
    aggregate = IndustryLesson
    owner_field = None

    def about(self, lesson_id: str) -> IndustryLesson:
        """Give what is known of a lesson, if only that there is one."""
        return self.first({"_id": lesson_id}, scope=PLATFORM) or IndustryLesson(id=lesson_id)
