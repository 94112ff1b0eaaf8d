"""The commands of `./partnerships`, a line or two each."""

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer

from bench.commands import bench
from cli.api import Refused, Unreachable
from cli.dependencies.commands import dependencies
from cli.local.errors import CannotStart
from cli.maintaining import maintenance
from cli.operating import dead_letters, events

# eventlet announces its retirement wherever it is imported; here it only helps to say what a service is.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

app = typer.Typer(
    help="Runs multi-year improvement partnerships: partners, engagements, camps, notifications.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def up(
    port: Annotated[int, typer.Option(help="where the gateway answers, if it is free")] = 8000,
    replicas: Annotated[list[str], typer.Option(help="processes of one service or of the gateway: camps=2")] = [],  # noqa: B006  typer wants a list
) -> None:
    """Start everything here, tell one milestone's way, and stay up until Ctrl-C."""
    from cli.replicas import read
    from cli.up import up as run

    run(port=port, replicas=read(replicas))


@app.command()
def demo() -> None:
    """Play the story against the running instance; not 0 if an expected consequence is missing."""
    from cli.demo import demo as play

    play()


@app.command()
def get(path: Annotated[str, typer.Argument(help="such as /v1/partners or /v1/invitations?state=issued")]) -> None:
    """Show what the running instance answers to a GET, as staff."""
    from cli.demo import show

    show(path)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Run the tests; `test unit` and the like run one kind, and pytest's own options work."""
    from cli.checks import run_tests

    sys.exit(run_tests(context.args))


@app.command()
def check() -> None:
    """Check style, types, the rules of the house, and that generated files are as their sources say."""
    from cli.checks import run_checks

    sys.exit(run_checks())


@app.command()
def contracts(
    check: Annotated[bool, typer.Option("--check", help="only say whether they are up to date")] = False,
) -> None:
    """Write contracts/operations from the services, and contracts/openapi.json from them and the gateway's routes."""
    from cli.contracts import write_or_check

    sys.exit(write_or_check(verify=check))


@app.command()
def roles(verify: Annotated[bool, typer.Option("--check", help="only say whether it is up to date")] = False) -> None:
    """Write docs/roles.md, the table of who may do what, from the routes."""
    from cli.roles_table import write_or_check

    sys.exit(write_or_check(verify=verify))


@app.command()
def token(
    subject: Annotated[str, typer.Option(help="who it is for")] = "staff",
    org: Annotated[str, typer.Option(help="a partner's id, or * for the whole programme")] = "*",
    role: Annotated[list[str], typer.Option(help="may be given more than once")] = ["programme_staff"],  # noqa: B006  typer wants a list
    person: Annotated[str | None, typer.Option(help="their id on record; faculty need it")] = None,
) -> None:
    """Print a bearer token for the running local instance."""
    from cli.signing import token_for

    print(token_for(subject=subject, organisation=org, roles=tuple(role), person=person))


@app.command("make-secrets")
def make_secrets(folder: Annotated[Path, typer.Argument(help="where each is given a file")]) -> None:
    """Make the secrets of an instance in containers that are not there yet."""
    from cli.secrets_made import make_secrets as make

    for line in make(folder):
        print(line)


app.add_typer(maintenance)
app.add_typer(events, name="events")
app.add_typer(dead_letters, name="dead-letters")
app.add_typer(bench, name="bench")
app.add_typer(dependencies, name="dependencies")


@app.command()
def chaos(
    seed: Annotated[int | None, typer.Option(help="draws the same faults again")] = None,
    milestones: Annotated[int | None, typer.Option(help="how many must be accepted; 500 in 3 minutes")] = None,
    minutes: Annotated[float | None, typer.Option(help="how long; by default as long as the milestones take")] = None,
) -> None:
    """Kill, cut and freeze everything while milestones are recorded; not 0 if one is lost or applied twice."""
    from cli.chaos.run import chaos as run

    sys.exit(run(seed=seed, milestones=milestones, minutes=minutes))


@app.command()
def fuzz(
    minutes: Annotated[float, typer.Option(help="how long to ask")] = 10,
    seed: Annotated[int | None, typer.Option(help="asks the same again")] = None,
) -> None:
    """Ask everything the description allows, and what it does not; not 0 if an answer is not as described."""
    from cli.fuzz.run import run

    sys.exit(run(seed=seed, minutes=minutes))


def main() -> None:
    """Run a command; what is missing is one sentence, not a traceback."""
    try:
        app(prog_name="./partnerships")
    except (CannotStart, Refused, Unreachable) as missing:
        sys.exit(f"partnerships: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
