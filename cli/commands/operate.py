"""The commands for those who look after an instance: its events, and what went wrong with them."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

events = typer.Typer(help="What was said, why, and what came of it.", no_args_is_help=True)
dead_letters = typer.Typer(help="What a service gave up on: look, mend, replay or discard.", no_args_is_help=True)
subscribers = typer.Typer(help="Who outside may read events from the broker.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="of the integrator's system, such as warehouse")]
EveryPartner = Annotated[bool, typer.Option("--every-partner", help="also the events of each partner, not only of all")]
ForNameko = Annotated[bool, typer.Option("--nameko", help="it is a nameko service of this name, with event handlers")]
Service = Annotated[str, typer.Argument(help="such as camps")]
DeadLetterId = Annotated[str, typer.Argument(help="as `dead-letters list` shows it")]


@events.command()
def tail(last: Annotated[int, typer.Option("-n", help="how many")] = 20) -> None:
    """Show the last events of all services."""
    from cli.operations.events import open_archive

    _print(open_archive().tail(last=last))


@events.command()
def show(event_id: str) -> None:
    """Show one event whole, and who reacted to it."""
    from cli.operations.events import open_archive

    _print(open_archive().show(event_id))


@events.command()
def trace(id: Annotated[str, typer.Argument(help="an event, or a request (X-Request-Id)")]) -> None:
    """Tell why something happened, and what came of it."""
    from cli.operations.events import open_archive

    _print(open_archive().trace(id))


@events.command()
def replay(
    reaction: Annotated[str, typer.Option(help="who hears it again, such as camps.invite_partner")],
    type: Annotated[str | None, typer.Option(help="only events of this type")] = None,
    subject: Annotated[str | None, typer.Option(help="only events about this thing")] = None,
    since: Annotated[str | None, typer.Option(help="2026-06-01, or with a time")] = None,
    until: Annotated[str | None, typer.Option(help="the first moment no more meant")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say which")] = False,
) -> None:
    """Let one reaction hear events of the archive again, as if for the first time."""
    from cli.operations.events import open_archive, selection

    chosen = selection(type=type, subject=subject, since=since, until=until)
    _print(open_archive().replayed(chosen, reaction=reaction, dry_run=dry_run))


@events.command()
def redeliver(
    since: Annotated[str | None, typer.Option(help="published since then; by default a day ago")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say which")] = False,
) -> None:
    """Publish events again that a broker lost before every reaction processed them; the others ignore the copy."""
    from cli.operations.redelivery import redeliver as run

    _print(run(since=since, dry_run=dry_run))


@dead_letters.command("list")
def list_(service: Annotated[str | None, typer.Argument(help="such as camps; all if left out")] = None) -> None:
    """Show what waits to be settled, a line each."""
    from cli.operations.dead_letters import listed

    _print(listed(service))


@dead_letters.command("show")
def show_dead_letter(service: Service, id: DeadLetterId) -> None:
    """Show one whole: its message, its error, where it came from, and why it was sent."""
    from cli.operations.dead_letters import shown

    _print(shown(service, id))


@dead_letters.command("replay")
def replay_dead_letters(
    service: Service,
    id: Annotated[str | None, typer.Argument(help="one; left out, all that fit the options")] = None,
    reaction: Annotated[str | None, typer.Option(help="only of this reaction")] = None,
    type: Annotated[str | None, typer.Option(help="only of this type of event")] = None,
    error: Annotated[str | None, typer.Option(help="only where the error has these words")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say which")] = False,
) -> None:
    """Have one, or all that fit, handled again; at most twenty a second."""
    from cli.operations.dead_letters import replayed

    _print(replayed(service, id, reaction=reaction, type=type, error=error, dry_run=dry_run))


@dead_letters.command()
def discard(service: Service, id: DeadLetterId, reason: Annotated[str, typer.Option(help="why")]) -> None:
    """Give one up for good, with a reason."""
    from cli.operations.dead_letters import discarded

    _print(discarded(service, id, reason=reason))


@subscribers.command("add")
def add_subscriber(name: Name, every_partner: EveryPartner = False, nameko: ForNameko = False) -> None:
    """Make a user at the local instance's broker, and print its address, once; made again, it has a new password."""
    from cli.operations.subscribers import add, subscriber

    _print(add(subscriber(name, every_partner=every_partner, nameko=nameko)))


@subscribers.command("define")
def define_subscriber(
    name: Name,
    every_partner: EveryPartner = False,
    nameko: ForNameko = False,
    address: Annotated[
        str | None, typer.Option(help="of the broker outside, such as amqps://events.example:5671")
    ] = None,
) -> None:
    """Print what `rabbitmqctl import_definitions` takes, and on standard error the address of the user."""
    from cli.operations.subscribers import define, subscriber

    definitions, address = define(subscriber(name, every_partner=every_partner, nameko=nameko), address=address)
    print(definitions)
    print(address, file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
