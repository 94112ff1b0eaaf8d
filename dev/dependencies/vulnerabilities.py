"""Looks up known vulnerabilities of the locked packages in OSV, and reports when OSV does not answer."""

import hashlib
import json
import subprocess
import urllib.error
import urllib.request
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from chassis.domain.identity import rfc3339
from cli.local.process import REPOSITORY
from dev.dependencies.environments import SHIPPING
from dev.dependencies.locks import LOCKS

OSV = "https://api.osv.dev/v1/query"
TIMEOUT_SECONDS = 5


class Verdict(IntEnum):
    """The result as an exit code; a failure of pip-audit counts like a vulnerability."""

    NONE_KNOWN = 0
    SOME_KNOWN = 1
    NOT_ASKED = 3


def audit(*, osv: str = OSV, locks: tuple[str, ...] = tuple(LOCKS)) -> Verdict:
    """Print the known vulnerabilities of locked packages, or that OSV does not answer."""
    if not _answers(osv):
        print(f"not asked: {osv} cannot be reached from here")
        return Verdict.NOT_ASKED
    service = ("--vulnerability-service", "osv", "--osv-url", osv, "--progress-spinner", "off")
    read = [part for lock in locks for part in ("--requirement", lock)]
    audit = (str(SHIPPING.ensured().python), "-m", "pip_audit", "--disable-pip", "--require-hashes")
    done = subprocess.run([*audit, *service, *read], cwd=REPOSITORY, check=False)
    return Verdict.SOME_KNOWN if done.returncode else Verdict.NONE_KNOWN


def record(
    verdict: Verdict, file: Path, *, at: datetime, osv: str = OSV, locks: tuple[str, ...] = tuple(LOCKS)
) -> None:
    """Write the result, its time and the locks that were checked; the file goes with a release."""
    digests = {lock: hashlib.sha256((REPOSITORY / lock).read_bytes()).hexdigest() for lock in locks}
    said = {
        "vulnerabilities": verdict.name.lower().replace("_", " "),
        "source": osv,
        "at": rfc3339(at),
        "sha256": digests,
    }
    file.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def exit_code(verdict: Verdict, *, may_be_unasked: bool) -> int:
    """Give 0 if none is known, or if OSV does not answer and that is explicitly allowed."""
    if verdict is Verdict.NOT_ASKED and not may_be_unasked:
        print("where that may be, say so: --allow-not-asked")
    return 0 if verdict is Verdict.NOT_ASKED and may_be_unasked else int(verdict)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS).close()
    except urllib.error.HTTPError:
        return True  # reachable: it refuses this kind of request
    except OSError:
        return False
    return True
