"""The command lines that the description shows, run as they stand."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.local.environment import plain_environment
from cli.local.instance import Instance
from tests.contract_validation import validator
from tests.openapi_validation import DOCUMENT
from tests.waiting import eventually

OPERATIONS = {
    each["operationId"]: each
    for those in DOCUMENT["paths"].values()
    for method, each in those.items()
    if method != "parameters"
}
STAND_IN = Path(__file__).with_name("curl_substitute.py")


class Samples:
    """Runs samples against one instance, and remembers which; what they need stands in the environment."""

    def __init__(self, instance: Instance, *, folder: Path) -> None:
        self.api = instance.api(roles=("institute_admin",))
        self.run: set[tuple[str, str]] = set()
        self.known = {"GATEWAY": self.api.gateway, "TOKEN": self.api.token}
        self._curl = folder / "curl"
        if shutil.which("curl") is None:
            self._curl.write_text(f'#!/bin/sh\nexec {sys.executable} {STAND_IN} "$@"\n')
            self._curl.chmod(0o700)

    @staticmethod
    def all() -> set[tuple[str, str]]:
        return {(name, each["label"]) for name, it in OPERATIONS.items() for each in it["x-codeSamples"]}

    def knows(self, **known: str) -> None:
        self.known |= known

    def do(self, name: str, label: str = "curl", *, on: str | None = None) -> Any:
        """Run one sample; its answer must be the one described. `on` is the path of what is changed by it."""
        source = next(each["source"] for each in OPERATIONS[name]["x-codeSamples"] if each["label"] == label)
        content = _answer(name).get("content", {}).get("application/json")
        self.run.add((name, label))
        if content is None:
            return self._said(source)
        body = eventually(lambda: self._unless_stale(source, on=on))
        validator({"answers": content["schema"], "components": DOCUMENT["components"]})(body)
        return body

    def _unless_stale(self, source: str, *, on: str | None) -> Any:
        """What is said on a thing as it is now; None when it was changed meanwhile, as a settled letter does."""
        if on:
            self.known["ETAG"] = f'"{self.api.get(on)["version"]}"'
        body = json.loads(self._said(source))
        if body.get("code") == "stale":
            return None
        assert "request_id" not in body or "status" not in body, f"{source}\n{body}"
        return body

    def first(self, path: str, **where: str) -> Any:
        """The first of a list, once there is one; a reaction that meets another is tried again after ten seconds."""
        return eventually(lambda: self.api.get(path, **where)["items"])[0]

    def _said(self, source: str) -> str:
        path = f"{self._curl.parent}:{plain_environment()['PATH']}"
        done = subprocess.run(
            ["sh", "-euc", source], env=plain_environment(also=self.known | {"PATH": path}), capture_output=True,
            text=True, check=False, timeout=30,
        )  # fmt: skip
        assert done.returncode == 0, f"{source}\n{done.stderr}"
        return done.stdout


def _answer(name: str) -> Mapping[str, Any]:
    return next(answer for status, answer in OPERATIONS[name]["responses"].items() if status[0] in "23")
