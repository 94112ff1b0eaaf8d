"""What an import asks of the gateway, and what it makes of the answers."""

from collections.abc import Callable
from typing import Any

import pytest

from cli.connection.api import Api, Refused, Response, Unreachable
from cli.imports.history_api import HistoryApi, key_of
from cli.imports.likeness import differing, is_like
from cli.imports.mistakes import CannotBeImported, Place
from cli.imports.records import Record
from cli.imports.report import CHANGED, DIFFERS, LEFT, MADE, Report
from cli.imports.waiting import Waiting

MILESTONE = Record(
    place=Place(file="milestones.csv", row=4), members={"due_on": "2025-01-01", "reached": {"evidence": ""}}
)
ROWS = [Record(place=Place(file="data-points/bundle.csv", row=row), members={"value": "7"}) for row in (9, 12)]


class Answers(Api):
    """A gateway that gives these answers one after another, and keeps what was asked."""

    answers: list[Any]
    asked: list[Any]

    def call(self, method: str, path: str, *, body: Any = None, headers: Any = None) -> Response:
        self.asked.append((method, path, body, headers))
        return self._next()

    def post_file(self, path: str, content: bytes, media_type: str, **headers: str) -> Response:
        self.asked.append((media_type, path, content, headers))
        return self._next()

    def _next(self) -> Response:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Response(status=200, headers={}, body=answer)


def answering(*answers: Any) -> tuple[HistoryApi, list[Any]]:
    """An API that gives these answers, and what it is asked."""
    asked: list[Any] = []
    gateway = type("Answering", (Answers,), {"answers": list(answers), "asked": asked})
    return HistoryApi(api=gateway(gateway="http://gateway.invalid", token="t"), pause=lambda _: None), asked


def refusal(status: int, *errors: dict[str, str], detail: str = "No") -> Refused:
    return Refused(status, {"code": "no", "detail": detail, "errors": list(errors)})


def told(ask: Callable[[], Any]) -> list[str]:
    with pytest.raises(CannotBeImported) as found:
        ask()
    return [str(each) for each in found.value.mistakes]


def test_each_command_is_history_and_has_the_key_of_its_content() -> None:
    api, asked = answering({"id": "mst_1"}, {"id": "mst_1"}, {"id": "mst_1"})

    api.create("/v1/milestones", {"title": "A"}, record=MILESTONE)
    api.create("/v1/milestones", {"title": "A"}, record=MILESTONE)
    api.create("/v1/milestones", {"title": "B"}, record=MILESTONE)

    headers = [each[3] for each in asked]
    assert {each["Entered_As"] for each in headers} == {"history"}
    assert headers[0]["Idempotency_Key"] == headers[1]["Idempotency_Key"] != headers[2]["Idempotency_Key"]


def test_a_transition_asked_of_another_version_is_another_command() -> None:
    api, asked = answering({}, {})

    for version in (3, 4):
        api.transition("/v1/milestones/mst_1", "reached", {}, version=version, record=MILESTONE, section="/reached")

    assert [each[3]["If_Match"] for each in asked] == ['"3"', '"4"']
    assert len({each[3]["Idempotency_Key"] for each in asked}) == 2


def test_a_key_is_one_that_the_gateway_takes() -> None:
    assert len(key_of("/v1/x" * 100, {"a": "ö"})) <= 128
    assert set(key_of("/v1/x", {})) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_milestone_that_waits_for_data_is_given_time_to_be_proposed() -> None:
    """Data are judged a moment after they came."""
    milestone = Record(place=MILESTONE.place, members={"evidence_rule": {}, "reached": {}})
    api, asked = answering({"state": "planned"}, {"state": "planned"}, {"state": "proposed"})

    Waiting(api=api).for_proposal("/v1/milestones/mst_1", milestone)

    assert len(asked) == 3


def test_a_milestone_that_is_never_proposed_is_not_waited_for_for_ever() -> None:
    milestone = Record(place=MILESTONE.place, members={"evidence_rule": {}, "reached": {}})
    api, asked = answering(*[{"state": "planned"}] * 40)
    seconds = iter(range(100))

    Waiting(api=api, now=lambda: next(seconds)).for_proposal("/v1/milestones/mst_1", milestone)

    assert len(asked) == 30


@pytest.mark.parametrize("members", [{"reached": {}}, {"evidence_rule": {}, "reached": {"despite": "Seen"}}])
def test_a_milestone_that_a_persons_word_is_enough_for_waits_for_no_data(members: dict[str, Any]) -> None:
    api, asked = answering()

    Waiting(api=api).for_proposal("/v1/milestones/mst_1", Record(place=MILESTONE.place, members=members))

    assert asked == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_is_away_for_a_moment_is_asked_again(status: int) -> None:
    api, asked = answering(refusal(status), refusal(status), {"id": "mst_1"})

    assert api.create("/v1/milestones", {}, record=MILESTONE) == {"id": "mst_1"}
    assert len({each[3]["Idempotency_Key"] for each in asked}) == 1


def test_what_another_service_has_not_heard_of_yet_is_waited_for() -> None:
    api, _ = answering(refusal(422, {"pointer": "/lead_coach_id", "code": "unknown", "detail": "Soon"}), {"id": "x"})

    assert api.create("/v1/engagements", {}, record=MILESTONE) == {"id": "x"}


def test_a_member_refused_is_named_by_file_row_and_column() -> None:
    api, _ = answering(refusal(422, {"pointer": "/due_on", "code": "in_the_past", "detail": "A later day is expected"}))

    said = told(lambda: api.create("/v1/milestones", {}, record=MILESTONE))

    assert said == ["milestones.csv, row 4, column due_on: '2025-01-01': A later day is expected"]


def test_a_member_of_a_transition_is_named_by_its_column() -> None:
    api, _ = answering(refusal(422, {"pointer": "/despite", "code": "required", "detail": "A reason is expected"}))

    said = told(lambda: api.transition("/v1/milestones/mst_1", "reached", {}, version=1, record=MILESTONE,
                                       section="/reached"))  # fmt: skip

    assert said == ["milestones.csv, row 4, column reached.despite: A reason is expected"]


def test_a_refusal_without_a_member_names_the_row() -> None:
    api, _ = answering(refusal(409, detail="milestone mst_1 was dropped"))

    said = told(lambda: api.create("/v1/milestones", {}, record=MILESTONE))

    assert said == ["milestones.csv, row 4: 409 no: milestone mst_1 was dropped"]


def test_a_stratum_of_a_measure_is_named_where_it_stands() -> None:
    stratum = Record(place=Place(file="strata.csv", row=3), members={"code": "women"})
    measure = Record(place=Place(file="measures.csv", row=2), members={}).with_parts("strata", [stratum])
    api, _ = answering(
        refusal(422, {"pointer": "/strata/0/code", "code": "twice", "detail": "Another code is expected"})
    )

    said = told(lambda: api.create("/v1/measures", {}, record=measure))

    assert said == ["strata.csv, row 3, column code: 'women': Another code is expected"]


def test_a_row_of_data_that_was_sent_is_named_by_its_row_in_the_file() -> None:
    """Those that were there already are not sent: the second row that was is not the second row of the file."""
    api, _ = answering(
        refusal(
            422, {"pointer": "/rows/3/value", "code": "not_a_count", "detail": "Row 3, column value: A whole number"}
        )
    )
    file = Record(place=Place(file="data-points/bundle.csv"), members={})

    said = told(lambda: api.send_file("/v1/x", b"", record=file, rows=ROWS))

    assert said == ["data-points/bundle.csv, row 12, column value: '7': A whole number"]


def test_a_file_that_was_discarded_is_sent_under_the_next_key_the_same_one_each_time() -> None:
    """It broke off, and the next part did not come for fifteen minutes: its first key is of no use any more."""
    discarded = Refused(409, {"code": "batch_not_arriving", "detail": "It is discarded"})
    api, asked = answering(discarded, {}, discarded, {})

    for _ in range(2):
        api.send_file("/v1/x", b"on,value", record=MILESTONE, rows=ROWS)

    first, second, first_again, second_again = [each[3]["Idempotency_Key"] for each in asked]
    assert (first, second) == (first_again, second_again)
    assert first != second


def test_a_gateway_that_is_gone_is_named_with_how_far_the_import_came() -> None:
    api, _ = answering(Unreachable("http://gateway.invalid does not answer"))

    with pytest.raises(CannotBeImported) as found:
        api.create("/v1/milestones", {}, record=MILESTONE)

    assert "the same command goes on from there" in str(found.value)
    assert "milestones.csv, row 4: http://gateway.invalid does not answer" in str(found.value)


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("12.50", "12.5"),
        (12, "12"),
        ("2025-03-31T14:00:00+02:00", "2025-03-31T12:00:00.000Z"),
        ("SE", "se"),
        ({"a": 1}, {"a": 1, "b": 2}),
        ([{"a": "1.0"}], [{"a": "1", "b": None}]),
    ],
)
def test_what_is_written_otherwise_and_means_the_same_is_alike(given: Any, seen: Any) -> None:
    assert is_like(given, seen)


@pytest.mark.parametrize(
    ("given", "seen"),
    [("12.5", "12.51"), ([1], [1, 2]), ({"a": 1}, {"a": 2}), ("2025-03-31", "2025-04-01"), ("1", None)],
)
def test_what_means_something_else_is_not_alike(given: Any, seen: Any) -> None:
    assert not is_like(given, seen)


def test_only_members_that_are_shown_can_differ() -> None:
    assert list(differing({"title": "A", "same_name_is_meant": True}, {"title": "B"})) == ["title"]


def test_an_import_says_what_it_did_and_whether_anything_is_otherwise() -> None:
    lines: list[str] = []
    report = Report(print_line=lines.append, is_trial=False)
    report.note(MADE, MILESTONE, "24 data points", count=24)
    report.note(LEFT, MILESTONE)
    assert report.finish() == 0
    report.note(DIFFERS, MILESTONE, "title, of mst_1")

    assert report.finish() == 3
    assert lines[0] == "made              milestones.csv, row 4: 24 data points"
    assert lines[-1] == ("import: 24 made, 0 changed, 1 left as they are, 1 on record otherwise than in the files, and "
                         "left so")  # fmt: skip


def test_a_trial_says_what_would_be() -> None:
    lines: list[str] = []
    report = Report(print_line=lines.append, is_trial=True)
    report.note(CHANGED, MILESTONE, "reached")
    report.finish()

    assert lines[0] == "would be changed  milestones.csv, row 4: reached"
    assert "1 would be changed" in lines[-1]
