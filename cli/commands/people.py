"""The commands about what is kept of people: export and erasure, as an administrator of the institute."""

from typing import Annotated

import typer

people = typer.Typer(help="Export what is kept of a person, or erase who they were.", no_args_is_help=True)
PersonId = Annotated[str, typer.Argument(help="as /v1/people shows it")]


@people.command()
def export(person_id: PersonId) -> None:
    """Print, as JSON, all that each service keeps of a person."""
    from cli.operations.people import export_person

    print(export_person(person_id))


@people.command()
def erase(
    person_id: PersonId,
    reason: Annotated[str, typer.Option(help="why, without a name: it is kept")],
    for_good: Annotated[bool, typer.Option("--for-good", help="without asking once more")] = False,
) -> None:
    """Erase who a person was, in every service; nothing undoes it. What stays is in docs/personal-data.md."""
    from cli.operations.people import erase_person

    if not for_good:
        typer.confirm(f"Erase who {person_id} was? Nothing undoes it", abort=True)
    print(erase_person(person_id, reason=reason))
