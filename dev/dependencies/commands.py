"""`./partnerships dependencies …`: what others wrote and we use."""

import sys
from pathlib import Path
from typing import Annotated

import typer

dependencies = typer.Typer(help="What others wrote and we use: locks, licences, materials.", no_args_is_help=True)


@dependencies.command()
def lock(upgrade: Annotated[bool, typer.Option("--upgrade", help="take the newest that fit")] = False) -> None:
    """Write requirements*.lock from pyproject.toml, each file with its hash."""
    from dev.dependencies.locks import write_locks

    write_locks(upgrade=upgrade)


@dependencies.command()
def licences(verify: Annotated[bool, typer.Option("--check", help="only say what is wrong with it")] = False) -> None:
    """Write docs/licences.md from what the packages say of themselves."""
    from dev.dependencies.licences import problems, write

    if not verify:
        write()
    print(*(found := problems()), sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)


@dependencies.command()
def sbom(output: Annotated[Path | None, typer.Option(help="where to; the terminal if left out")] = None) -> None:
    """Give the bill of materials of what we ship, in CycloneDX."""
    from dev.dependencies.materials import bill_of_materials

    bill = bill_of_materials()
    print(bill) if output is None else output.write_text(bill, encoding="utf-8")


@dependencies.command()
def audit() -> None:
    """Ask whether a vulnerability is known of any locked package; not 0 if there is one."""
    from dev.dependencies.vulnerabilities import audit as ask

    sys.exit(ask())
