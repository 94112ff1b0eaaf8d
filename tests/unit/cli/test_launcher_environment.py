"""When `./partnerships` makes its environment anew; that it can be made is shown with the real thing elsewhere."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from cli.local.process import REPOSITORY


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command in a checkout whose environment stands; what it would have others do is noted in `done`."""
    loader = SourceFileLoader("the_command", str(REPOSITORY / "partnerships"))
    script = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(script)
    environment = tmp_path / ".local" / "venv"
    script.REPOSITORY, script.ENVIRONMENT, script.STAMP = tmp_path, environment, environment / "made-from"
    script.LOCK, script.PYTHON = tmp_path / "requirements-dev.lock", environment / "bin" / "python"
    script.done = []
    monkeypatch.setattr(script, "run", lambda command, *, trouble: note(script, command))
    script.LOCK.write_text("# nothing\n")
    script.make_alone()
    script.done.clear()
    return script


def note(script: ModuleType, command: list[str]) -> None:
    script.done.append("install" if "install" in command else "venv")
    script.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    script.PYTHON.touch()


def test_one_that_stands_is_left_as_it_is(script: ModuleType) -> None:
    script.make_alone()

    assert script.done == []


def test_a_changed_lock_makes_it_anew(script: ModuleType) -> None:
    script.LOCK.write_text("# something else\n")

    script.make_alone()

    assert script.done == ["venv", "install"]
    assert script.is_made()


@pytest.mark.parametrize("missing", ["STAMP", "PYTHON"])
def test_one_left_half_made_is_made_anew(script: ModuleType, missing: str) -> None:
    getattr(script, missing).unlink()

    script.make_alone()

    assert script.done == ["venv", "install"]
    assert script.is_made()


def test_the_old_environment_is_deleted_before_it_is_made_anew(script: ModuleType) -> None:
    left = script.ENVIRONMENT / "left.py"
    left.touch()
    script.STAMP.unlink()

    script.make_alone()

    assert not left.exists()
