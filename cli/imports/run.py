"""`./partnerships import`: puts a folder that was read on record in a running instance."""

from collections.abc import Callable

from cli.connection.api import Api
from cli.imports.folder import Folder
from cli.imports.history_api import HistoryApi
from cli.imports.importing import Import
from cli.imports.report import Report


def put_on_record(folder: Folder, api: Api, *, is_trial: bool, print_line: Callable[[str], None]) -> int:
    """Import a folder, or say what would be made; gives the exit code. Raises CannotBeImported."""
    report = Report(print_line=print_line, is_trial=is_trial)
    Import(api=HistoryApi(api=api), folder=folder, report=report).run()
    return report.finish()
