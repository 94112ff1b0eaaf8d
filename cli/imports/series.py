"""Sends the data points of a measure: those whose periods have none yet, all at once."""

from datetime import date
from typing import Any

from cli.imports.data_points import DataPointFile, Series, as_csv
from cli.imports.history_api import HistoryApi
from cli.imports.likeness import is_like
from cli.imports.records import Record
from cli.imports.report import DIFFERS, LEFT, MADE, Report
from services.engagements.model.measurement.periods import period_of

PAGE = 100
PROGRESS = 10_000
"""After how many data points that are there a line says so; ten seconds or less."""
SHOWN = ("value", "denominator")


def send_data_points(api: HistoryApi, file: DataPointFile, *, measure_id: str | None, report: Report) -> None:
    """Send what is not there yet; what is there otherwise is told, and left. Raises CannotBeImported."""
    there = _there(api, file, measure_id, report) if measure_id else {}
    missing = [row for row in file.rows if file.series(row) not in there]
    _compare(file, there, report)
    about = Record(place=file.place, members=file.measure.members)
    if missing:
        if not report.is_trial:
            report.print_line(f"{file.place}: {len(missing):,} data points are sent…")
            path = f"/v1/measures/{measure_id}/data-point-batches"
            api.send_file(path, as_csv(missing), record=Record(place=file.place, members={}), rows=missing)
        report.note(MADE, about, f"{len(missing):,} data points", count=len(missing))


def _compare(file: DataPointFile, there: dict[Series, Any], report: Report) -> None:
    for row in file.rows:
        known = there.get(file.series(row))
        if known is None:
            continue
        if why := _difference(row, known):
            report.note(DIFFERS, row, f"{why}, of {known['id']}")
        else:
            report.note(LEFT, row)


def _difference(row: Record, known: Any) -> str | None:
    """Say how a data point on record differs; one whose value is not shown cannot be compared."""
    if known["state"] != "recorded":
        return f"it is {known['state']}"
    if known["is_suppressed"]:
        return None
    different = [name for name in SHOWN if not is_like(row.members.get(name), known[name])]
    return ", ".join(f"{name} {known[name]}" for name in different) or None


def _there(api: HistoryApi, file: DataPointFile, measure_id: str, report: Report) -> dict[Series, Any]:
    """Give the data points of a measure by period and stratum, withdrawn ones too: they hold their periods."""
    there: dict[Series, Any] = {}
    cursor: str | None = None
    while True:
        page = api.get(f"/v1/measures/{measure_id}/data-points", limit=PAGE, cursor=cursor)
        for each in page["items"]:
            there[period_of(date.fromisoformat(each["period"]), file.frequency), each["stratum"]] = each
        if there and len(there) % PROGRESS == 0:
            report.print_line(f"{file.place}: {len(there):,} data points that are there are compared…")
        cursor = page["next_cursor"]
        if cursor is None:
            return there
