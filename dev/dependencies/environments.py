"""Virtual environments with exactly the packages of a lock, without pip."""

import fcntl
import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY

LOCAL = REPOSITORY / ".local"


@dataclass(frozen=True)
class LockedEnvironment:
    """A virtual environment of one lock, in a folder of its own."""

    lock: Path
    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def program(self, name: str) -> Path:
        """A program that one of its packages brought."""
        return self.folder / "bin" / name

    def ensured(self) -> "LockedEnvironment":
        """Create the environment unless it matches the lock, and give it; raises CannotStart when that fails."""
        self.folder.parent.mkdir(exist_ok=True)
        with self.folder.with_suffix(".lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not self._is_up_to_date():
                self._make()
        return self

    def _is_up_to_date(self) -> bool:
        return self._stamp.exists() and self._stamp.read_text() == self._made_from and self.python.exists()

    @property
    def _stamp(self) -> Path:
        return self.folder / "made-from"

    @property
    def _made_from(self) -> str:
        return f"{sys.version_info[:2]} {hashlib.sha256(self.lock.read_bytes()).hexdigest()}"

    def _make(self) -> None:
        where = f"{self.folder.relative_to(REPOSITORY)} (once, from {self.lock.name})"
        print(f"partnerships: making the environment in {where}…", file=sys.stderr, flush=True)
        self._run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(self.folder))
        ours = (sys.executable, "-m", "pip", "--python", str(self.python), "--quiet", "--disable-pip-version-check")
        self._run(*ours, "install", "--only-binary=:all:", "--require-hashes", "--requirement", str(self.lock))
        # Written last, so that an incomplete environment is never used.
        self._stamp.write_text(self._made_from)

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            said = " ".join(done.stdout.splitlines()[-3:])
            raise CannotStart(f"the environment of {self.lock.name} cannot be made (is the network there?): {said}")


def group_environment(name: str) -> LockedEnvironment:
    """Give the environment of one dependency group of pyproject.toml."""
    return LockedEnvironment(lock=REPOSITORY / f"requirements-{name}.lock", folder=LOCAL / f"{name}-venv")


SHIPPING = group_environment("shipping")
"""The tools that judge and describe what we ship."""
RUNTIME = LockedEnvironment(lock=REPOSITORY / "requirements.lock", folder=LOCAL / "runtime-venv")
"""What a process of the platform needs, and nothing else: as in the image."""
