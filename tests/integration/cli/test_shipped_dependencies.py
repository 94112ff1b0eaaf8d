"""What is shipped stands on its lock alone, is described whole, and is asked about where vulnerabilities are known."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from packaging.utils import canonicalize_name

from cli.local.errors import CannotStart
from cli.local.ports import free_port
from cli.local.process import REPOSITORY
from dev.dependencies.environments import RUNTIME, SHIPPING
from dev.dependencies.locks import locked
from dev.dependencies.sbom import bill_of_materials
from dev.dependencies.vulnerabilities import Verdict, audit, exit_code, record
from tests.service_names import services

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # the first run makes two environments
KNOWN_BAD = "kombu"
IMPORTS_ALL = "import chassis.runtime.bootstrap, gateway.service" + "".join(
    f", services.{each}.service" for each in services()
)


@pytest.fixture(scope="module", autouse=True)
def environments() -> None:
    """What is shipped, and the tools that look at it."""
    try:
        RUNTIME.ensured(), SHIPPING.ensured()
    except CannotStart as missing:
        pytest.skip(str(missing))


@pytest.fixture
def osv() -> Iterator[str]:
    """A place that knows something against one package, and answers as OSV's query API documents."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Osv) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        server.shutdown()


class _Osv(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(405)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]
        known = [{"id": "PYSEC-2026-1", "summary": "It talks in its sleep.", "affected": [{"package": asked}]}]
        answer = json.dumps({"vulns": known} if asked["name"] == KNOWN_BAD else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


def test_what_is_shipped_needs_nothing_but_its_lock() -> None:
    done = subprocess.run(
        [RUNTIME.python, "-W", "error", "-W", "ignore::DeprecationWarning", "-c", IMPORTS_ALL],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_the_bill_of_materials_names_every_package_that_is_shipped() -> None:
    bill = json.loads(bill_of_materials())

    shipped = {canonicalize_name(each["name"]): each["version"] for each in bill["components"]}
    assert shipped == locked(REPOSITORY / "requirements.lock")
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "strategic-partnerships"


def test_a_known_vulnerability_of_a_locked_package_turns_the_checks_red(osv: str, capfd) -> None:
    assert audit(osv=osv, locks=("requirements.lock",)) == 1

    said = capfd.readouterr().out
    assert KNOWN_BAD in said
    assert "PYSEC-2026-1" in said


def test_packages_that_nothing_is_known_against_keep_them_green(osv: str) -> None:
    assert audit(osv=osv, locks=("requirements-shipping.lock",)) == 0


@pytest.mark.parametrize(("allowed", "code"), [(False, 3), (True, 0)], ids=["by default", "allowed by name"])
def test_where_nobody_can_be_asked_the_result_says_so_and_passes_only_where_that_is_allowed(
    allowed: bool, code: int, capfd
) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/v1/query"

    assert exit_code(audit(osv=nowhere), may_be_unasked=allowed) == code
    assert capfd.readouterr().out.startswith(f"not asked: {nowhere} cannot be reached from here\n")


def test_the_record_of_a_release_says_that_nobody_was_asked(tmp_path: Path) -> None:
    at, file = datetime(2026, 6, 1, 9, tzinfo=UTC), tmp_path / "vulnerabilities.json"

    record(Verdict.NOT_ASKED, file, at=at, locks=("requirements.lock",))

    said = json.loads(file.read_text())
    assert (said["vulnerabilities"], said["at"]) == ("not asked", "2026-06-01T09:00:00.000Z")
    digest = subprocess.run(["sha256sum", REPOSITORY / "requirements.lock"], capture_output=True, text=True, check=True)
    assert said["sha256"] == {"requirements.lock": digest.stdout.split()[0]}
