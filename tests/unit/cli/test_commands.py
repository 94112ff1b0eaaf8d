"""What a command makes of its options and of where it was given."""

import subprocess
import sys
from pathlib import Path

import pytest

from chassis import VERSION
from cli.__main__ import app, main
from cli.commands.arguments import path_of_caller
from cli.local.process import REPOSITORY

PRINTS_FOR_EVER = """
import cli.__main__ as command

@command.app.command("print-for-ever")
def print_for_ever():
    while True:
        print("another line")

command.main()
"""
PRINTS_A_BACKUP = """
from cli.operations.backup import _print_line
import sys

for number in range(100_000):
    _print_line(f"collection {number}")
print("finished", file=sys.stderr)
"""


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        app(list(arguments), prog_name="./partnerships")
    return capsys.readouterr().out


def refusal(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["partnerships", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return str(ended.value.code)


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == f"partnerships {VERSION}\n"


@pytest.mark.parametrize("asked", [["-h"], ["backup", "-h"], ["import", "-h"], ["events", "trace", "-h"]])
def test_every_command_explains_itself_by_the_short_option_too(
    capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    assert "Usage: ./partnerships" in said(capsys, *asked)


def test_a_path_is_the_callers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CALLED_FROM", str(tmp_path))

    assert path_of_caller("backups/today") == tmp_path / "backups" / "today"
    assert path_of_caller("/srv/backups") == Path("/srv/backups")


def test_a_token_of_a_role_within_one_organisation_is_refused_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = refusal(monkeypatch, "token", "--role", "integrator")

    assert "role integrator needs --org with a partner's id" in refused


def test_a_token_of_a_role_of_the_institute_is_refused_for_one_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = refusal(monkeypatch, "token", "--role", "auditor", "--org", "prt_1")

    assert "role auditor needs no --org" in refused


def test_a_token_of_a_role_that_there_is_not_is_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = refusal(monkeypatch, "token", "--role", "bishop")

    assert refused.startswith("partnerships: there is no role bishop: there are auditor, faculty")


def test_a_folder_with_mistakes_is_refused_before_an_instance_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("external_id,name\nx,\n")

    refused = refusal(monkeypatch, "import", str(tmp_path))

    assert refused.splitlines()[0] == f"partnerships: {tmp_path.name} cannot be imported, and nothing of it was:"
    assert "  partner.json: it is missing" in refused.splitlines()


def test_a_command_ends_quietly_when_its_reader_has_read_enough() -> None:
    with subprocess.Popen([sys.executable, "-c", PRINTS_FOR_EVER, "print-for-ever"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()

        assert running.wait(timeout=30) == 1
        assert "Traceback" not in running.stderr.read()


def test_a_backup_goes_on_when_nobody_reads_what_it_prints() -> None:
    with subprocess.Popen([sys.executable, "-c", PRINTS_A_BACKUP], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()

        assert running.stderr.read().endswith("\nfinished\n")
        assert running.wait(timeout=30) == 0


def test_the_shell_completes_commands_and_their_options_by_tab(tmp_path: Path) -> None:
    """As somebody types: the script is read by a real bash, and asked what may come next."""
    command = tmp_path / "partnerships"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from cli.__main__ import main; main()" "$@"\n')
    command.chmod(0o755)
    asks = """
        eval "$(./partnerships completion bash)"
        completed() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _partnerships ./partnerships; echo "${COMPREPLY[@]}"
        }
        completed ./partnerships dead; completed ./partnerships events tail --fo; complete -p partnerships
    """
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY), "HOME": str(tmp_path)}

    done = subprocess.run(
        ["bash", "-c", asks], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines() == [
        "dead-letters",
        "--follow",
        "complete -o default -F _partnerships partnerships",
    ]
