"""The commands that operate an instance: events, dead letters, subscribers."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from cli.commands.arguments import AsJson

events = typer.Typer(help="Show, trace, replay and redeliver events.", no_args_is_help=True)
audit = typer.Typer(help="Verify the audit trail.", no_args_is_help=True)
dead_letters = typer.Typer(help="List, show, replay or discard dead letters.", no_args_is_help=True)
subscribers = typer.Typer(help="Manage the broker users of integrators, who read events.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="the name of the integrator's system, such as warehouse")]
EveryPartner = Annotated[bool, typer.Option("--every-partner", help="also the events about single partners")]
ForNameko = Annotated[bool, typer.Option("--nameko", help="it is a nameko service of this name, with event handlers")]
Service = Annotated[str, typer.Argument(help="such as camps")]
DeadLetterId = Annotated[str, typer.Argument(help="as `dead-letters list` shows it")]


@events.command()
def tail(
    last: Annotated[int, typer.Option("-n", help="how many")] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="go on with new ones, until Ctrl-C")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the last events of all services."""
    from cli.operations.events import open_archive

    _print(open_archive().tail(last=last, follow=follow, as_json=as_json))


@events.command()
def show(event_id: str) -> None:
    """Show one event completely, with the reactions to it."""
    from cli.operations.events import open_archive

    _print(open_archive().show(event_id))


@events.command()
def trace(id: Annotated[str, typer.Argument(help="an event, or a request (X-Request-Id)")]) -> None:
    """Show the causes and the consequences of an event or a request."""
    from cli.operations.events import open_archive

    _print(open_archive().trace(id))


@events.command()
def replay(
    reaction: Annotated[str, typer.Option(help="the reaction, such as camps.invite_partner")],
    type: Annotated[str | None, typer.Option(help="only events of this type")] = None,
    subject: Annotated[str | None, typer.Option(help="only events about this id")] = None,
    since: Annotated[str | None, typer.Option(help="2026-06-01, or with a time")] = None,
    until: Annotated[str | None, typer.Option(help="2026-07-01, or with a time; exclusive")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show which ones")] = False,
) -> None:
    """Replay archived events to one reaction, as if for the first time."""
    from cli.operations.events import open_archive, selection

    chosen = selection(type=type, subject=subject, since=since, until=until)
    _print(open_archive().replayed(chosen, reaction=reaction, dry_run=dry_run))


@events.command()
def redeliver(
    since: Annotated[str | None, typer.Option(help="published since then; by default a day ago")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show which ones")] = False,
) -> None:
    """Publish events again that the broker lost; reactions that have processed them ignore the copy."""
    from cli.operations.redelivery import redeliver as run

    _print(run(since=since, dry_run=dry_run))


@audit.command()
def verify(
    service: Annotated[str | None, typer.Argument(help="such as camps; by default all")] = None,
    head: Annotated[str | None, typer.Option(help="a seal of that service from its log, as number:digest")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the audit records with their seals; the exit code is 1 if one was removed, changed or added."""
    from cli.operations.audit import verified

    _print(verified(service, head=head, as_json=as_json))


@dead_letters.command("list")
def list_(
    service: Annotated[str | None, typer.Argument(help="such as camps; by default all")] = None,
    as_json: AsJson = False,
) -> None:
    """List the open dead letters, one per line."""
    from cli.operations.dead_letters import listed

    _print(listed(service, as_json=as_json))


@dead_letters.command("show")
def show_dead_letter(service: Service, id: DeadLetterId) -> None:
    """Show a dead letter with its message, error, origin and cause."""
    from cli.operations.dead_letters import shown

    _print(shown(service, id))


@dead_letters.command("replay")
def replay_dead_letters(
    service: Service,
    id: Annotated[str | None, typer.Argument(help="one dead letter; by default all that match the options")] = None,
    reaction: Annotated[str | None, typer.Option(help="only of this reaction")] = None,
    type: Annotated[str | None, typer.Option(help="only of this type of event")] = None,
    error: Annotated[str | None, typer.Option(help="only if the error contains this text")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show which ones")] = False,
) -> None:
    """Replay one dead letter, or all that match; at most twenty per second."""
    from cli.operations.dead_letters import replayed

    _print(replayed(service, id, reaction=reaction, type=type, error=error, dry_run=dry_run))


@dead_letters.command()
def collect(service: Service) -> None:
    """Move parked messages back to the queue of dead letters, where they are collected and listed."""
    from cli.operations.dead_letters import collected

    _print(collected(service))


@dead_letters.command()
def discard(service: Service, id: DeadLetterId, reason: Annotated[str, typer.Option(help="why")]) -> None:
    """Discard a dead letter, with a reason."""
    from cli.operations.dead_letters import discarded

    _print(discarded(service, id, reason=reason))


@subscribers.command("add")
def add_subscriber(name: Name, every_partner: EveryPartner = False, nameko: ForNameko = False) -> None:
    """Create a user at the local broker and print its address once; a repeat sets a new password."""
    from cli.operations.subscribers import add, subscriber

    _print(add(subscriber(name, every_partner=every_partner, nameko=nameko)))


@subscribers.command("define")
def define_subscriber(
    name: Name,
    every_partner: EveryPartner = False,
    nameko: ForNameko = False,
    address: Annotated[
        str | None, typer.Option(help="the broker's address from outside, such as amqps://events.example:5671")
    ] = None,
) -> None:
    """Print definitions for `rabbitmqctl import_definitions`, and the user's address on standard error."""
    from cli.operations.subscribers import define, subscriber

    definitions, address = define(subscriber(name, every_partner=every_partner, nameko=nameko), address=address)
    print(definitions)
    print(address, file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)
