"""The repository about itself: what import-linter cannot say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service_names import services

ROOT = Path(__file__).resolve().parents[2]
SERVICES = services()
ROOMS = {"README.md", "service.py", "use_cases", "views.py", "schemas", "repository", "model", "events.py"}
EXTRA_ROOMS = {
    "__init__.py",
    "reference",
    "analysis",
    "charts",
    "drawing.py",
    "mailer.py",
    "internet_message.py",
    "calendar_file.py",
    "mail_server.py",
    "templates",
    "settings.py",
}
DOMAIN_WORDS = re.compile(
    r"partner|engagement|milestone|camp(?!aign)|invitation|coach|letter|follow.?up|recipient|institute"
    r"|seat|offer|grace|programme|mail|link",
    re.IGNORECASE,
)
DEAD_LETTER = re.compile(r"dead.?letters?", re.IGNORECASE)  # a word of the broker's, not of the domain
MEASURE = re.compile(r"partnerships[_:][a-z_]+")  # names that all of the product's have: measures, types of problems
OTHER_MEANINGS = {
    # The address of a mailbox is a type of field, as a zone is: partners and notifications both have such fields.
    "chassis/schemas/mail_addresses.py": "mail",
    "chassis/schemas/fields.py": "mail",
    "chassis/domain/erasure.py": "mail",
    "chassis/observability/logs.py": "mail",
    # Another name of a zone, a relation of spans, a header of HTTP, the end of a thread: none is a link in a letter.
    "chassis/schemas/zones.py": "link",
    "chassis/observability/trace_export.py": "link",
    "gateway/http/responses.py": "link",
    "chassis/runtime/container.py": "link",
    # The characters of a header.
    "chassis/schemas/external_ids.py": "letter",
    "gateway/http/headers.py": "letter",
}
"""Words that mean something else in a file than in the domain."""
# It writes two; it looks for names that are nearly a setting's; it passes a few on to the parts of a local instance.
MAY_LOOK_AROUND = ("bootstrap.py", "setting_names.py", "environment.py")
UNNAMED = {"utils", "helpers", "common", "base", "manager", "misc", "shared"}
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_connection_to_the_broker_verifies_whom_it_speaks_to() -> None:
    unverified = [
        f"{relative(path)}:{node.lineno}"
        for path in python_files("chassis", "services", "gateway", "cli", "dev")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Connection", "kombu.Connection") and node.args
    ]

    assert [each for each in unverified if not each.startswith("chassis/messaging/connection.py")] == []


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_rooms(service: str) -> None:
    found = {entry.name for entry in (ROOT / "services" / service).iterdir() if entry.name != "__pycache__"}

    rooms = {name for name in found if name not in EXTRA_ROOMS}

    assert {name.removesuffix(".py") for name in rooms} == {name.removesuffix(".py") for name in ROOMS}


@pytest.mark.parametrize("folder", ["chassis", "gateway/http", "gateway/endpoints"])
def test_what_serves_any_domain_knows_no_word_of_ours(folder: str) -> None:
    assert [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in python_files(folder)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if words_of_the_domain(line) - {OTHER_MEANINGS.get(relative(path))}
    ] == []


def test_every_word_with_another_meaning_is_still_in_its_file() -> None:
    assert [
        path for path, word in OTHER_MEANINGS.items() if word not in words_of_the_domain((ROOT / path).read_text())
    ] == []


def words_of_the_domain(text: str) -> set[str]:
    return {found.lower() for found in DOMAIN_WORDS.findall(DEAD_LETTER.sub("", MEASURE.sub("", text)))}


@pytest.mark.parametrize("path", python_files("chassis", "services", "gateway", "cli"), ids=relative)
def test_a_file_is_seen_whole_and_named_for_what_it_does(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300
    assert path.stem not in UNNAMED


@pytest.mark.parametrize("path", python_files("services"), ids=relative)
def test_only_the_entrypoints_of_a_service_know_nameko(path: Path) -> None:
    known = {name.partition(".")[0] for name in imported(path)} & {"nameko", "kombu", "eventlet", "amqp"}

    assert not known or path.name == "service.py"


@pytest.mark.parametrize("path", python_files("services", "gateway", "cli"), ids=relative)
def test_only_the_chassis_publishes(path: Path) -> None:
    published = [call for call in calls(path) if call.endswith((".publish", ".basic_publish"))]

    assert not published


@pytest.mark.parametrize("path", python_files("services", "chassis"), ids=relative)
def test_only_the_gateway_asks_by_rpc(path: Path) -> None:
    asked = {name for name in imported(path) if name == "chassis.rpc.client" or name.startswith("nameko.standalone")}

    assert not asked


@pytest.mark.parametrize("path", python_files("chassis", "services", "gateway", "cli"), ids=relative)
def test_no_environment_variable_is_read_outside_the_settings(path: Path) -> None:
    read = [call for call in calls(path) if call in ("os.getenv", "os.environ.get")]
    subscripts = "os.environ" in path.read_text() and path.name not in MAY_LOOK_AROUND

    assert not read
    assert not subscripts


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_in_the_readme_the_catalogue_and_the_containers(service: str) -> None:
    assert f"| `services/{service}` |" in (ROOT / "README.md").read_text()
    assert f"## {service}" in (ROOT / "docs" / "events.md").read_text()
    assert f"services.{service}.service:" in (ROOT / "docker-compose.yml").read_text()


def test_every_decision_record_has_a_decision() -> None:
    assert DECISIONS
    assert [relative(path) for path in DECISIONS if "## Decision" not in path.read_text()] == []


def test_every_decision_is_in_the_index_that_the_readme_names() -> None:
    records = {path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")}
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()

    assert set(re.findall(r"\((0\d[\w-]+\.md)\)", index)) == records
    assert "(docs/decisions/README.md)" in (ROOT / "README.md").read_text()


def test_every_decision_has_the_same_title_in_the_index_as_on_its_page() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    titles = [path.read_text().partition("\n")[0].removeprefix("# ") for path in DECISIONS]

    assert [title for title in titles if f"[{title}](" not in index] == []


def test_every_number_without_a_decision_is_explained_in_the_index() -> None:
    numbers = {int(path.name[:4]) for path in DECISIONS}
    introduction = (ROOT / "docs" / "decisions" / "README.md").read_text().partition("| decision |")[0]

    assert [each for each in range(1, max(numbers)) if each not in numbers and str(each) not in introduction] == []


def test_the_readme_has_less_than_120_lines() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) < 120


@pytest.mark.parametrize(
    ("page", "heading"), [("README.md", "A milestone's way"), ("CONTRIBUTING.md", "Where is what")]
)
def test_every_file_and_name_that_a_newcomer_is_led_to_is_there(page: str, heading: str) -> None:
    text = (ROOT / page).read_text().partition(f"## {heading}")[2].partition("\n## ")[0]
    steps = re.findall(r"`([a-z_/]+/[a-z_]+(?:\.\w+)?)`((?: `\w+`| and `\w+`)*)", text)
    missing = [
        f"{path} {name}"
        for path, names in steps
        for name in re.findall(r"\w+", names.replace(" and ", " ")) or [""]
        if not (ROOT / path).exists() or name not in _text_of(ROOT / path)
    ]

    assert len(steps) >= 9
    assert missing == []


def _text_of(path: Path) -> str:
    return path.read_text() if path.is_file() else "".join(each.read_text() for each in path.rglob("*.py"))


@pytest.mark.parametrize("folder", ["chassis", "gateway"])
def test_the_card_of_a_foundation_names_every_room(folder: str) -> None:
    card = (ROOT / folder / "README.md").read_text()
    rooms = {path.name for path in (ROOT / folder).iterdir() if (path / "__init__.py").exists()}

    assert rooms
    assert {room for room in rooms if f"`{room}`" not in card} == set()


@pytest.mark.parametrize("folder", ["chassis", "gateway", "cli", "dev", "bench"])
def test_a_package_says_what_it_is_for_and_is_small_enough_to_know(folder: str) -> None:
    packages = [path.parent for path in (ROOT / folder).rglob("__init__.py")]

    assert [
        relative(each) for each in packages if not ast.get_docstring(ast.parse((each / "__init__.py").read_text()))
    ] == []
    assert [relative(each) for each in packages if len(list(each.glob("*.py"))) > 20] == []


def test_no_module_of_the_chassis_lies_outside_its_package() -> None:
    assert {path.name for path in (ROOT / "chassis").glob("*.py")} == {"__init__.py", "__main__.py"}


def test_nothing_depends_on_what_is_beside_the_repository() -> None:
    outside = re.compile(r"\.\./shared|/work/")
    texts = [path for path in ROOT.rglob("*") if path.suffix in (".py", ".md", ".yml", ".toml", ".json", ".txt")]
    own = [path for path in texts if not {".local", ".git", ".hypothesis"} & set(path.relative_to(ROOT).parts)]

    assert [relative(path) for path in own if outside.search(path.read_text()) and path != Path(__file__)] == []


@pytest.mark.parametrize("path", python_files("chassis", "services", "gateway", "cli"), ids=relative)
def test_only_the_audit_touches_its_records_and_it_only_adds(path: Path) -> None:
    text = path.read_text()
    changing = re.findall(r"\b(?:update_|replace_|delete_|find_one_and_|bulk_write|drop)\w*\(", text)

    if relative(path) == "chassis/audit/records.py":
        assert changing == []
    else:
        assert 'audit_records"' not in text.replace("list_audit_records", "")
        assert not re.search(r"database\[AuditRecords|collection\(AuditRecords", text)


@pytest.mark.parametrize("path", python_files("chassis", "services", "gateway", "cli"), ids=relative)
def test_no_exception_is_raised_twice(path: Path) -> None:
    """One that is kept in a constant keeps each traceback it was raised with, and all that their frames hold."""
    raised = [node.exc for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Raise)]

    assert [each.id for each in raised if isinstance(each, ast.Name) and each.id.lstrip("_").isupper()] == []
