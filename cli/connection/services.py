"""Finds the services by their folders."""

import importlib
import inspect
from collections.abc import Mapping

from chassis.runtime.service import Service
from cli.local.process import REPOSITORY

GATEWAY = "gateway.service:GatewayService"


def services() -> Mapping[str, type[Service]]:
    """Give every service by name; each folder of `services/` has one."""
    found = (_service_in(path.parent.name) for path in sorted((REPOSITORY / "services").glob("*/service.py")))
    return {service.name: service for service in found}


def path_of(service: type[Service]) -> str:
    """Give a service's path as `python -m chassis` takes it."""
    return f"{service.__module__}:{service.__name__}"


def _service_in(folder: str) -> type[Service]:
    module = importlib.import_module(f"services.{folder}.service")
    own = [each for _, each in inspect.getmembers(module, inspect.isclass) if each.__module__ == module.__name__]
    return next(each for each in own if issubclass(each, Service))
