"""Written data, read once: examples of initiatives that a team can begin from."""

import json
from importlib import resources
from typing import Any


def _initiative_examples() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("initiative_examples.json").read_text(encoding="utf-8")
    examples: list[dict[str, Any]] = json.loads(text)["examples"]
    return examples


INITIATIVE_EXAMPLES = _initiative_examples()
"""Each with the bodies of the requests that begin such an initiative."""
