"""The types of arguments and of fields of events about asks, offers of help and their matches."""

from typing import Annotated, NotRequired, TypedDict

from marshmallow import validate

from chassis.schemas.fields import Id, Language, Line, Text, Unique
from services.camps.model.learning.notice import Visibility
from services.camps.schemas.camp import CampId

MOST_TOPICS = 10


class Tag(Text):
    """A tag: lower-case letters and digits, in words joined by _."""

    pattern = "^[a-z0-9]+(_[a-z0-9]+)*$"
    expected = "Lower-case letters and digits, in words joined by _, are expected."
    example = "safer_care"


AskId = Annotated[str, Id("ask")]
OfferId = Annotated[str, Id("ofr")]
MatchId = Annotated[str, Id("mat")]
Subject = Annotated[str, Line(longest=200, example="How to keep a daily safety huddle alive at night")]
Details = Annotated[str, Text(longest=2000, example="By day it works; at night it is forgotten after some weeks")]
Topic = Annotated[str, Tag(longest=60, example="daily_huddles")]
Topics = Annotated[
    list[str], Unique(Tag(longest=60, example="daily_huddles"), validate=validate.Length(1, MOST_TOPICS))
]
FocusArea = Annotated[str, Tag(longest=60)]
Languages = Annotated[list[str], Unique(Language(longest=20), validate=validate.Length(1, MOST_TOPICS))]


class NoticeSaid(TypedDict):
    """What an ask or an offer says."""

    title: Subject
    text: Details
    topics: Topics
    languages: Languages
    focus_area: NotRequired[FocusArea | None]
    camp_id: NotRequired[CampId | None]
    visibility: NotRequired[Visibility]


class NoticeChanged(TypedDict, total=False):
    """What an ask or an offer says: the members that are to be changed."""

    title: Subject
    text: Details
    topics: Topics
    languages: Languages
    focus_area: FocusArea | None
    camp_id: CampId | None
    visibility: Visibility
