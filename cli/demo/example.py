"""The example of a partnership, imported under a name of its own each time, so that it can be played on with."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from cli.connection.api import Api
from cli.demo.story import PrintLine
from cli.imports.folder import read_folder
from cli.imports.run import put_on_record
from cli.local.process import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "partnership"
KEY, NAME = "norrvale", "Norrvale Health"
"""By what its partner is known in the files, and what it is called."""


def import_example(api: Api, *, stamp: str, print_line: PrintLine) -> Any:
    """Import the example as history, and give its partner; raises CannotBeImported, Refused and Unreachable."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_example(Path(folder) / "partnership", stamp=stamp)
        print_line(f"Two years of {NAME} {stamp}, made up, are imported as history: nobody is written to")
        put_on_record(read_folder(copy), api, is_trial=False, print_line=lines.append)
    print_line(lines[-1])
    return api.get("/v1/partners", external_id=f"{KEY}-{stamp}")["items"][0]


def copy_example(copy: Path, *, stamp: str) -> Path:
    """Copy the example, its partner and people named by the stamp."""
    shutil.copytree(EXAMPLE, copy)
    for path in copy.rglob("*.*"):
        text = path.read_text(encoding="utf-8").replace(KEY, f"{KEY}-{stamp}").replace(NAME, f"{NAME} {stamp}")
        path.write_text(text, encoding="utf-8")
    return copy
