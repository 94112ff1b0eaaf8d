"""`./partnerships up`: starts a local instance, loads the seed data, and runs the story once."""

import time
from collections.abc import Mapping
from contextlib import suppress

from cli.connection.api import Api
from cli.connection.instance_address import RUN, local_instance
from cli.connection.settings import settings
from cli.demo import demo, seeds, story
from cli.local.instance import Instance, describe, instance_running
from cli.local.parts import Given
from cli.local.process import REPOSITORY
from cli.local.supervisor import raise_on_signals

FOLDER = REPOSITORY / ".local" / "run"
SHOWN_FIRST = "Region Jönköping County"
POLL_SECONDS = 1.0


def up(*, port: int, replicas: Mapping[str, int]) -> None:
    """Start a local instance, load the seed data if it is empty, and run until Ctrl-C; raises CannotStart."""
    raise_on_signals()
    with instance_running(
        folder=FOLDER, described_in=RUN, print_from=_print_from, given=given_parts(), also=_mail_encryption(),
        port=port, replicas=replicas,
    ) as instance:  # fmt: skip
        _run_the_story_once(instance.api())
        print(how_to_go_on(instance), flush=True)
        with suppress(KeyboardInterrupt):
            _stay(instance)
        _print_from("instance", "stopping everything, in order…")
    _print_from("instance", "everything has stopped")


def given_parts() -> Given:
    """Give the addresses of broker, database and mail server in the settings; those without one are started here."""
    given = settings()
    return {"amqp_uri": given["AMQP_URI"], "mongo_uri": given["MONGO_URI"], "smtp_uri": given["SMTP_URI"]}


def _mail_encryption() -> dict[str, str]:
    """Give the settings of the mail connection's encryption, for the services of the instance."""
    return {name: value for name in ("SMTP_TLS", "SMTP_CA_BUNDLE") if (value := settings()[name])}


def _run_the_story_once(api: Api) -> None:
    if not (seeds.is_empty(api) or seeds.is_half_filled(api)):
        return _print_from("instance", "the partners are here already; `./partnerships demo` plays the story again")
    try:
        seeds.load(api, trace_of=local_instance().trace_of, print_from=_print_from)
        _run_for_one_partner(api)
    except story.Missing as missing:
        _print_from("story", f"MISSING: {missing}")


def _run_for_one_partner(api: Api) -> None:
    admitted = api.get("/v1/partners", limit=100)["items"]
    partner = next(each for each in admitted if each["name"] == SHOWN_FIRST)
    leaders = api.get("/v1/people", partner_id=partner["id"], role="leader")["items"]
    teller = story.StoryRunner(print_line=_print_line, trace_of=local_instance().trace_of)
    _print_line(f"One milestone's way, for {partner['name']}:")
    demo.run_milestone_story(api, teller, partner=partner, leaders=len(leaders))


def how_to_go_on(instance: Instance) -> str:
    """Say where the instance answers, what signs one in, and what to try."""
    api = instance.api()
    return f"""
  gateway   {instance.gateway}    (/readyz says whether everything works)
  API       {instance.gateway}/docs    (to read in a browser, and to try with the token)
  letters   {instance.parts.mail_folder or "handed to the mail server you gave"}
  logs      {FOLDER / "logs"}    (warnings and errors are shown here, too)
  token     export TOKEN={api.token}

  Try:
    ./partnerships demo
    ./partnerships get /v1/partners
    ./partnerships get /v1/invitations

  Any HTTP client does: curl -H "Authorization: Bearer $TOKEN" {instance.gateway}/v1/invitations

  Ctrl-C stops everything, in order.
"""


def _stay(instance: Instance) -> None:
    """Keep `run.json` up to date while processes restart; its token is renewed each time."""
    while True:
        describe(instance, RUN)
        time.sleep(POLL_SECONDS)


def _print_from(who: str, line: str) -> None:
    print(f"{who:<13} | {line}", flush=True)


def _print_line(line: str) -> None:
    print(line, flush=True)
