"""`./partnerships dependencies …`: third-party packages."""

import sys
from pathlib import Path
from typing import Annotated

import typer

dependencies = typer.Typer(help="Lock, list and audit dependencies.", no_args_is_help=True)


@dependencies.command()
def lock(upgrade: Annotated[bool, typer.Option("--upgrade", help="use the newest versions that fit")] = False) -> None:
    """Write requirements*.lock from pyproject.toml, each file with its hash."""
    from dev.dependencies.locks import write_locks

    write_locks(upgrade=upgrade)


@dependencies.command()
def licences(verify: Annotated[bool, typer.Option("--check", help="only check it")] = False) -> None:
    """Write docs/licences.md from the metadata of the packages."""
    from dev.dependencies.licences import problems, write

    if not verify:
        write()
    print(*(found := problems()), sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)


@dependencies.command()
def sbom(output: Annotated[Path | None, typer.Option(help="the file; by default the terminal")] = None) -> None:
    """Write the bill of materials of what is shipped, in CycloneDX."""
    from dev.dependencies.sbom import bill_of_materials

    bill = bill_of_materials()
    print(bill) if output is None else output.write_text(bill, encoding="utf-8")


@dependencies.command()
def audit(
    allow_not_asked: Annotated[bool, typer.Option("--allow-not-asked", help="pass where nobody can be asked")] = False,
    record: Annotated[Path | None, typer.Option(help="write what came of it to this file, for a release")] = None,
) -> None:
    """Check the locked packages for known vulnerabilities; exits with 1 if there is one, 3 if OSV does not answer."""
    from chassis.domain.identity import utc_now
    from dev.dependencies import vulnerabilities

    verdict = vulnerabilities.audit()
    if record:
        vulnerabilities.record(verdict, record, at=utc_now())
    sys.exit(vulnerabilities.exit_code(verdict, may_be_unasked=allow_not_asked))
