"""Finds misspelt settings: environment variables and names that no setting has, and the setting each is nearest to."""

import difflib
import os
from collections.abc import Collection, Iterable, Mapping

import yaml

NEAR = 0.85
"""As difflib measures it: one character of ten is wrong, or two have changed places."""


def hint(name: str, settings: Collection[str]) -> str:
    """Name the setting that an unknown name is nearest to; an empty text where none is near."""
    meant = difflib.get_close_matches(name, settings, n=1)
    return f" (do you mean {meant[0]}?)" if meant else ""


def nearly_named_variables(settings: Collection[str]) -> Mapping[str, str]:
    """Give the environment's variables that are nearly a setting, each with that one."""
    near = {name: difflib.get_close_matches(name, settings, n=1, cutoff=NEAR) for name in os.environ.keys() - settings}
    return {name: found[0] for name, found in sorted(near.items()) if found}


def variables_that_are_no_yaml(settings: Iterable[str]) -> list[str]:
    """Give the settings whose variables in the environment YAML does not take, as config.yml has it read them."""
    return [name for name in settings if name in os.environ and not _is_yaml(os.environ[name])]


def _is_yaml(text: str) -> bool:
    try:
        yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return True
