"""The browser: Debian's Chromium without a window, unpacked and never installed, with fonts of its own."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.local.debian import UnpackedPackages
from cli.local.errors import CannotStart
from cli.local.parts import PACKAGES

PACKAGE, PROGRAM = "chromium-headless-shell", "usr/lib/chromium/chromium-headless-shell"
FONTS_PACKAGE, FONTS = "fonts-dejavu-core", "usr/share/fonts/truetype/dejavu"
"""Every machine draws with these alone, Latin and Arabic, so that a page is as wide on each."""
OPTIONS = (
    "--headless",
    "--remote-debugging-pipe",
    # Its sandbox needs rights over namespaces that containers and some machines refuse; it sees pages of ours alone.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
OWN = "CHROMIUM"
"""The variable that names another Chromium or Chrome, where there are no packages of Debian's."""
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{folder}/fonts</cachedir>
  <match target="pattern"><edit name="family" mode="append" binding="strong"><string>DejaVu Sans</string></edit></match>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """How a browser is started."""

    command: Sequence[str]
    environment: Mapping[str, str]


def found_browser(folder: Path) -> Browser:
    """Fetch the browser where it is not there yet; `folder` takes its state. Raises CannotStart, in a sentence."""
    packages = UnpackedPackages(folder=PACKAGES, print_line=print)
    try:
        packages.have(FONTS_PACKAGE)
        program = os.environ.get(OWN) or _unpacked(packages)
    except CannotStart as error:
        raise CannotStart(f"There is no browser: name one in {OWN}. {error}") from error
    fonts = folder / "fonts.conf"
    fonts.write_text(FONT_CONFIGURATION.format(fonts=packages.root / FONTS, folder=folder))
    environment = {**packages.environment(), "FONTCONFIG_FILE": str(fonts), "HOME": str(folder)}
    return Browser([program, *OPTIONS, f"--user-data-dir={folder / 'profile'}"], environment)


def _unpacked(packages: UnpackedPackages) -> str:
    packages.have(PACKAGE)
    return str(packages.root / PROGRAM)
