"""A run is a success only if nothing was lost, nothing applied twice, and enough went wrong."""

from collections import Counter
from typing import Any

import pytest

from dev.chaos.comparison import Comparison, Difference
from dev.chaos.injection import InjectedFault
from dev.chaos.record import AcceptedMilestone, Command, Partner, Record
from dev.chaos.report import Report
from dev.chaos.schedule import Fault, Kind
from tests.unit.cli.chaos.test_comparison import found

MILESTONE = AcceptedMilestone(
    id="mst_1",
    title="Milestone 1",
    partner=Partner(id="prt_1", engagement_id="eng_1", measure_id="msr_1", leaders=1),
    day="2026-06-01",
)


def run_faults(kinds: dict[Kind, int]) -> list[InjectedFault]:
    """So many faults of each kind, a second apart."""
    faults = [Fault(at=0, kind=kind, target="camps") for kind, times in kinds.items() for _ in range(times)]
    return [InjectedFault(fault=fault, at=float(number)) for number, fault in enumerate(faults)]


def a_report(**changes: Any) -> Report:
    """A whole run that went well."""
    defaults = {
        "milestones": 1,
        "seconds": 180.0,
        "record": Record(accepted=[MILESTONE], commands=[Command(sent_at=0.0, accepted_at=0.1)]),
        "found": found(),
        "comparison": Comparison(differences=(), mailed_twice=(), never_mailed=()),
        "injected": run_faults(dict.fromkeys(Kind, 5)),
        "under_way": {},
        "load_averages": [1.0],
    }
    return Report(**{**defaults, **changes})


def differing(*, expected: int, there: int) -> Comparison:
    difference = Difference(milestone=MILESTONE, consequence="coaching follow-up", expected=expected, found=there)
    return Comparison(differences=(difference,), mailed_twice=(), never_mailed=())


def test_a_run_that_went_well_has_no_failures() -> None:
    assert a_report().failures() == []


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"comparison": differing(expected=1, there=0)}, "1 lost"),
        ({"comparison": differing(expected=1, there=2)}, "1 applied twice"),
        ({"comparison": Comparison(differences=(), mailed_twice=("<1>",), never_mailed=())}, "1 letters mailed twice"),
        ({"comparison": Comparison(differences=(), mailed_twice=(), never_mailed=("<1>",))}, "1 letters sent that"),
        ({"found": found(dead_letters=2)}, "2 dead letters"),
        ({"record": Record(accepted=[MILESTONE], refused=["412"])}, "1 commands refused"),
        ({"under_way": {"events to publish": 3}}, "not quiet in time: events to publish 3"),
        ({"milestones": 2}, "1 accepted, not 2"),
        ({"injected": run_faults(dict.fromkeys(Kind, 4))}, "32 faults, not 40"),
        ({"injected": run_faults({**dict.fromkeys(Kind, 8), Kind.KILL_BROKER: 2})}, "less than 3 of kill_broker"),
    ],
)
def test_one_thing_wrong_is_one_failure_that_names_it(changes: dict[str, Any], failure: str) -> None:
    (said,) = a_report(**changes).failures()

    assert said.startswith(failure)


def test_of_a_short_run_each_kind_once_is_expected() -> None:
    once = run_faults(dict.fromkeys(Kind, 1))

    assert a_report(seconds=45.0, injected=once).failures() == []
    assert a_report(seconds=45.0, injected=once[1:]).failures() == ["7 faults, not 8", "less than 1 of kill"]


def test_recovery_is_from_a_fault_until_a_command_sent_after_it_was_accepted() -> None:
    sent_before = Command(sent_at=9.0, accepted_at=10.5)
    slow, quick = Command(sent_at=10.2, accepted_at=14.0), Command(sent_at=11.0, accepted_at=12.5)

    record = Record(commands=[sent_before, slow, quick])

    assert record.recovery_after(10.0) == 2.5
    assert record.recovery_after(11.5) is None


def test_the_table_tells_what_was_asked_and_what_came_of_it() -> None:
    table = dict(a_report(found=found(letters=Counter(sent=3, uncertain=1), duplicates_suppressed=2)).table())

    assert table["milestones accepted"] == "1, 1 asked for"
    assert table["duplicates suppressed"] == "2"
    assert table["mails to people"] == "sent 3, uncertain 1; 0 mailed twice"
    assert table["faults"].startswith("40: ")
