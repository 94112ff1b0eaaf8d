"""Many data points at once, on the real database: all of them or none, and never before the last part is there."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from chassis.domain.causation import Cause
from services.engagements.use_cases.measurement.batch import _clear_some
from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.measuring import PARTNER_LEAD, WORKED, defined, hear_all, recorded, signals

FIRST_WEEK = date(2026, 1, 12)
WOMEN = {"code": "women", "dimension": "sex", "value": "female"}


def weekly(*values: int, **members: Any) -> list[Answer]:
    """One value a week, as members of rows."""
    weeks = (FIRST_WEEK + timedelta(weeks=number) for number in range(len(values)))
    return [{"on": week.isoformat(), "value": value, **members} for week, value in zip(weeks, values, strict=True)]


def sent(engagements: EngagementsHarness, measure: Answer, data_points: list[Answer], **asked: Any) -> Answer:
    return engagements.call("record_data_points", measure_id=measure["id"], data_points=data_points, **asked)


def part(engagements: EngagementsHarness, measure: Answer, number: int, rows: list[Answer], **asked: Any) -> Answer:
    """One part of a file of which more is to come unless told otherwise; its first row is row 2 of the file."""
    numbered = [{"row": at, "members": members} for at, members in enumerate(rows, asked.pop("first_row", 2))]
    usual = {"batch_id": "bat_1", "part": number, "is_last": False, "rows": numbered}
    return engagements.call("receive_data_points", measure_id=measure["id"], **usual | asked)


def points(engagements: EngagementsHarness, measure: Answer) -> list[Answer]:
    found: list[Answer] = engagements.call("list_data_points", measure_id=measure["id"], limit=100)["ok"]["items"]
    return found


def mistakes(answer: Answer) -> list[tuple[str, str]]:
    return [(each["pointer"], each["code"]) for each in answer["fault"]["fields"]]


@pytest.fixture
def measure(engagements: EngagementsHarness) -> Answer:
    return defined(engagements, engagements.active(), strata=[WOMEN])


def test_a_batch_is_one_event_by_which_each_of_its_series_is_judged_once(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    taken = sent(engagements, measure, [*weekly(*WORKED), *weekly(*WORKED, stratum="women")])["ok"]
    hear_all(engagements)

    (event,) = engagements.said("data_point_batch.recorded")
    facts = {name: event["data"][name] for name in ("strata", "has_all_together", "points", "first", "last")}
    assert (taken["rows"], taken["recorded"], taken["refused"]) == (26, 26, 0)
    assert facts == {
        "strata": ["women"], "has_all_together": True, "points": 26, "first": "2026-01-12", "last": "2026-04-06",
    }  # fmt: skip
    assert engagements.said("data_point.recorded") == []
    assert sorted(str(each["data"]["stratum"]) for each in engagements.said("chart.judged")) == ["None", "women"]
    assert [each["stratum"] for each in signals(engagements, measure) if each["rule"] == "shift"] == [None, "women"]


def test_a_batch_says_what_its_data_points_say_one_by_one(engagements: EngagementsHarness, measure: Answer) -> None:
    other = defined(engagements, engagements.active("prt_2"))
    recorded(engagements, other, *WORKED)

    sent(engagements, measure, list(reversed(weekly(*WORKED))))
    hear_all(engagements)

    charts = [engagements.call("show_run_chart", measure_id=each["id"])["ok"] for each in (other, measure)]
    assert charts[0]["judged"] == charts[1]["judged"]


def test_one_mistake_refuses_all_by_row_column_value_and_rule(engagements: EngagementsHarness, measure: Answer) -> None:
    rows = [
        {"on": "2026-02-30", "value": 3},
        {"on": "2026-01-12", "value": "1,5"},
        {"on": "2026-01-19", "value": 4, "stratum": "men"},
        {"on": "2026-01-26", "value": "=1+1"},
        {"on": "2026-02-02", "value": 5},
        {"on": "2026-02-08", "value": 6},
        {"on": "2999-01-01", "value": 6},
        {"on": "2026-02-09", "value": None},
    ]

    answer = sent(engagements, measure, rows)

    assert mistakes(answer) == [
        ("/data_points/0/on", "invalid"),
        ("/data_points/1/value", "invalid"),
        ("/data_points/2/stratum", "unknown"),
        ("/data_points/3/value", "invalid"),
        ("/data_points/5/on", "twice"),
        ("/data_points/6/on", "invalid"),
        ("/data_points/7/value", "invalid"),
    ]
    assert "Row 4, column value: A number such as 12 or 3.5 is expected" in answer["fault"]["message"]
    assert answer["fault"]["fields"][3]["detail"].endswith("got '=1+1'")
    assert "row 5 is of the same" in answer["fault"]["fields"][4]["detail"]
    assert points(engagements, measure) == []
    assert engagements.said("data_point_batch.recorded") == []


def test_a_period_that_has_its_data_point_is_refused(engagements: EngagementsHarness, measure: Answer) -> None:
    recorded(engagements, measure, 12)

    answer = sent(engagements, measure, [{"on": "2026-01-18", "value": 13}, {"on": "2026-01-19", "value": 13}])

    assert mistakes(answer) == [("/data_points/0/on", "taken")]


def test_what_is_invalid_can_be_skipped_and_is_told(engagements: EngagementsHarness, measure: Answer) -> None:
    rows = [{"on": "2026-01-12", "value": 12}, {"on": "2026-01-19", "value": "12 cases"}]

    taken = sent(engagements, measure, rows, skip_invalid=True)["ok"]

    assert (taken["rows"], taken["recorded"], taken["refused"]) == (2, 1, 1)
    assert [(each["row"], each["column"]) for each in taken["mistakes"]] == [(2, "value")]
    assert [each["value"] for each in points(engagements, measure)] == ["12"]


def test_a_dry_run_says_what_would_be_and_records_nothing(engagements: EngagementsHarness, measure: Answer) -> None:
    tried = sent(engagements, measure, weekly(*WORKED), dry_run=True)["ok"]
    refused = sent(engagements, measure, weekly(1, -1) * 2, dry_run=True)

    assert (tried["batch_id"], tried["recorded"], tried["dry_run"]) == (None, 13, True)
    assert [code for _, code in mistakes(refused)] == ["twice", "twice"]
    assert points(engagements, measure) == []


def test_twenty_mistakes_are_told_and_the_number_of_the_rest(engagements: EngagementsHarness, measure: Answer) -> None:
    answer = sent(engagements, measure, [{"on": "2026-01-12", "value": "many"}] * 50)

    assert len(mistakes(answer)) == 20
    assert answer["fault"]["message"].endswith("; and 30 more rows")


@pytest.mark.parametrize("name", ["patient", "nhs_number", "dateOfBirth", "Name", "email-address", "MRN", "ssn"])
def test_what_looks_like_a_persons_is_refused_by_name(
    engagements: EngagementsHarness, measure: Answer, name: str
) -> None:
    several = sent(engagements, measure, [{"on": "2026-01-12", "value": 3}, {"on": "2026-01-19", "value": 3, name: 1}])
    single = engagements.call("record_data_point", measure_id=measure["id"], on="2026-01-12", value=3, **{name: "x"})

    for answer in (several, single):
        assert mistakes(answer) == [(f"/{name}", "of_a_person")]
        assert "Only aggregate data are taken" in answer["fault"]["message"]
    assert points(engagements, measure) == []


def test_an_unknown_or_a_missing_column_is_told_once(engagements: EngagementsHarness, measure: Answer) -> None:
    unknown = sent(engagements, measure, [{"on": "2026-01-12", "value": 3, "ward": 1}] * 30)
    missing = sent(engagements, measure, [{"on": "2026-01-12"}] * 30)

    assert (mistakes(unknown), mistakes(missing)) == ([("/ward", "unknown_column")], [("/value", "missing_column")])


def test_the_parts_of_a_file_count_together_when_the_last_one_is_there(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    rows = weekly(*WORKED)

    first = part(engagements, measure, 1, rows[:7])["ok"]
    hear_all(engagements)
    before = (points(engagements, measure), engagements.said("chart.judged"))
    last = part(engagements, measure, 2, rows[7:], first_row=9, is_last=True)["ok"]
    hear_all(engagements)

    assert (first["batch_id"], first["recorded"]) == (None, 0)
    assert before == ([], [])
    assert (last["batch_id"], last["rows"], last["recorded"]) == ("bat_1", 13, 13)
    assert len(points(engagements, measure)) == 13
    assert [each["rule"] for each in signals(engagements, measure) if each["rule"] == "shift"] == ["shift"]


def test_nobody_reads_or_changes_a_data_point_that_is_still_arriving(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    part(engagements, measure, 1, weekly(12))
    (stored,) = engagements.store.database["data_points"].find()

    shown = engagements.call("show_data_point", data_point_id=stored["_id"])
    withdrawn = engagements.call("withdraw_data_point", data_point_id=stored["_id"], version=1, reason="Not so")
    chart = engagements.call("show_run_chart", measure_id=measure["id"])["ok"]

    assert [each["fault"]["kind"] for each in (shown, withdrawn)] == ["not_found"] * 2
    assert chart["points"] == 0


def test_a_mistake_in_any_part_refuses_the_file_with_the_rows_of_all_parts(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    part(engagements, measure, 1, [*weekly(12), {"on": "2026-01-19", "value": "x"}])
    refused = part(engagements, measure, 2, weekly(13), first_row=4, is_last=True)
    engagements.command("discard_data_points", measure_id=measure["id"], batch_id="bat_1")

    again = part(engagements, measure, 1, weekly(12, 13), batch_id="bat_2", is_last=True)["ok"]

    assert mistakes(refused) == [("/rows/3/value", "invalid"), ("/rows/4/on", "twice")]
    assert "row 2 of batch bat_1, which is arriving, is of the same" in refused["fault"]["fields"][1]["detail"]
    assert again["recorded"] == 2
    assert len(points(engagements, measure)) == 2


def test_a_part_comes_once_in_its_order_and_never_behind_the_end(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    part(engagements, measure, 1, weekly(12), id="key.1")
    repeated = part(engagements, measure, 1, weekly(12), id="key.1")
    too_far = part(engagements, measure, 3, weekly(12))
    engagements.command("discard_data_points", measure_id=measure["id"], batch_id="bat_1")
    too_late = part(engagements, measure, 2, weekly(12))

    assert repeated["repeated"]
    assert [each["fault"]["code"] for each in (too_far, too_late)] == ["part_missing", "batch_not_arriving"]


def test_a_batch_whose_next_part_does_not_come_is_cleared_away(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    part(engagements, measure, 1, weekly(*WORKED))
    rows = engagements.store.database["data_points"]

    engagements.it_becomes(engagements.store.clock() + timedelta(minutes=14))
    engagements.instance.clear_batches()
    waiting = rows.count_documents({})
    engagements.it_becomes(engagements.store.clock() + timedelta(minutes=2))
    engagements.instance.clear_batches()

    assert (waiting, rows.count_documents({})) == (13, 0)
    assert part(engagements, measure, 2, weekly(12))["fault"]["code"] == "batch_not_arriving"


def test_a_batch_whose_next_part_came_while_it_was_to_be_cleared_goes_on(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    part(engagements, measure, 1, weekly(12))

    engagements.store.transact(partial(_clear_some, "bat_1"), cause=Cause(correlation_id="req_test"))

    assert part(engagements, measure, 2, weekly(12, 13)[1:], is_last=True)["ok"]["recorded"] == 2


def test_a_file_that_was_only_tried_in_parts_leaves_nothing(engagements: EngagementsHarness, measure: Answer) -> None:
    rows = weekly(*WORKED)
    part(engagements, measure, 1, rows[:7], dry_run=True)
    tried = part(engagements, measure, 2, rows[7:], first_row=9, is_last=True, dry_run=True)["ok"]
    engagements.instance.clear_batches()

    assert (tried["batch_id"], tried["recorded"]) == (None, 13)
    assert engagements.store.database["data_points"].count_documents({}) == 0
    assert engagements.said("data_point_batch.recorded") == []


def test_a_measure_that_is_retired_while_its_file_arrives_takes_none_of_it(
    engagements: EngagementsHarness, measure: Answer
) -> None:
    part(engagements, measure, 1, weekly(12))
    engagements.command("retire_measure", measure_id=measure["id"], version=1, reason="Not needed")

    answer = part(engagements, measure, 2, weekly(12, 13)[1:], is_last=True)

    assert answer["fault"]["code"] == "measure_not_in_use"
    assert points(engagements, measure) == []


def test_nobody_sends_a_batch_for_another_partner(engagements: EngagementsHarness, measure: Answer) -> None:
    asked = {"measure_id": measure["id"], "data_points": weekly(1)}

    assert engagements.call("record_data_points", PARTNER_LEAD, **asked)["fault"]["kind"] == "not_found"


def test_a_part_is_of_the_measure_that_its_batch_is_of(engagements: EngagementsHarness, measure: Answer) -> None:
    other = defined(engagements, engagements.active("prt_2"))
    part(engagements, measure, 1, weekly(12))

    sent_to_another = part(engagements, other, 2, weekly(12), is_last=True)
    discarded = engagements.call("discard_data_points", measure_id=other["id"], batch_id="bat_1")

    assert [each["fault"]["kind"] for each in (sent_to_another, discarded)] == ["not_found"] * 2
