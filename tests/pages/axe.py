"""axe-core, which finds what of a page those cannot use who do not see it, or do not use a mouse.

It is Deque's, under the MPL 2.0, and neither part of this project nor shipped with it. A package of PyPI brings it, so
that Python is all that is needed to fetch it; that package's own code is not used. `DIGEST` is that of the same file
in axe-core's own package in the registry of npm.
"""

import fcntl
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from cli.local.parts import PACKAGES
from tests.pages.tab import Tab

VERSION = "4.14.0"
CARRIER = f"pytest-playwright-axe=={VERSION}"
INSIDE = "pytest_playwright_axe/resources/axe.min.js"
DIGEST = "20c09fe157a8a34a30e241aaa1fcdade657734f08ab379ecfbeb7d45cc46e878"
FETCH = ("-m", "pip", "-qq", "--disable-pip-version-check", "download", "--no-deps", "--ignore-requires-python")
FINDINGS = """
axe.run(document, {resultTypes: ["violations", "incomplete"]}).then(found =>
  ["violations", "incomplete"].flatMap(kind => found[kind]
    .flatMap(rule => rule.nodes.map(node => `${kind}: ${rule.id}: ${rule.help}: ${node.html} ${node.failureSummary}`))))
"""


def axe_source() -> str:
    """Give the program, which is fetched once; what is not the file that was looked at is refused."""
    kept = PACKAGES / f"axe-core/axe-{VERSION}.min.js"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "fetching.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(_fetched())
    source = kept.read_bytes()
    assert hashlib.sha256(source).hexdigest() == DIGEST, f"{kept} is not axe-core {VERSION}: remove it"
    return source.decode()


def findings(tab: Tab, source: str) -> list[str]:
    """Give everything that axe-core finds, and what it cannot decide, on the page that a tab shows."""
    with tab.scripts_running():
        tab.evaluate(f"{source}; true")
        return list(tab.evaluate(FINDINGS))


def _fetched() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, *FETCH, "--dest", folder, CARRIER], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as opened:
            return opened.read(INSIDE)
