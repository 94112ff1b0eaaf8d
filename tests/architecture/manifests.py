"""The manifests under deploy/kubernetes: which there are, and what of them is asked for again and again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.service_names import services

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "deploy" / "kubernetes" / "example"
PROCESSES = [*services(), "gateway"]
ONCE = ["prepare", "backup"]
Manifest = Mapping[str, Any]


def named(manifests: list[Manifest], *, kind: str) -> dict[str, Manifest]:
    return {each["metadata"]["name"]: each for each in manifests if each["kind"] == kind}


def container_of(pod: Manifest) -> Manifest:
    (container,) = pod["spec"]["containers"]
    return container


def environment_of(pod: Manifest, manifests: list[Manifest]) -> dict[str, str]:
    """What a container is told, by its ConfigMaps and its own variables."""
    container, maps = container_of(pod), named(manifests, kind="ConfigMap")
    shared = [maps[each["configMapRef"]["name"]]["data"] for each in container["envFrom"]]
    own = {each["name"]: each["value"] for each in container.get("env", [])}
    return {name: value for told in [*shared, own] for name, value in told.items()}
