"""The commands for those who run an instance for years: keep it, look at its health, change what it stands on."""

import sys
from pathlib import Path
from typing import Annotated

import typer

maintenance = typer.Typer()
topology = typer.Typer(help="The broker's exchanges and queues.", no_args_is_help=True)
indexes = typer.Typer(help="The databases' indexes.", no_args_is_help=True)
migrate = typer.Typer(help="Documents in a form that changed.", no_args_is_help=True)
maintenance.add_typer(topology, name="topology")
maintenance.add_typer(indexes, name="indexes")
maintenance.add_typer(migrate, name="migrate")

Folder = Annotated[Path, typer.Argument(help="of the backup, such as backups/2026-06-01")]


@maintenance.command()
def backup(folder: Folder) -> None:
    """Write everything all services keep, as it is at one instant, into a new folder; they may go on working."""
    from cli.operations.backup import back_up

    back_up(folder)


@maintenance.command()
def restore(
    folder: Folder,
    verify: Annotated[bool, typer.Option(help="read everything back, and compare counts and hashes")] = True,
    replace: Annotated[bool, typer.Option("--replace", help="give up what is there now")] = False,
    sent_nothing_since: Annotated[
        bool, typer.Option("--sent-nothing-since", help="no service ran after the backup: letters that wait may go")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say whether it could be put back")] = False,
) -> None:
    """Put a backup back, while no service runs; what was under way goes on, and no letter is sent twice."""
    from cli.operations.backup import restore as put_back

    put_back(folder, verify=verify, replace=replace, sent_nothing_since=sent_nothing_since, dry_run=dry_run)


@maintenance.command()
def doctor() -> None:
    """Say how everything is and what to do about it; not 0 if something is bad."""
    from cli.operations.doctor.visit import visit

    sys.exit(visit())


@topology.command("plan")
def plan_topology() -> None:
    """Say which exchanges and queues are missing, or are not as this version needs them; not 0 for the latter."""
    from cli.operations.infrastructure import plan

    sys.exit(plan("topology"))


@topology.command("apply")
def apply_topology() -> None:
    """Make the exchanges and queues that are missing; refused, with the way out, where one is different."""
    from cli.operations.infrastructure import apply

    sys.exit(apply("topology"))


@indexes.command("plan")
def plan_indexes() -> None:
    """Say which indexes are missing, or are not as this version needs them; not 0 for the latter."""
    from cli.operations.infrastructure import plan

    sys.exit(plan("indexes"))


@indexes.command("apply")
def apply_indexes() -> None:
    """Make the indexes that are missing; refused, with the way out, where one is different."""
    from cli.operations.infrastructure import apply

    sys.exit(apply("indexes"))


@migrate.command("plan")
def plan_migrations() -> None:
    """Say how many documents do not have their new form yet."""
    from cli.operations.infrastructure import plan

    sys.exit(plan("migrate"))


@migrate.command("apply")
def apply_migrations() -> None:
    """Bring them to it, batch by batch, while the services run; can be ended and begun again at any time."""
    from cli.operations.infrastructure import apply

    sys.exit(apply("migrate"))
