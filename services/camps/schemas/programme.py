"""The types of arguments and of fields of events about sessions and the programme; each validates its values."""

from typing import Annotated, Any, TypedDict

from marshmallow import fields as marshmallow_fields
from marshmallow import post_load, validate

from chassis.schemas.fields import Choice, Count, Day, Id, Instant, Line, Text, Unique, WallTime
from chassis.schemas.messages import Request
from services.camps.model.programme.conflicts import Unavailable
from services.camps.model.programme.session_content import Material, SessionKind
from services.camps.model.programme.slots import Room, Slot

MOST_PRESENTERS, MOST_MATERIALS, LONGEST_SESSION = 20, 20, 480
MOST_ROOMS, MOST_SLOTS, MOST_TIMES = 100, 500, 50


class WebAddress(Line):
    """The address of something on the web: http or https, and nothing else that a reader's program could run."""

    pattern = r"^https?://[^\s/?#@]+([/?#]\S*)?$"
    format = "uri"
    expected = "An address that begins with https:// or http:// is expected."
    example = "https://example.org/huddles.pdf"

    def __init__(self, **kwargs: Any) -> None:
        """Take up to 1000 characters."""
        super().__init__(longest=1000, **kwargs)


class MaterialOf(Request):
    """Something to read or to see with a session."""

    title = Line(longest=200, required=True, example="How we began")
    url = WebAddress(required=True)

    @post_load
    def material(self, found: dict[str, Any], **_: Any) -> Material:
        """Give it as the model has it."""
        return Material(**found)


class RoomOf(Request):
    """A room at a camp."""

    name = Line(longest=100, required=True, example="Harbour")
    capacity = Count(least=1, most=10_000, required=True, example=80)

    @post_load
    def room(self, found: dict[str, Any], **_: Any) -> Room:
        """Give it as the model has it."""
        return Room(**found)


class SlotOf(Request):
    """A session in a room, on a day, from one hour to another as the clocks at the camp show them."""

    session_id = Id("ses", required=True)
    room = Line(longest=100, required=True, example="Harbour")
    day = Day(required=True, example="2030-07-15")
    starts = WallTime(longest=5, required=True, example="10:00")
    ends = WallTime(longest=5, required=True, example="11:00")

    @post_load
    def slot(self, found: dict[str, Any], **_: Any) -> Slot:
        """Give it as the model has it."""
        return Slot(**found)


class UnavailableOf(Request):
    """A time at which somebody cannot present."""

    starts_at = Instant(required=True, example="2030-07-15T12:00:00Z")
    ends_at = Instant(required=True, example="2030-07-15T14:00:00Z")

    @post_load
    def unavailable(self, found: dict[str, Any], **_: Any) -> Unavailable:
        """Give it as the model has it."""
        return Unavailable(**found)


Rooms = Annotated[
    list[Room], marshmallow_fields.List(marshmallow_fields.Nested(RoomOf), validate=validate.Length(0, MOST_ROOMS))
]
Slots = Annotated[
    list[Slot], marshmallow_fields.List(marshmallow_fields.Nested(SlotOf), validate=validate.Length(0, MOST_SLOTS))
]
Times = Annotated[
    list[Unavailable],
    Unique(
        marshmallow_fields.Nested(UnavailableOf),
        validate=validate.Length(0, MOST_TIMES),
        metadata={"examples": [[{"starts_at": "2030-07-15T12:00:00Z", "ends_at": "2030-07-15T14:00:00Z"}]]},
    ),
]
WarningKeys = Annotated[
    list[str],
    Unique(
        Line(longest=300, example="unconfirmed:ses_01k9x3f6y9z7j7n0t5q1r8x4vd"), validate=validate.Length(1, MOST_SLOTS)
    ),
]
ReleaseId = Annotated[str, Id("prl")]
ReleaseNumber = Annotated[int, Count(least=1, example=1)]
SessionId = Annotated[str, Id("ses")]
CycleId = Annotated[str, Id("pds")]
MeasureId = Annotated[str, Id("msr")]
SignalId = Annotated[str, Id("sgn")]
SessionTitle = Annotated[str, Line(longest=200, example="What pilots say before they start")]
KindOfSession = Annotated[SessionKind, Choice(SessionKind, metadata={"examples": ["other_industry"]})]
Abstract = Annotated[str, Text(longest=4000, example="How a crew that has never met agrees who may stop it")]
Presenters = Annotated[list[str], Unique(Id("dlg"), validate=validate.Length(0, MOST_PRESENTERS))]
Minutes = Annotated[int, Count(least=5, most=LONGEST_SESSION, example=45)]
Audience = Annotated[int, Count(least=1, most=10_000, example=60)]
Needs = Annotated[str, Text(longest=1000, example="A screen, and chairs in a circle")]
Materials = Annotated[
    list[Material],
    Unique(marshmallow_fields.Nested(MaterialOf), validate=validate.Length(0, MOST_MATERIALS)),
]
Lesson = Annotated[str, Text(longest=2000, example="A pilot may be told by anybody in the cockpit to stop")]
Hypothesis = Annotated[str, Text(longest=2000, example="Anybody in a theatre who may stop it will see more mistakes")]
IdeaCode = Annotated[str, Line(longest=60)]


class SessionContent(TypedDict, total=False):
    """What is said of a session: the members that are given or changed."""

    kind: KindOfSession
    abstract: Abstract | None
    presenter_ids: Presenters
    minutes: Minutes | None
    expected_audience: Audience | None
    needs: Needs | None
    materials: Materials
    lesson: Lesson | None
    hypothesis: Hypothesis | None
    measure_id: MeasureId | None
    signal_id: SignalId | None


class SessionChanges(SessionContent, total=False):
    """What is changed of a session."""

    title: SessionTitle
