"""The commands that maintain an instance: backup, health, topology, indexes, migrations."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.commands.arguments import AsJson, path_of_caller

maintenance = typer.Typer()
topology = typer.Typer(help="Plan and apply the broker's exchanges and queues.", no_args_is_help=True)
indexes = typer.Typer(help="Plan and apply the databases' indexes.", no_args_is_help=True)
migrate = typer.Typer(help="Migrate documents to a new version of their schema.", no_args_is_help=True)
maintenance.add_typer(topology, name="topology")
maintenance.add_typer(indexes, name="indexes")
maintenance.add_typer(migrate, name="migrate")

Folder = Annotated[Path, typer.Argument(help="the backup's folder, such as backups/2026-06-01", parser=path_of_caller)]


@maintenance.command()
def backup(folder: Folder) -> None:
    """Back up the databases of all services, as of one instant, to a new folder; services may keep running."""
    from cli.operations.backup import back_up

    back_up(folder)


@maintenance.command()
def restore(
    folder: Folder,
    verify: Annotated[bool, typer.Option(help="read everything back and compare counts and hashes")] = True,
    replace: Annotated[bool, typer.Option("--replace", help="overwrite the databases that exist")] = False,
    sent_nothing_since: Annotated[
        bool, typer.Option("--sent-nothing-since", help="no service ran since the backup: waiting letters may be sent")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only check whether it can be restored")] = False,
) -> None:
    """Restore a backup while no service runs; unfinished work continues, and no letter is sent twice."""
    from cli.operations.backup import restore as put_back

    put_back(folder, verify=verify, replace=replace, sent_nothing_since=sent_nothing_since, dry_run=dry_run)


@maintenance.command()
def doctor(as_json: AsJson = False) -> None:
    """Check the health of everything, with what to do about problems; the exit code is 1 if there is one."""
    from cli.operations.doctor.run import diagnose

    sys.exit(diagnose(as_json=as_json))


@topology.command("plan")
def plan_topology(as_json: AsJson = False) -> None:
    """Show which exchanges and queues are missing or different; the exit code is 1 if one is different."""
    from cli.operations.infrastructure import plan

    sys.exit(plan("topology", as_json=as_json))


@topology.command("apply")
def apply_topology() -> None:
    """Create the missing exchanges and queues; refuses, and says what to do, if one is different."""
    from cli.operations.infrastructure import apply

    sys.exit(apply("topology"))


@indexes.command("plan")
def plan_indexes(as_json: AsJson = False) -> None:
    """Show which indexes are missing or different; the exit code is 1 if one is different."""
    from cli.operations.infrastructure import plan

    sys.exit(plan("indexes", as_json=as_json))


@indexes.command("apply")
def apply_indexes() -> None:
    """Create the missing indexes; refuses, and says what to do, if one is different."""
    from cli.operations.infrastructure import apply

    sys.exit(apply("indexes"))


@migrate.command("plan")
def plan_migrations(as_json: AsJson = False) -> None:
    """Show how many documents are not migrated yet."""
    from cli.operations.infrastructure import plan

    sys.exit(plan("migrate", as_json=as_json))


@migrate.command("apply")
def apply_migrations() -> None:
    """Migrate documents in batches while the services run; can be stopped and started again at any time."""
    from cli.operations.infrastructure import apply

    sys.exit(apply("migrate"))
