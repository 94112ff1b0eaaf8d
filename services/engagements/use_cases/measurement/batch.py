"""What one can have done with many data points at once: all of them or none, unless mistakes are to be left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from chassis.domain.errors import Invalid
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command
from services.engagements.model.engagement import Engagement
from services.engagements.model.measurement.batch import IN_FILE, IN_JSON, BatchState, DataPointBatch, Mistake, Place
from services.engagements.model.measurement.data_point import DataPoint
from services.engagements.model.measurement.measure import Measure
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.measurement import DataPointBatches, DataPoints, Holder, Measures
from services.engagements.schemas.measurement import BatchId, DataPointRows, FileRows, MeasureId, PartNumber
from services.engagements.use_cases.measurement.rows import GivenRow, given_rows

CLEARED_AT_ONCE = 5000
THERE_ALREADY = "it has a data point already"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of a batch of data points: how many count from now on, and what was wrong with the others.

    `batch_id` is null where nothing was recorded: by a dry run, or while parts of it are still to come.
    """

    batch_id: str | None
    measure_id: str
    dry_run: bool
    rows: int
    recorded: int
    refused: int
    mistakes: list[Mistake]


@command
def record_data_points(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    data_points: DataPointRows,
    dry_run: bool = False,
    skip_invalid: bool = False,
) -> Taken:
    """Record what was measured in many periods: all of it or nothing, unless what is invalid is to be skipped.

    As `text/csv` with the columns on, value, denominator and stratum, or as `application/x-ndjson`, there may be
    100,000 rows; then `dry_run` and `skip_invalid` stand in the query. Aggregate data, never about one person.
    """
    rows = [{"row": at, "members": members} for at, members in enumerate(data_points, 1)]
    batch = _received(uow, scope, measure_id, uow.new_id("bat"), 1, rows, skip_invalid=skip_invalid, writes=not dry_run)
    return _finished(uow, batch, place=IN_JSON, dry_run=dry_run)


@command
def receive_data_points(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    batch_id: BatchId,
    part: PartNumber,
    is_last: bool,
    rows: FileRows,
    dry_run: bool = False,
    skip_invalid: bool = False,
) -> Taken:
    """Receive the next rows of a file: none of them counts before the last part is there, and then all do."""
    is_whole = is_last and part == 1
    batch = _received(uow, scope, measure_id, batch_id, part, rows, skip_invalid=skip_invalid,
                      writes=not (dry_run and is_whole), in_parts=not is_whole)  # fmt: skip
    if is_last:
        return _finished(uow, batch, place=IN_FILE, dry_run=dry_run)
    return _taken(DataPointBatches(uow).save(batch), dry_run=dry_run)


@command
def discard_data_points(uow: UnitOfWork, scope: Scope, *, measure_id: MeasureId, batch_id: BatchId) -> Taken:
    """Give up a batch of which not all parts came, or that was only tried."""
    batch = DataPointBatches(uow).of_measure(batch_id, measure_id, scope=scope)
    batch.discard("discard_data_points", at=uow.now)
    return _taken(DataPointBatches(uow).save(batch), dry_run=False)


def clear_batches(*, store: Store, claims: Claims) -> None:
    """Discard the batches whose next part does not come, and clear away the rows of those that are discarded."""
    claims.process_ready(
        lambda: DataPointBatches.backlog.as_of(store.clock()), partial(_clear, store), sort="clears_at"
    )


def _clear(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_clear_some, claimed.id), cause=claimed.cause)
    return True


def _clear_some(batch_id: str, uow: UnitOfWork) -> None:
    """Look again: its next part may have come since."""
    batch = DataPointBatches(uow).get(batch_id, scope=PLATFORM)
    if batch.clears_at is None or batch.clears_at > uow.now:
        return
    if batch.state is BatchState.ARRIVING:
        batch.discard("clear_batches", at=uow.now)
    if DataPoints(uow).clear(batch.id, most=CLEARED_AT_ONCE):
        batch.note_cleared()
    DataPointBatches(uow).save(batch)


def _received(
    uow: UnitOfWork,
    scope: Scope,
    measure_id: str,
    batch_id: str,
    part: int,
    rows: list[dict[str, Any]],
    *,
    skip_invalid: bool,
    writes: bool,
    in_parts: bool = False,
) -> DataPointBatch:
    """Read rows, and store their data points where anything is to be written; raises what refuses the whole."""
    measure = Measures(uow).get(measure_id, scope=scope)
    engagement = Engagements(uow).get(measure.engagement_id, scope=PLATFORM)
    engagement.must_be_open()
    batch = _batch(uow, scope, measure, batch_id, part, skip_invalid=skip_invalid)
    given, mistakes = given_rows(rows)
    points, refused = _data_points(uow, scope, measure, engagement, given)
    found = sorted([*mistakes, *refused], key=lambda each: each.row)
    batch.take_part(part, [point for _, point in points], found, at=uow.now)
    if in_parts:
        for row, point in points:
            point.arrive_with(batch.id, row=row)
    if writes and points:
        DataPoints(uow).add_all([point for _, point in points])
    return batch


def _batch(
    uow: UnitOfWork, scope: Scope, measure: Measure, batch_id: str, part: int, *, skip_invalid: bool
) -> DataPointBatch:
    if part == 1:
        return DataPointBatch.begin(measure, id=batch_id, by=scope.subject, skip_invalid=skip_invalid)
    return DataPointBatches(uow).of_measure(batch_id, measure.id, scope=scope)


def _finished(uow: UnitOfWork, batch: DataPointBatch, *, place: Place, dry_run: bool) -> Taken:
    """Have all count, or say of a trial what would; the rows of one that came in parts are cleared away."""
    batch.finish(place=place, dry_run=dry_run)
    if dry_run and batch.parts > 1:
        batch.discard("discard_data_points", at=uow.now)
    if not dry_run or batch.parts > 1:
        DataPointBatches(uow).save(batch)
    return _taken(batch, dry_run=dry_run)


def _taken(batch: DataPointBatch, *, dry_run: bool) -> Taken:
    is_recorded = batch.state is BatchState.RECORDED
    return Taken(
        batch_id=batch.id if is_recorded else None,
        measure_id=batch.measure_id,
        dry_run=dry_run,
        rows=batch.rows,
        recorded=batch.points if is_recorded or dry_run else 0,
        refused=batch.refused,
        mistakes=batch.mistakes,
    )


def _data_points(
    uow: UnitOfWork, scope: Scope, measure: Measure, engagement: Engagement, given: list[GivenRow]
) -> tuple[list[tuple[int, DataPoint]], list[Mistake]]:
    """Make a data point of each row for which its period is free, and say of the others why not."""
    points: list[tuple[int, DataPoint]] = []
    mistakes: list[Mistake] = []
    today = engagement.today(uow.now)
    for each in given:
        try:
            point = DataPoint.of_batch(measure, id=uow.new_id("dpt"), by=scope.subject, at=uow.now, today=today,
                                       **vars(each.given))  # fmt: skip
        except Invalid as error:
            mistakes.extend(_mistakes(each.row, error))
        else:
            points.append((each.row, point))
    taken = dict(_taken_periods(uow, measure, points))
    mistakes.extend(taken.values())
    return [(row, point) for row, point in points if row not in taken], mistakes


def _mistakes(row: int, error: Invalid) -> Iterator[Mistake]:
    for each in error.fields:
        yield Mistake(row=row, column=each["pointer"].lstrip("/"), code=each["code"], detail=each["detail"])


def _taken_periods(
    uow: UnitOfWork, measure: Measure, points: list[tuple[int, DataPoint]]
) -> Iterator[tuple[int, Mistake]]:
    """Yield the rows whose period another row, or a data point that is there already, holds."""
    by_stratum = sorted(points, key=lambda each: each[1].stratum or "")
    for stratum, together in groupby(by_stratum, key=lambda each: each[1].stratum):
        of_series = list(together)
        holders = _holders(uow, measure.id, stratum, of_series)
        for row, point in of_series:
            if point.period in holders:
                yield row, _period_taken(row, point, holders[point.period])
            holders.setdefault(point.period, f"row {row} is of the same")


def _holders(
    uow: UnitOfWork, measure_id: str, stratum: str | None, points: list[tuple[int, DataPoint]]
) -> dict[date, str]:
    """Say of the periods that are held by what; the rows of a discarded batch give way."""
    repository, batches = DataPoints(uow), _Batches(uow)
    holders = repository.holders(measure_id, stratum, [point.period for _, point in points])
    discarded = [each.period for each in holders if batches.is_in(BatchState.DISCARDED, each)]
    if discarded:
        repository.give_way(measure_id, stratum, discarded)
    arriving = {each.period: _arriving(each) for each in holders if batches.is_in(BatchState.ARRIVING, each)}
    there = {each.period: THERE_ALREADY for each in holders}
    return {period: by for period, by in {**there, **arriving}.items() if period not in discarded}


def _arriving(holder: Holder) -> str:
    return f"row {holder.arrived_as} of batch {holder.arrived_with}, which is arriving, is of the same"


class _Batches:
    """The batches that hold periods, each asked for once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._batches = DataPointBatches(uow)
        self._states: dict[str, BatchState] = {}

    def is_in(self, state: BatchState, holder: Holder) -> bool:
        """Whether what holds a period is of a batch in this state."""
        batch_id = holder.arrived_with
        if batch_id is None:
            return False
        if batch_id not in self._states:
            self._states[batch_id] = self._batches.get(batch_id, scope=PLATFORM).state
        return self._states[batch_id] is state


def _period_taken(row: int, point: DataPoint, by: str) -> Mistake:
    whose = f"stratum '{point.stratum}'" if point.stratum else "all together"
    code = "taken" if by == THERE_ALREADY else "twice"
    return Mistake(row=row, column="on", code=code, detail=f"One row for each period is expected; of the period from "
                   f"{point.period} of {whose}, {by}")  # fmt: skip
