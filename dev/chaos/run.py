"""`./partnerships chaos`: injects faults into an instance while milestones are recorded, and checks the outcome."""

import os
import random
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from pymongo.errors import PyMongoError

from cli.connection.services import services
from cli.demo import story
from cli.local.errors import CannotStart
from cli.local.folder_lock import exclusive_use_of
from cli.local.process import REPOSITORY, append_to
from cli.local.supervisor import raise_on_signals
from dev.chaos.comparison import compare
from dev.chaos.injection import FaultInjector
from dev.chaos.instance import ChaosInstance, chaos_instance_running
from dev.chaos.observation import Observer
from dev.chaos.record import Record
from dev.chaos.report import FULL_RUN_SECONDS, Report
from dev.chaos.schedule import Fault, draw
from dev.chaos.writer import Writer

FOLDER = REPOSITORY / ".local" / "chaos"
FULL_RUN_MILESTONES = 500
WRITER_SPEED_FACTOR = 1.5
"""How much faster the writers go than on average required: outages take some of the time."""
PROGRESS_INTERVAL_SECONDS = 5.0
QUIET_TIMEOUT_SECONDS = 150.0
"""How long to wait after a full run until it is quiet; longer runs may take proportionally longer."""
QUIET_CHECKS = 3
"""Consecutive checks that must find nothing: a message being processed cannot be seen from outside."""
PrintLine = Callable[[str], None]


def chaos(*, seed: int | None, milestones: int | None, minutes: float | None) -> int:
    """Run, print the report, and give an exit code; raises CannotStart."""
    raise_on_signals()
    seed = random.randrange(10_000) if seed is None else seed
    asked, seconds = extent(milestones=milestones, minutes=minutes)
    _print_line(
        f"seed {seed}: `--seed {seed}` repeats it; {asked} milestones in {seconds:.0f} s; all is kept in {FOLDER}"
    )
    try:
        report = run_faults(FOLDER, seed=seed, milestones=asked, seconds=seconds, print_line=_print_line)
    except story.Missing as missing:
        raise CannotStart(f"the instance was not ready before the first fault: {missing}.") from None
    _show(report)
    return 1 if report.failures() else 0


def extent(*, milestones: int | None, minutes: float | None) -> tuple[int, float]:
    """Give the number of milestones and the seconds of a run: 500 in 3 minutes, or at that rate what is given."""
    if minutes is not None:
        seconds = 60 * minutes
        return milestones or round(FULL_RUN_MILESTONES * seconds / FULL_RUN_SECONDS), seconds
    asked = milestones or FULL_RUN_MILESTONES
    return asked, FULL_RUN_SECONDS * max(1.0, asked / FULL_RUN_MILESTONES)


def _show(report: Report) -> None:
    _print_line("")
    for what, value in report.table():
        _print_line(f"  {what:<22} {value}")
    for detail in report.details():
        _print_line(f"  ! {detail}")
    failures = report.failures()
    held = f"nothing lost, nothing applied twice{'' if report.is_whole else ' in this short run'}"
    _print_line(f"\nchaos: FAILED: {'; '.join(failures)}" if failures else f"\nchaos: HELD: {held}")


def run_faults(folder: Path, *, seed: int, milestones: int, seconds: float, print_line: PrintLine) -> Report:
    """Run an instance with its state in `folder`, which is emptied first, and inject faults; raises CannotStart."""
    twice = dict.fromkeys([*services(), "gateway"], 2)
    with exclusive_use_of(folder, print_line=print_line):
        _empty(folder)
        log = append_to(folder / "run.log")
        with chaos_instance_running(
            folder, replicas=twice, print_from=lambda who, line: log(f"{who}: {line}")
        ) as stage:
            return _run_and_evaluate(stage, seed=seed, milestones=milestones, seconds=seconds, print_line=print_line)


def _run_and_evaluate(
    stage: ChaosInstance, *, seed: int, milestones: int, seconds: float, print_line: PrintLine
) -> Report:
    print_line("two processes of each service are running; admitting thirteen partners…")
    partners = stage.partners()
    writer = Writer(stage.instance.api(), partners=partners, per_second=WRITER_SPEED_FACTOR * milestones / seconds)
    fault_injector, observer = stage.fault_injector(), stage.observer()
    faults = draw(seed=seed, seconds=seconds, targets=stage.targets())
    load_averages = _write_while_faults_happen(writer, fault_injector, faults, seconds=seconds, print_line=print_line)
    print_line("no more faults; waiting until all work is finished…")
    within = QUIET_TIMEOUT_SECONDS * max(1.0, seconds / FULL_RUN_SECONDS)
    under_way = _wait_until_quiet(observer, writer.record, within=within)
    found = observer.observe()
    return Report(
        milestones=milestones,
        seconds=seconds,
        record=writer.record,
        found=found,
        comparison=compare(writer.record, found),
        injected=fault_injector.injected,
        under_way=under_way,
        load_averages=load_averages,
    )


def _write_while_faults_happen(
    writer: Writer, fault_injector: FaultInjector, faults: Sequence[Fault], *, seconds: float, print_line: PrintLine
) -> list[float]:
    """Return the load averages of the machine meanwhile."""
    begun, load_averages = time.monotonic(), list[float]()
    with fault_injector.running(faults, begun=begun), writer.running(begun=begun):
        while (left := begun + seconds - time.monotonic()) > 0:
            time.sleep(min(left, PROGRESS_INTERVAL_SECONDS))
            load_averages.append(os.getloadavg()[0])
            print_line(_progress(time.monotonic() - begun, writer.record, fault_injector, load_averages[-1]))
    return load_averages


def _progress(after: float, record: Record, fault_injector: FaultInjector, load: float) -> str:
    last = (
        f" (last: {fault_injector.injected[-1].fault.kind} {fault_injector.injected[-1].fault.target})"
        if fault_injector.injected
        else ""
    )
    return (
        f"{after:>6.0f} s  {len(record.accepted)} milestones accepted, {len(record.repeats)} commands repeated, "
        f"{len(fault_injector.injected)} faults{last}, load {load:.1f}"
    )


def _wait_until_quiet(observer: Observer, record: Record, *, within: float) -> Mapping[str, int]:
    """Wait until all work is finished and no consequence is missing; give what is left when that takes too long."""
    deadline, quiet, left = time.monotonic() + within, 0, {}
    while quiet < QUIET_CHECKS and time.monotonic() < deadline:
        left = _unfinished(observer, record)
        quiet = 0 if left else quiet + 1
        time.sleep(1)
    return left


def _unfinished(observer: Observer, record: Record) -> dict[str, int]:
    try:
        under_way = observer.under_way()
        missing = set() if under_way else compare(record, observer.observe()).lost
    except (PyMongoError, AMQPError, KombuError, OSError) as error:
        return {type(error).__name__: 1}
    return {**under_way, "milestones that lack something": len(missing)} if missing else dict(under_way)


def _empty(folder: Path) -> None:
    """Delete the state of an earlier run, but not the folder's lock."""
    for each in folder.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        elif each.name != "user.pid":
            each.unlink()


def _print_line(line: str) -> None:
    print(line, flush=True)
