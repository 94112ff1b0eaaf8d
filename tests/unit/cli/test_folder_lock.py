"""A folder of state has one user at a time."""

import os
import subprocess
import sys

import pytest

from cli.local.errors import CannotStart
from cli.local.folder_lock import exclusive_use_of
from cli.local.process import REPOSITORY

LEAVES_AN_ORPHAN_THAT_HOLDS_THE_FOLDER = """
import os, subprocess, sys
from pathlib import Path
from cli.local.folder_lock import exclusive_use_of
lock = exclusive_use_of(Path(sys.argv[1]), print_line=print)
lock.__enter__()
subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], close_fds=False)
os._exit(1)
"""


def test_a_second_user_is_refused_and_told_who_has_it(tmp_path) -> None:
    with exclusive_use_of(tmp_path, print_line=print):
        second = exclusive_use_of(tmp_path, print_line=print)
        with pytest.raises(CannotStart, match=f"in use by process {os.getpid()}"):
            second.__enter__()


def test_the_folder_is_free_again_once_its_user_left(tmp_path) -> None:
    with exclusive_use_of(tmp_path, print_line=print):
        pass

    with exclusive_use_of(tmp_path, print_line=print), pytest.raises(CannotStart):
        exclusive_use_of(tmp_path, print_line=print).__enter__()


def test_the_folder_is_made_if_need_be(tmp_path) -> None:
    with exclusive_use_of(tmp_path / "a" / "b", print_line=print):
        assert (tmp_path / "a" / "b").is_dir()


def test_what_a_killed_user_left_running_is_waited_for(tmp_path) -> None:
    command = [sys.executable, "-c", LEAVES_AN_ORPHAN_THAT_HOLDS_THE_FOLDER, str(tmp_path)]
    killed = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE)
    killed.wait()

    def end_the_orphan(line: str) -> None:
        assert f"the killed process {killed.pid} to end" in line
        killed.stdin.close()

    with exclusive_use_of(tmp_path, print_line=end_the_orphan):
        pass
