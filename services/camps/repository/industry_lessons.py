"""Where what other industries taught is kept."""

from typing import ClassVar

from pymongo import IndexModel

from chassis.persistence.repository import Repository
from services.camps.model.learning.industry_lesson import IndustryLesson


class IndustryLessons(Repository[IndustryLesson]):
    """Every lesson of another industry; to change, each is whose partner captured it."""

    collection = "industry_lessons"
    aggregate = IndustryLesson
    owner_field: ClassVar[str | None] = "partner_id"
    searched_by = "organisation"
    indexes = (IndexModel("topics"), IndexModel("camp_id"))


class SharedIndustryLessons(IndustryLessons):
    """The lessons as one reads them: all of them are everybody's."""

    owner_field = None
