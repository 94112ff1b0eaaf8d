"""Downloads Debian and Ubuntu packages and unpacks them into a folder, as any user, without installing them."""

import fcntl
import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.local.environment import plain_environment
from cli.local.errors import CannotStart

ERLANG = "usr/lib/erlang"
LIBRARIES = ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*", "usr/lib/*-linux-gnu*/pulseaudio")
"""Where packages put libraries; the last is one's own, which it knows by an absolute path."""


@dataclass(frozen=True, kw_only=True)
class UnpackedPackages:
    """A folder with unpacked packages, shared by all instances of this checkout."""

    folder: Path
    print_line: Callable[[str], None]

    @property
    def root(self) -> Path:
        """The folder of the packages' files, which corresponds to `/` of an installation."""
        return self.folder / "root"

    def have(self, package: str) -> None:
        """Ensure that a package, and its dependencies that this machine lacks, are unpacked.

        Raises CannotStart where there is no apt, no network or no such package.
        """
        with self._locked():
            stamp = self.root / f"{package}.unpacked"
            if not stamp.exists():
                self._fetch_and_unpack(package)
                stamp.touch()

    def environment(self) -> Mapping[str, str]:
        """Give the environment in which an unpacked program finds its commands and libraries."""
        libraries = [path for pattern in LIBRARIES for path in self.root.glob(pattern)]
        path = f"{self.root / ERLANG}/bin:{self.root}/usr/bin:{plain_environment()['PATH']}"
        return plain_environment(also={"PATH": path, "LD_LIBRARY_PATH": ":".join(map(str, libraries))})

    def _fetch_and_unpack(self, package: str) -> None:
        if not (shutil.which("apt-get") and shutil.which("dpkg")):
            raise CannotStart(f"This machine has no apt to fetch {package} with.")
        if " " in str(self.root):
            raise CannotStart(f"{package} cannot run from {self.root}, which has a space in it: move this checkout.")
        started = time.monotonic()
        self._apt("update")
        for archive in self._download(package):
            _run(["dpkg", "-x", str(archive), str(self.root)])
        self._make_erlang_relocatable()
        shutil.rmtree(self.folder / "apt")
        self.print_line(f"{package} unpacked in {time.monotonic() - started:.1f} s")

    def _download(self, package: str) -> Sequence[Path]:
        # Also one that dpkg lists as installed: it was not found.
        wanted = ("install", "--reinstall", package)
        plan = self._apt(*wanted, "--simulate")
        count = sum(line.startswith("Inst ") for line in plan.splitlines())
        self.print_line(f"downloading {package} from {_distribution()} ({count} packages, once)…")
        self._apt(*wanted, "--download-only")
        return sorted((self.folder / "apt/cache/archives").glob("*.deb"))

    def _apt(self, *arguments: str) -> str:
        apt = self.folder / "apt"
        for needed in ("state/lists/partial", "cache/archives/partial"):
            (apt / needed).mkdir(parents=True, exist_ok=True)
        options = {
            "Dir::State": apt / "state",
            "Dir::State::lists": apt / "state/lists",
            "Dir::State::status": "/var/lib/dpkg/status",
            "Dir::Cache": apt / "cache",
            "Debug::NoLocking": 1,
            "APT::Sandbox::User": "",
            "APT::Install-Recommends": 0,
            "Acquire::http::Timeout": 30,
        }
        settings = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return _run(["apt-get", "--quiet", "--yes", *settings, *arguments])

    def _make_erlang_relocatable(self) -> None:
        launcher = self.root / ERLANG / "bin/erl"
        if launcher.exists():
            # Replace the absolute path of Debian's package by the path of the script itself.
            own_place = '$(dirname "$(dirname "$(readlink -f "$0")")")'
            launcher.write_text(launcher.read_text().replace(f"=/{ERLANG}", f"={own_place}"))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "unpacking.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=plain_environment())
    if done.returncode:
        last_lines = " ".join((done.stderr or done.stdout).split("\n")[-4:]).strip()
        raise CannotStart(f"`{command[0]}` failed; is the network there? It said: {last_lines}")
    return done.stdout


def _distribution() -> str:
    return platform.freedesktop_os_release().get("NAME", "Debian").removesuffix(" GNU/Linux")
