"""Has schemathesis ask everything there is, as staff and as the leaders of two partners."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cli.api import Api
from cli.local.environment import plain_environment
from cli.local.process import REPOSITORY

CONFIG = Path(__file__).with_name("schemathesis.toml")
PARTNER = {
    "place": "Sweden", "country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region",
    "scope_level": "regional", "focus_areas": ["safer_care"],
}  # fmt: skip
LEADER = {"role": "leader", "language": "sv", "zone": "Europe/Stockholm"}
ApiOf = Callable[..., Api]


def fuzz(*, api_of: ApiOf, folder: Path, seed: int, examples: int, seconds: float, also: tuple[str, ...] = ()) -> int:
    """Ask `examples` times for each operation in each way, for at most `seconds`; gives 0 if nothing was found.

    `api_of` speaks to the instance as somebody; `also` is handed on to schemathesis.
    """
    callers = folder / "callers.json"
    callers.touch(mode=0o600)
    callers.write_text(json.dumps(_callers(api_of)))
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"]
    command += [f"{api_of().gateway}/v1/openapi.json", "--seed", str(seed), "--max-examples", str(examples)]
    command += ["--max-time", str(round(seconds)), "--generation-database", "none", *also]
    environment = plain_environment(also={"FUZZ_CALLERS": str(callers), "PYTHONPATH": str(REPOSITORY)})
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def _callers(api_of: ApiOf) -> Mapping[str, Any]:
    """Give whoever asks, in the words of Web Fuzzing Commons; the next one tries what one may not."""
    one, another = (_admitted(api_of(), name) for name in ("Region Ett", "Region Två"))
    apis = {
        "the leader of one": api_of(organisation=one, roles=("partner_lead",)),
        "the leader of another": api_of(organisation=another, roles=("partner_lead",)),
        "staff": api_of(),
    }
    return {"auth": [{"name": name, "fixedHeaders": [_header(api)]} for name, api in apis.items()]}


def _header(api: Api) -> Mapping[str, str]:
    return {"name": "Authorization", "value": f"Bearer {api.token}"}


def _admitted(api: Api, name: str) -> str:
    """Have a partner in the programme; gives its id."""
    partner = api.post("/v1/partners", PARTNER | {"name": name}).body
    api.post("/v1/people", LEADER | {"name": name, "email": "leader@example.org", "partner_id": partner["id"]})
    term: dict[str, Any] = {"reasons": ["Will"], "term_starts_on": "2026-01-01", "term_ends_on": "2028-12-31"}
    api.transition(f"/v1/partners/{partner['id']}", "admitted", version=1, **term)
    return str(partner["id"])
