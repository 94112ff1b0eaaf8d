"""Completion of commands and options by Tab: the script for a shell, whose questions typer answers."""

from collections.abc import Mapping
from enum import StrEnum

from typer.completion import get_completion_inspect_parameters

COMPLETES = "_PARTNERSHIPS_COMPLETE"
"""The variable by which a shell asks."""


class Shell(StrEnum):
    """The shells that can be asked to complete."""

    BASH = "bash"
    ZSH = "zsh"


SCRIPTS: Mapping[Shell, str] = {
    Shell.BASH: f"""\
_partnerships() {{
    local IFS=$'\\n'
    COMPREPLY=( $(COMP_WORDS="${{COMP_WORDS[*]}}" COMP_CWORD=$COMP_CWORD {COMPLETES}=complete_bash "$1") )
}}
complete -o default -F _partnerships partnerships""",
    Shell.ZSH: f"""\
_partnerships() {{
    eval $(_TYPER_COMPLETE_ARGS="${{words[1,$CURRENT]}}" {COMPLETES}=complete_zsh "${{words[1]}}")
}}
compdef _partnerships partnerships""",
}
"""Both run the command as it is typed, and find its name behind any path."""


def know_shells() -> None:
    """Register the shells with typer, which else does so only with options that change files in the home folder."""
    get_completion_inspect_parameters()
