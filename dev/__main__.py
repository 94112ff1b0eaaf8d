"""All commands of a checkout, run by `./partnerships`: those of an instance, and those that develop the project."""

import sys
from typing import Annotated

import typer

from bench.commands import bench
from cli.__main__ import app, main
from cli.commands.operate import events
from dev.dependencies.commands import dependencies

settings = typer.Typer(help="Write the table of settings.", no_args_is_help=True)
app.add_typer(settings, name="settings")
app.add_typer(bench, name="bench")
app.add_typer(dependencies, name="dependencies")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Run the tests, in a process for each core.

    `test unit` runs one kind (unit, contracts, architecture, integration, journeys, surface, pages, containers),
    `test camps` all that bears the name of one service; several may be named. pytest's own options work:
    `-n 0` runs them in one process, as `--pdb` and `-s` need.
    """
    from dev.tests import run_tests

    sys.exit(run_tests(context.args))


@app.command()
def check(
    allow_not_asked: Annotated[
        bool, typer.Option("--allow-not-asked", help="pass where known vulnerabilities cannot be asked for")
    ] = False,
) -> None:
    """Check style, types, architecture, and that generated files are up to date."""
    from dev.checks import run_checks

    sys.exit(run_checks(may_be_unasked=allow_not_asked))


@app.command()
def contracts(
    check: Annotated[bool, typer.Option("--check", help="only check whether they are up to date")] = False,
) -> None:
    """Write contracts/, and what the services' READMEs list, from the services and the routes."""
    from dev.generated.contracts import write

    sys.exit(write(verify=check))


@app.command()
def roles(
    verify: Annotated[bool, typer.Option("--check", help="only check whether it is up to date")] = False,
) -> None:
    """Write docs/roles.md, the table of roles and operations, from the routes."""
    from dev.generated.files import write_or_check
    from dev.generated.roles_table import TABLE, written

    sys.exit(write_or_check({TABLE: written()}, command="roles", verify=verify))


@app.command()
def translations(
    verify: Annotated[bool, typer.Option("--check", help="only check whether they have every text")] = False,
) -> None:
    """Write into gateway/pages/translations which texts the pages have, for somebody to translate what is new."""
    from dev.generated.files import write_or_check
    from dev.generated.page_texts import existing, written

    sys.exit(write_or_check(written(), command="translations", verify=verify, existing=existing()))


@app.command()
def chaos(
    seed: Annotated[int | None, typer.Option(help="repeats the same faults")] = None,
    milestones: Annotated[int | None, typer.Option(help="how many must be accepted; 500 in 3 minutes")] = None,
    minutes: Annotated[float | None, typer.Option(help="how long; by default as long as the milestones take")] = None,
) -> None:
    """Inject faults while milestones are recorded; the exit code is 1 if one is lost or applied twice."""
    from dev.chaos.run import chaos as run

    sys.exit(run(seed=seed, milestones=milestones, minutes=minutes))


@app.command()
def fuzz(
    minutes: Annotated[float, typer.Option(help="the duration")] = 10,
    seed: Annotated[int | None, typer.Option(help="repeats the same requests")] = None,
) -> None:
    """Fuzz the API from its description; the exit code is 1 if a response differs from it."""
    from dev.fuzz.run import run

    sys.exit(run(seed=seed, minutes=minutes))


@events.command("table")
def events_table(
    verify: Annotated[bool, typer.Option("--check", help="only check whether it is up to date")] = False,
) -> None:
    """Write docs/events.md, the table of events with publishers and subscribers, from the contracts."""
    from dev.generated.events_table import TABLE, written
    from dev.generated.files import write_or_check

    sys.exit(write_or_check({TABLE: written()}, command="events table", verify=verify))


@settings.command("table")
def settings_table(
    verify: Annotated[bool, typer.Option("--check", help="only check whether it is up to date")] = False,
) -> None:
    """Write docs/configuration.md, every setting with its default and meaning, from config.yml."""
    from dev.generated.files import write_or_check
    from dev.generated.settings_table import TABLE, written

    sys.exit(write_or_check({TABLE: written()}, command="settings table", verify=verify))


if __name__ == "__main__":
    main()
