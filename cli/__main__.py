"""The commands of an instance: start, inspect and operate it. `dev` adds those that develop the project."""

import sys
import warnings
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from chassis import VERSION
from cli.analysis.errors import CannotBeRead, CannotBeWritten
from cli.commands.analyse import analysis
from cli.commands.arguments import path_of_caller
from cli.commands.completion import COMPLETES, SCRIPTS, Shell, know_shells
from cli.commands.maintain import maintenance
from cli.commands.operate import audit, dead_letters, events, subscribers
from cli.commands.people import people
from cli.connection.api import Refused, Unreachable
from cli.imports.mistakes import CannotBeImported
from cli.local.errors import CannotStart
from services.engagements.analysis.verdict import CannotBeJudged

# eventlet warns at import that it is being retired; here it is only imported with the services' classes.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

app = typer.Typer(
    help="Runs multi-year improvement partnerships: partners, engagements, camps, notifications.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def show_version(wanted: bool) -> None:
    """Print the version and end, if that is wanted."""
    if wanted:
        print(f"partnerships {VERSION}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="show the version, and end")
    ] = False,
) -> None:
    """Run multi-year improvement partnerships: partners, engagements, camps, notifications."""


@app.command()
def up(
    port: Annotated[int, typer.Option(help="the port of the gateway, if it is free")] = 8000,
    replicas: Annotated[list[str], typer.Option(help="processes of one service or of the gateway: camps=2")] = [],  # noqa: B006  typer wants a list
) -> None:
    """Start a local instance, show what one milestone leads to, and run until Ctrl-C."""
    from cli.demo.up import up as run
    from cli.local.replicas import read

    run(port=port, replicas=read(replicas))


@app.command()
def demo() -> None:
    """Run the demonstration against the running instance; the exit code is 1 if a consequence is missing."""
    from cli.demo.demo import demo as run

    run()


@app.command("import")
def import_folder(
    folder: Annotated[Path, typer.Argument(help="the folder, as docs/import.md describes it", parser=path_of_caller)],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="only say what would be made, changed and left as it is")
    ] = False,
) -> None:
    """Put what happened in a partnership on record, from files, as history: nobody is written to.

    What is there already is found by its external id, so that the same command can be given again, also after it
    was interrupted. The exit code is 1 if something is refused, and 3 if something on record is otherwise than in
    the files, and was left so.
    """
    from cli.connection.instance_address import running_instance
    from cli.imports.folder import read_folder
    from cli.imports.run import put_on_record

    found = read_folder(folder)
    sys.exit(put_on_record(found, running_instance().api, is_trial=dry_run, print_line=partial(print, flush=True)))


@app.command()
def get(path: Annotated[str, typer.Argument(help="such as /v1/partners or /v1/invitations?state=issued")]) -> None:
    """Send a GET request to the running instance as staff, and show the response."""
    from cli.demo.demo import show

    show(path)


@app.command()
def token(
    subject: Annotated[str, typer.Option(help="the subject of the token")] = "staff",
    org: Annotated[str, typer.Option(help="a partner's id, or * for the whole programme")] = "*",
    role: Annotated[list[str], typer.Option(help="may be given more than once")] = ["programme_staff"],  # noqa: B006  typer wants a list
    person: Annotated[str | None, typer.Option(help="the subject's id as a person, which faculty need")] = None,
) -> None:
    """Print a bearer token for the running local instance."""
    from cli.connection.signing import token_for

    print(token_for(subject=subject, organisation=org, roles=tuple(role), person=person))


@app.command()
def completion(
    shell: Annotated[Shell, typer.Argument(help="the shell you use")],
) -> None:
    """Print what completes commands by Tab: `source <(./partnerships completion bash)`."""
    print(SCRIPTS[shell])


@app.command("make-secrets")
def make_secrets(
    folder: Annotated[Path, typer.Argument(help="the folder of the secrets, one file each", parser=path_of_caller)],
) -> None:
    """Generate the missing secrets of an instance in containers."""
    from cli.operations.secrets import make_secrets as make

    for line in make(folder):
        print(line)


app.add_typer(maintenance)
app.add_typer(analysis)
app.add_typer(events, name="events")
app.add_typer(audit, name="audit")
app.add_typer(people, name="people")
app.add_typer(dead_letters, name="dead-letters")
app.add_typer(subscribers, name="subscribers")


def main() -> None:
    """Run a command; an expected error is printed as one sentence, not as a traceback."""
    try:
        know_shells()
        app(prog_name="./partnerships", complete_var=COMPLETES)
    except (
        CannotBeImported,
        CannotBeJudged,
        CannotBeRead,
        CannotBeWritten,
        CannotStart,
        Refused,
        Unreachable,
    ) as missing:
        sys.exit(f"partnerships: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
