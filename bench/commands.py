"""`./partnerships bench …`: each benchmark; exits with 1 when a promise is missed."""

import sys
from typing import Annotated

import typer

Rounds = Annotated[int, typer.Option(help="how often the contestants take turns")]
bench = typer.Typer(help="Measure the promised figures, and write them to bench/results.", no_args_is_help=True)


@bench.command()
def rpc(
    rounds: Rounds = 9, seconds: Annotated[float, typer.Option(help="how long each is measured at a time")] = 1.5
) -> None:
    """Measure calls and responses, against stock nameko and FastAPI with FastStream."""
    from bench.rpc import run

    _end(run(rounds=rounds, seconds=seconds))


@bench.command()
def memory(messages: Annotated[int, typer.Option(help="for each service")] = 100_000) -> None:
    """Measure the resident memory of every process over a long life."""
    from bench.memory import run

    _end(run(messages=messages))


@bench.command()
def relay(rounds: Rounds = 9, events: Annotated[int, typer.Option(help="in each outbox", min=2_000)] = 20_000) -> None:
    """Measure publishing from a full outbox, against bare publishing."""
    from bench.relay import run

    _end(run(rounds=rounds, events=events))


@bench.command()
def reactions(rounds: Rounds = 9, events: Annotated[int, typer.Option(help="in each inbox")] = 3_000) -> None:
    """Measure reactions, from event to stored effect, against bare consuming."""
    from bench.reactions import run

    _end(run(rounds=rounds, events=events))


@bench.command()
def consequences(
    per_second: Annotated[float, typer.Option(help="milestones reached each second")] = 10,
    seconds: Annotated[float, typer.Option(help="how long")] = 60,
) -> None:
    """Measure the time from a reached milestone to its consequences, at a steady rate and at the maximum."""
    from bench.consequences import run

    _end(run(per_second=per_second, seconds=seconds))


@bench.command()
def growth(
    rounds: Rounds = 9, partners: Annotated[int, typer.Option(help="in the large programme", min=1_100)] = 100_000
) -> None:
    """Measure commands and lists in a large programme, against a small one."""
    from bench.growth import run

    _end(run(partners=partners, rounds=rounds))


@bench.command()
def start(rounds: Annotated[int, typer.Option(help="how often it is started")] = 3) -> None:
    """Measure the time from `./partnerships up` to the first response."""
    from bench.start import run

    _end(run(rounds=rounds))


@bench.command()
def analysis(rounds: Rounds = 9, points: Annotated[int, typer.Option(help="in one measure", min=100)] = 10_000) -> None:
    """Measure the time to judge a large measure and to draw its chart."""
    from bench.analysis import run

    _end(run(rounds=rounds, points=points))


@bench.command()
def recording(
    rounds: Rounds = 9,
    points: Annotated[int, typer.Option(help="in the long series", min=100)] = 10_000,
    rows: Annotated[int, typer.Option(help="in the file", min=1_000, max=100_000)] = 100_000,
) -> None:
    """Measure recording one data point in a long series, against a short one, and many in one file."""
    from bench.recording import run

    _end(run(rounds=rounds, points=points, rows=rows))


@bench.command()
def programme(
    rounds: Annotated[int, typer.Option(help="how often conflicts are asked for")] = 9,
    releases: Annotated[int, typer.Option(help="how often each camp is told")] = 5,
    sessions: Annotated[int, typer.Option(help="in each programme", min=20, max=200)] = 200,
    delegates: Annotated[int, typer.Option(help="who come to the large camp", min=40)] = 400,
) -> None:
    """Measure finding the conflicts of a large programme, and telling everybody of its release."""
    from bench.programme.measure import run

    _end(run(rounds=rounds, releases=releases, sessions=sessions, delegates=delegates))


@bench.command("all")
def every(quick: Annotated[bool, typer.Option(help="short rounds, some minutes in all")] = False) -> None:
    """Run all measurements and write one table; the exit code is 1 if a promise is missed."""
    from bench.measures import measure_all

    sys.exit(measure_all(quick=quick))


@bench.command()
def draw() -> None:
    """Write pages, pictures and the table from the stored figures, without measuring."""
    from bench.measures import all_shown
    from bench.reporting.results import write

    write(all_shown())


def _end(code: int) -> None:
    """Write pages and charts, and exit."""
    draw()
    sys.exit(code)
