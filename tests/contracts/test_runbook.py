"""Whoever is woken by an alert finds what to do; whoever reads a command finds that it exists."""

import json
import re
import shlex
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cli.__main__ import app
from cli.local.process import REPOSITORY

OPS, BOOK = REPOSITORY / "ops", (REPOSITORY / "docs" / "operations.md").read_text()
RULES = [rule for group in yaml.safe_load((OPS / "alerts.yml").read_text())["groups"] for rule in group["rules"]]
MEASURE = re.compile(r"partnerships_[a-z_]+")
OF_A_HISTOGRAM = re.compile(r"_(bucket|count|sum)$")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alert_has_an_entry_that_says_how_to_look_and_how_to_mend(rule: dict) -> None:
    _, _, entry = BOOK.partition(f"### {rule['alert']}\n")
    entry = entry.partition("\n### ")[0]

    assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert all(word in entry for word in ("**Means**", "**Look**", "**Mend**")), entry


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alert_is_tried_out_silent_and_speaking(rule: dict) -> None:
    tried = yaml.safe_load((OPS / "alerts.test.yml").read_text())["tests"]

    looks = [look for test in tried for look in test["alert_rule_test"] if look["alertname"] == rule["alert"]]

    assert {bool(look["exp_alerts"]) for look in looks} == {True, False}


def test_rules_and_dashboard_ask_only_for_what_the_book_explains() -> None:
    panels = json.loads((OPS / "dashboard.json").read_text())["panels"]
    asked = [rule["expr"] for rule in RULES] + [each["expr"] for panel in panels for each in panel.get("targets", [])]

    names = {OF_A_HISTOGRAM.sub("", name) for query in asked for name in MEASURE.findall(query)}

    assert names - set(MEASURE.findall(BOOK)) == set()


def test_every_link_within_the_book_leads_somewhere() -> None:
    headings = {re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-") for line in re.findall("#+ (.+)", BOOK)}

    assert set(re.findall(r"\]\(#([\w-]+)\)", BOOK)) - headings == set()


@pytest.mark.parametrize("said", sorted(set(re.findall(r"`\./partnerships ([^`…]+?)`", BOOK.replace("\n", " ")))))
def test_every_command_of_the_book_is_one(said: str) -> None:
    words = shlex.split(said)
    command = found(words)

    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} - known == set()


def found(words: list[str]) -> Any:
    """Follow the words to the command they name."""
    command: Any = get_command(app)
    while hasattr(command, "commands"):
        assert words[0] in command.commands, f"there is no {words[0]}"
        command = command.commands[words.pop(0)]
    return command
