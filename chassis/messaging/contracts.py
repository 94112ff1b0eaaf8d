"""The committed contracts of events: data, written from the classes of the services, and read by all alike."""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any


def event_contracts() -> Mapping[str, dict[str, Any]]:
    """Give each event's contract by its type; raises ModuleNotFoundError where no contracts are installed."""
    folder = resources.files("contracts") / "events"
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=lambda each: each.name)
    contracts = (json.loads(each.read_text(encoding="utf-8")) for each in files)
    return {contract["title"]: contract for contract in contracts}


def types_with_hearers() -> frozenset[str]:
    """Give the types of the events that some service reacts to."""
    return frozenset(type for type, contract in event_contracts().items() if contract["x-heard-by"])
