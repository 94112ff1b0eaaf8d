"""`./partnerships chaos`: an instance of its own, harmed while it is written to, and then held to account."""

import os
import random
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from pymongo.errors import PyMongoError

from cli.connection.services import services
from cli.demo import story
from cli.local.errors import CannotStart
from cli.local.folder_lock import only_user_of
from cli.local.process import REPOSITORY, written_to
from cli.local.supervisor import end_on_signals
from dev.chaos.comparison import compare
from dev.chaos.evidence import Evidence
from dev.chaos.inflicting import Hand
from dev.chaos.record import Record
from dev.chaos.report import FULL_RUN_SECONDS, Report
from dev.chaos.schedule import draw
from dev.chaos.stage import Stage, stage_set
from dev.chaos.writer import Writer

FOLDER = REPOSITORY / ".local" / "chaos"
FULL_RUN_MILESTONES = 500
MORE_THAN_ASKED = 1.5
"""Writers go so much faster than they would have to: an outage, and what it held up, takes time."""
TELL_EVERY_SECONDS = 5.0
QUIET_WITHIN_SECONDS = 150.0
"""After a full run; a longer one leaves more letters to be sent, and may take so much longer."""
QUIET_LOOKS = 3
"""A message that a process is just handling cannot be seen from outside: it must be quiet more than once."""
Tell = Callable[[str], None]


def chaos(*, seed: int | None, milestones: int | None, minutes: float | None) -> int:
    """Run, print the table and the verdict, and give an exit code; raises CannotStart."""
    end_on_signals()
    seed = random.randrange(10_000) if seed is None else seed
    asked, seconds = extent(milestones=milestones, minutes=minutes)
    _tell(f"seed {seed}: `--seed {seed}` repeats it; {asked} milestones in {seconds:.0f} s; all is kept in {FOLDER}")
    try:
        report = harmed(FOLDER, seed=seed, milestones=asked, seconds=seconds, tell=_tell)
    except story.Missing as missing:
        raise CannotStart(f"the programme did not come to life before any harm was done: {missing}.") from None
    _show(report)
    return 1 if report.failures() else 0


def extent(*, milestones: int | None, minutes: float | None) -> tuple[int, float]:
    """Give how many milestones to record, in how many seconds: 500 in 3 minutes, or at that pace what is given."""
    if minutes is not None:
        seconds = 60 * minutes
        return milestones or round(FULL_RUN_MILESTONES * seconds / FULL_RUN_SECONDS), seconds
    asked = milestones or FULL_RUN_MILESTONES
    return asked, FULL_RUN_SECONDS * max(1.0, asked / FULL_RUN_MILESTONES)


def _show(report: Report) -> None:
    _tell("")
    for what, value in report.table():
        _tell(f"  {what:<22} {value}")
    for detail in report.details():
        _tell(f"  ! {detail}")
    failures = report.failures()
    held = f"nothing lost, nothing applied twice{'' if report.is_whole else ' in this short run'}"
    _tell(f"\nchaos: FAILED: {'; '.join(failures)}" if failures else f"\nchaos: HELD: {held}")


def harmed(folder: Path, *, seed: int, milestones: int, seconds: float, tell: Tell) -> Report:
    """Run a whole instance for so long with its state in `folder`, which is emptied first; raises CannotStart."""
    twice = dict.fromkeys([*services(), "gateway"], 2)
    with only_user_of(folder, say=tell):
        _empty(folder)
        log = written_to(folder / "run.log")
        with stage_set(folder, replicas=twice, say=lambda who, line: log(f"{who}: {line}")) as stage:
            return _held_to_account(stage, seed=seed, milestones=milestones, seconds=seconds, tell=tell)


def _held_to_account(stage: Stage, *, seed: int, milestones: int, seconds: float, tell: Tell) -> Report:
    tell("everything runs twice; admitting thirteen partners…")
    partners = stage.partners()
    writer = Writer(stage.instance.api(), partners=partners, per_second=MORE_THAN_ASKED * milestones / seconds)
    hand, evidence = stage.hand(), stage.evidence()
    faults, begun, noise = draw(seed=seed, seconds=seconds, targets=stage.targets()), time.monotonic(), list[float]()
    with hand.at_work(faults, begun=begun), writer.at_work(begun=begun):
        while (left := begun + seconds - time.monotonic()) > 0:
            time.sleep(min(left, TELL_EVERY_SECONDS))
            noise.append(os.getloadavg()[0])
            tell(_progress(time.monotonic() - begun, writer.record, hand, noise[-1]))
    tell("the harm is over; waiting until everything has come to its end…")
    within = QUIET_WITHIN_SECONDS * max(1.0, seconds / FULL_RUN_SECONDS)
    under_way = _what_is_left(evidence, writer.record, within=within)
    found = evidence.found()
    return Report(
        milestones=milestones,
        seconds=seconds,
        record=writer.record,
        found=found,
        comparison=compare(writer.record, found),
        inflicted=hand.inflicted,
        under_way=under_way,
        noise=noise,
    )


def _progress(after: float, record: Record, hand: Hand, load: float) -> str:
    last = f" (last: {hand.inflicted[-1].fault.kind} {hand.inflicted[-1].fault.target})" if hand.inflicted else ""
    return (
        f"{after:>6.0f} s  {len(record.accepted)} milestones accepted, {len(record.repeats)} commands repeated, "
        f"{len(hand.inflicted)} faults{last}, load {load:.1f}"
    )


def _what_is_left(evidence: Evidence, record: Record, *, within: float) -> Mapping[str, int]:
    """Wait until nothing is under way and nothing is missing; give what still is when that takes too long."""
    deadline, quiet, left = time.monotonic() + within, 0, {}
    while quiet < QUIET_LOOKS and time.monotonic() < deadline:
        left = _left(evidence, record)
        quiet = 0 if left else quiet + 1
        time.sleep(1)
    return left


def _left(evidence: Evidence, record: Record) -> dict[str, int]:
    try:
        under_way = evidence.under_way()
        missing = set() if under_way else compare(record, evidence.found()).lost
    except (PyMongoError, AMQPError, KombuError, OSError) as error:
        return {type(error).__name__: 1}
    return {**under_way, "milestones that lack something": len(missing)} if missing else dict(under_way)


def _empty(folder: Path) -> None:
    """Leave nothing of an earlier run, but for the file that says whose the folder is."""
    for each in folder.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        elif each.name != "user.pid":
            each.unlink()


def _tell(line: str) -> None:
    print(line, flush=True)
