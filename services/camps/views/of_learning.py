"""What one can see of what was learned and promised, for the contents page of the service."""

from services.camps.views import harvest, industry_lessons, learning, linked_harvest

QUERIES = (
    harvest.show_harvest,
    linked_harvest.show_harvest_by_link,
    learning.show_commitment,
    learning.list_commitments,
    learning.show_experience,
    learning.list_experiences,
    learning.show_shared_experience,
    learning.list_shared_experiences,
    industry_lessons.show_industry_lesson,
    industry_lessons.list_industry_lessons,
)
