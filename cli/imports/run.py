"""`./partnerships import`: reads a folder, and puts it on record in the running instance."""

from collections.abc import Callable
from pathlib import Path

from cli.connection.api import Api
from cli.imports.folder import read_folder
from cli.imports.history_api import HistoryApi
from cli.imports.importing import Import
from cli.imports.report import Report


def import_folder(api: Api, path: Path, *, is_trial: bool, print_line: Callable[[str], None]) -> int:
    """Import a folder, or say what would be made; gives the exit code. Raises CannotBeImported and Unreachable."""
    folder = read_folder(path)
    report = Report(print_line=print_line, is_trial=is_trial)
    Import(api=HistoryApi(api=api), folder=folder, report=report).run()
    return report.finish()
