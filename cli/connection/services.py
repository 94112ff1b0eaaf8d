"""Which services there are: those whose folders are there."""

import importlib
import inspect
from collections.abc import Mapping

from chassis.runtime.service import Service
from cli.local.process import REPOSITORY

GATEWAY = "gateway.service:GatewayService"


def services() -> Mapping[str, type[Service]]:
    """Every service by name, found by its folder, so that a new one needs no list."""
    found = (_service_in(path.parent.name) for path in sorted((REPOSITORY / "services").glob("*/service.py")))
    return {service.name: service for service in found}


def path_of(service: type[Service]) -> str:
    """What `python -m chassis` calls it."""
    return f"{service.__module__}:{service.__name__}"


def _service_in(folder: str) -> type[Service]:
    module = importlib.import_module(f"services.{folder}.service")
    own = [each for _, each in inspect.getmembers(module, inspect.isclass) if each.__module__ == module.__name__]
    return next(each for each in own if issubclass(each, Service))
