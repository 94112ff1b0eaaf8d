"""The manifests under deploy/kubernetes, as kubectl puts them together."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.connection.settings import settings
from cli.local.errors import CannotStart
from dev.dependencies.environments import SHIPPING
from tests.architecture.manifests import EXAMPLE, Manifest, environment_of, named


@pytest.fixture(scope="module")
def rendered() -> str:
    """The example overlay as `kubectl apply -k` would send it."""
    try:
        kubectl = SHIPPING.ensured().program("kubectl")
    except CannotStart as missing:
        pytest.skip(str(missing))
    if not kubectl.exists():
        pytest.skip("there is no kubectl in the package index for this machine")
    return subprocess.run([kubectl, "kustomize", EXAMPLE], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def manifests(rendered: str) -> list[Manifest]:
    return list(yaml.safe_load_all(rendered))


@pytest.fixture(scope="module")
def deployments(manifests: list[Manifest]) -> dict[str, Manifest]:
    return named(manifests, kind="Deployment")


@pytest.fixture(scope="module")
def pods(manifests: list[Manifest]) -> dict[str, Manifest]:
    """The pod that each Deployment, Job and CronJob makes."""
    nightly = {name: each["spec"]["jobTemplate"] for name, each in named(manifests, kind="CronJob").items()}
    makers = named(manifests, kind="Deployment") | named(manifests, kind="Job") | nightly
    return {name: maker["spec"]["template"] for name, maker in makers.items()}


@pytest.fixture
def settings_of(
    manifests: list[Manifest], pods: dict[str, Manifest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Mapping[str, Any]]:
    """Read the settings as a process will, with a secret of ours in place of each that is mounted."""
    (tmp_path / "secret").write_text("a secret of at least thirty-two characters")

    def read(process: str) -> Mapping[str, Any]:
        for name, value in environment_of(pods[process], manifests).items():
            monkeypatch.setenv(name, str(tmp_path / "secret") if name.endswith("_FILE") and value else value)
        return settings()

    return read
