"""Packages are unpacked once, without installing anything."""

import subprocess

import pytest

from cli.local.debian import UnpackedPackages
from cli.local.errors import CannotStart

APT = """#!/bin/sh
echo "$@" >> {log}
case "$*" in
    *--simulate*) echo "Inst erlang-base"; echo "Inst rabbitmq-server" ;;
    *--download-only*) touch {archives}/rabbitmq-server.deb ;;
esac
"""
DPKG = """#!/bin/sh
mkdir -p "$3/usr/lib/erlang/bin"
printf '#!/bin/sh\\nROOTDIR=/usr/lib/erlang\\necho "$ROOTDIR"\\n' > "$3/usr/lib/erlang/bin/erl"
chmod +x "$3/usr/lib/erlang/bin/erl"
"""
FAILING_APT = """#!/bin/sh
echo "E: Unable to locate package $5" >&2
exit 100
"""


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose apt and dpkg are pretended."""
    commands = tmp_path / "commands"
    commands.mkdir()
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")

    def with_commands(**texts: str) -> None:
        for name, text in texts.items():
            command = commands / name.replace("_", "-")
            command.write_text(text)
            command.chmod(0o755)

    return with_commands


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def packages(tmp_path, machine, said) -> UnpackedPackages:
    folder = tmp_path / "local"
    machine(apt_get=APT.format(log=tmp_path / "apt.log", archives=folder / "apt/cache/archives"), dpkg=DPKG)
    return UnpackedPackages(folder=folder, print_line=said.append)


def test_a_package_is_downloaded_once(packages, tmp_path) -> None:
    packages.have("rabbitmq-server")
    packages.have("rabbitmq-server")
    downloads = [line for line in (tmp_path / "apt.log").read_text().splitlines() if "--download-only" in line]
    assert len(downloads) == 1


def test_a_download_says_how_much_it_is(packages, said) -> None:
    packages.have("rabbitmq-server")
    assert "(2 packages, once)" in said[0]


def test_apt_keeps_out_of_the_machines_own_folders(packages, tmp_path) -> None:
    packages.have("rabbitmq-server")
    for line in (tmp_path / "apt.log").read_text().splitlines():
        assert f"Dir::State={packages.folder}" in line
        assert f"Dir::Cache={packages.folder}" in line


def test_erlang_finds_itself_even_after_the_folder_moved(packages, tmp_path) -> None:
    packages.have("rabbitmq-server")
    packages.root.rename(tmp_path / "moved")
    found = subprocess.run([tmp_path / "moved/usr/lib/erlang/bin/erl"], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(tmp_path / "moved/usr/lib/erlang")


def test_unpacked_commands_and_libraries_are_found_first(packages) -> None:
    (packages.root / "usr/lib/x86_64-linux-gnu").mkdir(parents=True)
    environment = packages.environment()
    assert environment["PATH"].startswith(f"{packages.root}/usr/lib/erlang/bin:{packages.root}/usr/bin:")
    assert environment["LD_LIBRARY_PATH"] == f"{packages.root}/usr/lib/x86_64-linux-gnu"


def test_a_failing_apt_is_one_sentence_and_is_tried_again_next_time(packages, machine) -> None:
    machine(apt_get=FAILING_APT)
    for _ in range(2):
        with pytest.raises(CannotStart, match="`apt-get` failed; is the network there\\? It said: E: Unable to locate"):
            packages.have("rabbitmq-server")
