"""What one can see of what other industries taught."""

from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.learning.industry_lesson import IndustryLesson, LessonState
from services.camps.repository.industry_lessons import SharedIndustryLessons
from services.camps.schemas.asks_and_offers import Topic
from services.camps.schemas.camp import CampId, Query
from services.camps.schemas.industry_lessons import Industry, LessonId


@query
def show_industry_lesson(reading: Reading, scope: Scope, *, lesson_id: LessonId) -> IndustryLesson:
    """Show what another industry taught, and what of it might transfer."""
    return SharedIndustryLessons(reading).get(lesson_id, scope=scope)


@query
def list_industry_lessons(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    q: Query | None = None,
    camp_id: CampId | None = None,
    industry: Industry | None = None,
    topic: Topic | None = None,
    state: LessonState | None = None,
) -> Page[IndustryLesson]:
    """List what other industries taught: at one camp, by organisation, industry, topic or state."""
    return list_page(SharedIndustryLessons(reading), paging, scope=scope, q=q, camp_id=camp_id, industry=industry,
                     topics=topic, state=state)  # fmt: skip
