"""A batch of data points that came together: taken whole, or not at all, unless it was asked to leave mistakes out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, FieldError, Invalid
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.engagements.events import batch as events
from services.engagements.model.measurement.data_point import DataPoint
from services.engagements.model.measurement.measure import Measure

MOST_TOLD = 20
"""Mistakes that are told; of more only the number is."""
MOST_ROWS = 100_000
"""Rows of one batch, whichever way they come."""
WAITS_FOR = timedelta(minutes=15)
"""How long the next part of a batch is waited for; then it is discarded."""


class BatchState(StrEnum):
    """Whether the data points of a batch count."""

    ARRIVING = "arriving"
    RECORDED = "recorded"
    DISCARDED = "discarded"


ARRIVING, RECORDED, DISCARDED = BatchState
NOTHING_COUNTED = "Nothing of it ever counted; what was sent can be sent again."
ONE_BY_ONE = "Each data point is corrected or withdrawn by itself, with a reason of its own."
_batch = partial(Transition, aggregate="data_point_batch")
BATCH_TRANSITIONS = (
    _batch(operation="record_data_points", from_states=(), to=(RECORDED,), way_back=ONE_BY_ONE),
    _batch(operation="receive_data_points", from_states=(), to=(ARRIVING, RECORDED), way_back="discard_data_points"),
    _batch(operation="receive_data_points", from_states=(ARRIVING,), to=(ARRIVING, RECORDED), way_back=ONE_BY_ONE),
    _batch(operation="discard_data_points", from_states=(ARRIVING,), to=(DISCARDED,), way_back=NOTHING_COUNTED),
    _batch(operation="clear_batches", from_states=(ARRIVING,), to=(DISCARDED,), way_back=NOTHING_COUNTED),
)


class BatchNotArriving(Conflict):
    """A batch that was recorded or discarded takes no more rows; send it again under another key."""


class PartMissing(Conflict):
    """The parts of a batch come one after another."""


class TooManyRows(Invalid):
    """A batch has at most 100,000 rows."""


class NoRows(Invalid):
    """A batch has at least one row."""


class MistakesInRows(Invalid):
    """Some rows cannot be taken, and so none was."""


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is wrong with a row: in which column, if in one, by which rule, and what would be right."""

    row: int
    column: str | None
    code: str
    detail: str

    def in_words(self) -> str:
        """Say it with its row and column."""
        where = f"Row {self.row}, column {self.column}" if self.column else f"Row {self.row}"
        return f"{where}: {self.detail}"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a request its rows are: a pointer's beginning, and the number that a pointer has for row 1."""

    prefix: str
    row_1: int

    def of(self, mistake: Mistake) -> str:
        """Point to the row of a mistake, or to its column."""
        row = f"{self.prefix}/{mistake.row - 1 + self.row_1}"
        return f"{row}/{mistake.column}" if mistake.column else row


IN_JSON, IN_FILE = Place(prefix="/data_points", row_1=0), Place(prefix="/rows", row_1=1)
"""A pointer into JSON counts from 0; into a file, as a spreadsheet numbers its rows."""


@dataclass(kw_only=True)
class DataPointBatch(Aggregate):
    """Data points that came together, perhaps in parts; they count once it is recorded, all at the same moment.

    `parts` is how many came so far. `mistakes` are the first of those in the rows that were `refused`; of the rest only
    the number is known. `first` and `last` are the first days of the earliest and the latest period.
    """

    lifecycle = BATCH_TRANSITIONS
    measure_id: str
    engagement_id: str
    partner_id: str
    recorded_by: str
    state: BatchState = ARRIVING
    skip_invalid: bool = False
    parts: int = 0
    rows: int = 0
    points: int = 0
    refused: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    strata: list[str] = field(default_factory=list)
    has_all_together: bool = False
    first: date | None = None
    last: date | None = None
    clears_at: datetime | None = field(default=None, metadata=INTERNAL)
    """When its rows are to be cleared away unless it was recorded by then; None when nothing is to be cleared."""

    @classmethod
    def begin(cls, measure: Measure, *, id: str, by: str, skip_invalid: bool) -> "DataPointBatch":
        """Begin a batch for a measure that is in use; raises MeasureNotInUse."""
        measure.must_be_in_use()
        return cls(id=id, measure_id=measure.id, engagement_id=measure.engagement_id, partner_id=measure.partner_id,
                   recorded_by=by, skip_invalid=skip_invalid)  # fmt: skip

    def take_part(self, number: int, points: Iterable[DataPoint], mistakes: list[Mistake], *, at: datetime) -> None:
        """Take what could be read of the next part, and what could not; raises BatchNotArriving, PartMissing.

        And TooManyRows, when there are more than a batch may have.
        """
        self._must_allow("receive_data_points")
        if number != self.parts + 1:
            raise PartMissing(f"part {self.parts + 1} of batch {self.id} is expected; got {number}")
        self.parts, self.clears_at = number, at + WAITS_FOR
        for point in points:
            self._count(point)
        self.refused += len({each.row for each in mistakes})
        self.rows = self.points + self.refused
        self.mistakes = [*self.mistakes, *mistakes][:MOST_TOLD]
        if self.rows > MOST_ROWS:
            raise TooManyRows(f"a batch has at most {MOST_ROWS} rows; divide it")

    def finish(self, *, place: "Place", dry_run: bool) -> None:
        """Have its data points count, all at once, unless this only tries.

        Raises NoRows, and MistakesInRows where it is all or nothing, which point to the rows in their place.
        """
        self._must_allow("receive_data_points")
        if not self.rows:
            raise NoRows.at(place.prefix, "empty", "At least one row is expected; got none")
        if self.refused and not self.skip_invalid:
            raise self.refusal(place)
        self.clears_at = None
        if dry_run or not self.points or self.first is None or self.last is None:
            return
        self.state = RECORDED
        self.record(
            events.DataPointBatchRecorded(
                batch_id=self.id,
                measure_id=self.measure_id,
                engagement_id=self.engagement_id,
                partner_id=self.partner_id,
                strata=self.strata,
                has_all_together=self.has_all_together,
                points=self.points,
                first=self.first,
                last=self.last,
            )
        )

    def discard(self, operation: str, *, at: datetime) -> None:
        """Give it up; its rows, which count for nothing, are cleared away from now on. Raises BatchNotArriving."""
        self._must_allow(operation)
        self.state, self.clears_at = DISCARDED, at

    def note_cleared(self) -> None:
        """Note that none of its rows is left."""
        self.clears_at = None

    def refusal(self, place: "Place") -> MistakesInRows:
        """Give the refusal of all, with the first mistakes and the number of the rest."""
        told = [each.in_words() for each in self.mistakes]
        rest = self.refused - len({each.row for each in self.mistakes})
        more = [f"and {rest} more rows"] if rest > 0 else []
        fields = [FieldError(pointer=place.of(each), code=each.code, detail=each.in_words()) for each in self.mistakes]
        return MistakesInRows("; ".join([*told, *more]), fields=fields)

    def _count(self, point: DataPoint) -> None:
        self.points += 1
        self.first = min(self.first or point.period, point.period)
        self.last = max(self.last or point.period, point.period)
        if point.stratum is None:
            self.has_all_together = True
        elif point.stratum not in self.strata:
            self.strata.append(point.stratum)

    def _must_allow(self, operation: str) -> None:
        about = f"data point batch {self.id} is {self.state}"
        refuse_unless_possible(BATCH_TRANSITIONS, operation, state=self.state, about=about, otherwise=BatchNotArriving)
