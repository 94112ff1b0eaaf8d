"""The bill of materials of what we ship, in CycloneDX."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY
from dev.dependencies.environments import RUNTIME, SHIPPING

Component = Mapping[str, Any]


def bill_of_materials() -> str:
    """Give the CycloneDX document of the runtime environment; the same for the same lock."""
    return _described(RUNTIME.ensured().python)


def components(python: Path) -> list[Component]:
    """Give the CycloneDX component of each package of an interpreter, with version and licences."""
    found: list[Component] = json.loads(_described(python))["components"]
    return found


def _described(python: Path) -> str:
    tool = (str(SHIPPING.ensured().python), "-m", "cyclonedx_py", "environment", "--output-reproducible")
    command = [*tool, "--pyproject", "pyproject.toml", str(python)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"what {python} runs on cannot be described: {done.stderr.strip()}")
    return done.stdout
