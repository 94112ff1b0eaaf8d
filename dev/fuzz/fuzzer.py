"""Runs schemathesis against an instance, as staff and as the leaders of two partners."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cli.connection.api import Api
from cli.local.environment import plain_environment
from cli.local.process import REPOSITORY

CONFIG = Path(__file__).with_name("schemathesis.toml")
PARTNER = {
    "place": "Sweden", "country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region",
    "scope_level": "regional", "focus_areas": ["safer_care"],
}  # fmt: skip
LEADER = {"role": "leader", "language": "sv", "zone": "Europe/Stockholm"}
ApiOf = Callable[..., Api]
STAFF, ONE, ANOTHER = "staff", "the leader of one", "the leader of another"
RUNS = ((STAFF, 0.7, ()), (ONE, 0.3, ("--include-method", "GET")))
"""The callers with their share of the time and their methods; what a leader reads is requested as the other one too."""


def fuzz(*, api_of: ApiOf, folder: Path, seed: int, seconds: float, examples: int, also: tuple[str, ...] = ()) -> int:
    """Fuzz for about `seconds`, with up to `examples` requests per operation and phase; gives 0 if nothing is found.

    `api_of` gives a client for a caller; `also` are further options of schemathesis.
    """
    callers = folder / "callers.json"
    callers.touch(mode=0o600)
    callers.write_text(json.dumps(_callers(api_of)))
    asked = ["--seed", str(seed), "--max-examples", str(examples), "--generation-database", "none", *also]
    codes = [
        _schemathesis(f"{api_of().gateway}/v1/openapi.json", *asked, *only, callers=callers, caller=caller,
                      seconds=seconds * share)
        for caller, share, only in RUNS
    ]  # fmt: skip
    return max(codes)


def _schemathesis(location: str, *asked: str, callers: Path, caller: str, seconds: float) -> int:
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", location, *asked]
    command += ["--max-time", str(round(seconds)), "--auth-wfc-user", caller]
    environment = plain_environment(also={"FUZZ_CALLERS": str(callers), "PYTHONPATH": str(REPOSITORY)})
    return subprocess.run(command, cwd=callers.parent, env=environment, check=False).returncode


def _callers(api_of: ApiOf) -> Mapping[str, Any]:
    """Give the callers in the format of Web Fuzzing Commons."""
    one, another = (_admitted(api_of(), name) for name in ("Region Ett", "Region Två"))
    apis = {
        STAFF: api_of(roles=("programme_staff", "institute_admin")),
        ONE: api_of(organisation=one, roles=("partner_lead",)),
        ANOTHER: api_of(organisation=another, roles=("partner_lead",)),
    }
    return {"auth": [{"name": name, "fixedHeaders": [_header(api)]} for name, api in apis.items()]}


def _header(api: Api) -> Mapping[str, str]:
    return {"name": "Authorization", "value": f"Bearer {api.token}"}


def _admitted(api: Api, name: str) -> str:
    """Admit a partner with a leader, and give its id."""
    partner = api.post("/v1/partners", PARTNER | {"name": name}).body
    api.post("/v1/people", LEADER | {"name": name, "email": "leader@example.org", "partner_id": partner["id"]})
    term: dict[str, Any] = {"reasons": ["Will"], "term_starts_on": "2026-01-01", "term_ends_on": "2028-12-31"}
    api.transition(f"/v1/partners/{partner['id']}", "admitted", version=1, **term)
    return str(partner["id"])
