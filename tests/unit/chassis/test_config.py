import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from nameko.cli.utils.config import load_config

from chassis.runtime import config
from chassis.runtime.config import InvalidSettings, ProcessSettings, flattened, given
from chassis.runtime.setting_names import nearly_named_variables
from chassis.runtime.settings import Settings, seconds
from cli.connection.settings import every_section

ROOT = Path(__file__).resolve().parents[3]
GIVEN = {
    "AMQP_URI": "amqp://guest:guest@127.0.0.1:5672/",
    "MONGO_URI": "mongodb://127.0.0.1/?replicaSet=rs0",
    "SMTP_URI": "smtp://127.0.0.1:25",
}


FILE = load_config((ROOT / "config.yml").read_text(encoding="utf-8"))


class Kitchen(Settings):
    """A section that a service of these tests uses."""

    section = "kitchen"

    BAKING_SECONDS = seconds()


def settings(**changes: Any) -> dict[str, Any]:
    return flattened(FILE) | GIVEN | changes


def validated(found: dict[str, Any]) -> dict[str, Any]:
    return config.validated(found, every_section())


def shared_file(folder: Path, **sections: Any) -> Path:
    """A file with the top level of ours, and sections of several services."""
    path = folder / "config.yml"
    top = {name: value for name, value in settings().items() if name in ProcessSettings().fields}
    path.write_text(yaml.safe_dump(top | sections))
    return path


def test_the_settings_file_is_right_once_the_parts_are_given() -> None:
    checked = validated(settings())

    assert checked["RETRY_STEPS_SECONDS"] == [10, 60, 300, 1800, 7200]
    assert checked["CONTACT_NAME"] == "Yaël Gill"


def test_the_file_and_the_schema_name_the_same_settings() -> None:
    declared = {(each.section, name) for each in (ProcessSettings, *every_section()) for name in each().fields}
    listed = {(section, name) for section, held in FILE.items() if section.islower() for name in held}

    assert listed | {("", name) for name in FILE if not name.islower()} == declared


def test_every_setting_has_one_section_and_those_who_share_one_say_the_same_of_it() -> None:
    owners = [(name, each.section) for each in every_section() for name in each().fields]
    sections = {each.section: set(each().fields) for each in every_section()}

    assert len({name for name, _ in owners}) == len(set(owners))
    assert [each for each in every_section() if set(each().fields) != sections[each.section]] == []


def test_a_process_is_given_the_sections_it_uses_and_nothing_of_the_others(tmp_path: Path) -> None:
    path = shared_file(tmp_path, kitchen={"BAKING_SECONDS": 60}, cellar={"SECRET_FILE": "/not/here"})

    found = given(path, [Kitchen])

    assert found["BAKING_SECONDS"] == 60
    assert "SECRET_FILE" not in found
    assert config.validated(found, [Kitchen])["BAKING_SECONDS"] == 60


def test_a_process_whose_section_is_not_there_misses_each_of_its_settings(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="setting BAKING_SECONDS: A value is expected; there is none"):
        config.validated(given(shared_file(tmp_path), [Kitchen]), [Kitchen])


def test_a_section_without_settings_is_no_section_but_an_unknown_setting(tmp_path: Path) -> None:
    found = given(shared_file(tmp_path, heartbeat=5), [])

    with pytest.raises(InvalidSettings, match="setting heartbeat: Unknown field"):
        config.validated(found, [])


def test_a_setting_of_a_section_is_unknown_above_it_and_in_the_section_of_somebody_else(tmp_path: Path) -> None:
    for misplaced in ({"BAKING_SECONDS": 60}, {"kitchen": {"BAKING_SECONDS": 60, "MAIL_FROM": "us@x.example"}}):
        with pytest.raises(InvalidSettings, match=r"setting (BAKING_SECONDS|MAIL_FROM): Unknown field"):
            declared = [Kitchen] if "kitchen" in misplaced else []
            config.validated(given(shared_file(tmp_path, **misplaced), declared), declared)


def test_every_setting_in_the_file_says_what_it_means() -> None:
    lines = (ROOT / "config.yml").read_text(encoding="utf-8").splitlines()
    names = [index for index, line in enumerate(lines) if re.match(r" *[A-Z_]+:", line)]

    assert len(names) == len(settings())
    assert [lines[index] for index in names if not lines[index - 1].lstrip().startswith("# ")] == []


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("WORKERS", 0, "setting WORKERS: A number greater than or equal to 1"),
        ("WORKERS", "many", "setting WORKERS: A whole number is expected; got 'many'"),
        ("HEARTBEAT", 0, "setting HEARTBEAT"),
        ("RPC_DEADLINE_SECONDS", 0.9, "setting RPC_DEADLINE_SECONDS: 1 second or more is expected; got 0.9"),
        ("LOG_FORMAT", "xml", "setting LOG_FORMAT: One of auto, json, text is expected; got 'xml'"),
        ("RETRY_STEPS_SECONDS", [10, -1], "setting RETRY_STEPS_SECONDS/1"),
        ("WEB_SERVER_ADDRESS", "8000", "setting WEB_SERVER_ADDRESS: address:port is expected"),
        ("WEB_SERVER_ADDRESS", "127.0.0.1:65536", "with a port up to 65535; got '127.0.0.1:65536'"),
        ("OPS_ADDRESS", "127.0.0.1:70000", "setting OPS_ADDRESS: address:port or nothing is expected"),
        (
            "STOP_DEADLINE_SECONDS",
            15,
            "setting STOP_DEADLINE_SECONDS: More than REACTION_LIMIT_SECONDS (15) is expected",
        ),
        ("MAIL_FROM", "nobody", "setting MAIL_FROM: Not a valid email address; got 'nobody'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_and_what_would_be_right(name: str, wrong: Any, said: str) -> None:
    with pytest.raises(InvalidSettings) as raised:
        validated(settings(**{name: wrong}))

    assert said in str(raised.value)


def test_a_missing_setting_is_named() -> None:
    found = settings()
    del found["AMQP_URI"]

    with pytest.raises(InvalidSettings, match="setting AMQP_URI: A value is expected; there is none"):
        validated(found)


def test_an_unknown_setting_is_refused_with_the_one_it_may_have_been_meant_to_be() -> None:
    with pytest.raises(InvalidSettings, match=r"setting HEARTBEET: Unknown field.*do you mean HEARTBEAT\?"):
        validated(settings(HEARTBEET=5))


@pytest.mark.parametrize(
    ("variable", "meant"), [("MAIL_FORM", "MAIL_FROM"), ("RETRY_STEPS_SECOND", "RETRY_STEPS_SECONDS"), ("HOME", None)]
)
def test_a_variable_that_is_nearly_a_setting_is_noticed(
    monkeypatch: pytest.MonkeyPatch, variable: str, meant: str | None
) -> None:
    monkeypatch.setenv(variable, "1")

    assert nearly_named_variables(config.variables(ROOT / "config.yml")).get(variable) == meant


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(InvalidSettings) as raised:
        validated(settings(HEARTBEAT=0, LOG_LEVEL="LOUD"))

    assert len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize("name", ["AMQP_URI", "TRACES_URL", "GATEWAY_URL", "PUBLIC_URL"])
def test_a_password_in_a_wrong_uri_is_not_shown(name: str) -> None:
    with pytest.raises(InvalidSettings) as raised:
        validated(settings(**{name: "ftp://me:topsecret@broker/"}))

    assert "topsecret" not in str(raised.value)
    assert f"setting {name}" in str(raised.value)


PASSWORD = "Pa#s/s?w:o@r[d"
URIS = {
    "AMQP_URI": "amqps://me:{}@broker.example:5671/%2F",
    "MONGO_URI": "mongodb://me:{}@one.example:27017,two.example/?replicaSet=rs0&tls=true",
    "SMTP_URI": "smtps://me:{}@mail.example:465",
    "PUBLIC_URL": "https://me:{}@us.example",
    "AMQP_MANAGEMENT_URL": "https://me:{}@broker.example:15671",
    "TRACES_URL": "https://me:{}@spans.example/v1/traces?x=1",
    "GATEWAY_URL": "https://me:{}@us.example",
}


def test_every_setting_that_is_an_address_is_tried_here() -> None:
    assert {name for name in settings() if name.endswith(("_URI", "_URL"))} == {*URIS, "OIDC_JWKS_URL"}


@pytest.mark.parametrize("name", URIS)
def test_a_password_of_any_characters_stands_in_an_address_once_it_is_quoted(name: str) -> None:
    uri = URIS[name].format(quote(PASSWORD, safe=""))

    assert validated(settings(**{name: uri}))[name] == uri


@pytest.mark.parametrize("name", URIS)
@pytest.mark.parametrize("special", [*'#/?:@[]%^<>{}|\\`" \n\x00é', "%4", "%zz", "12#3", "12/3@", "12?3"])
def test_a_password_that_is_not_quoted_is_refused_by_a_sentence_that_shows_nothing_of_it(
    name: str, special: str
) -> None:
    uri = URIS[name].format(f"hunter{special}hush")

    for refuses in (validated, lambda found: config.check_addresses(found, every_section())):
        with pytest.raises(InvalidSettings) as raised:
            refuses(settings(**{name: uri}))
        assert f"setting {name}: " in str(raised.value)
        assert "is written as %XX" in str(raised.value)
        assert "hunter" not in str(raised.value)
        assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("SMTP_URI", "smtp://mail.example:99999", "a port from 1 to 65535 is expected"),
        ("AMQP_URI", "amqp://broker.example:0/", "a port from 1 to 65535 is expected"),
        ("AMQP_URI", "amqps://one.example,two.example/", "one host is expected"),
        ("AMQP_URI", "amqps://broker.example/?ssl_cert_reqs=none", "nothing is expected behind a question mark"),
        (
            "MONGO_URI",
            "mongodb://db.example/?tls=true&tlsInsecure=true",
            "tlsInsecure: certificates are always verified",
        ),
        ("MONGO_URI", "mongodb://db.example/?tlsAllowInvalidHostnames=TRUE", "tlsAllowInvalidHostnames: cert"),
        ("MONGO_URI", "mongodb://db.example/?tlsallowinvalidcertificates=true", "tlsallowinvalidcertificates: cert"),
        ("AMQP_URI", "amqp://" + "x" * 3000, "amqp://user:password@host:port or amqps://"),
    ],
)
def test_an_address_that_cannot_be_or_trusts_anybody_is_refused(name: str, wrong: str, said: str) -> None:
    with pytest.raises(InvalidSettings, match=re.escape(said)):
        validated(settings(**{name: wrong}))


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("AMQP_URI", "amqp://127.0.0.1"),
        ("AMQP_URI", "amqp://guest:guest@[::1]:5672//"),
        ("MONGO_URI", "mongodb+srv://me@cluster.example/?retryWrites=true&w=majority"),
        ("MONGO_URI", "mongodb://db.example/?tls=true&tlsInsecure=false&tlsCAFile=/etc/ssl/own.pem"),
        ("TRACES_URL", ""),
    ],
)
def test_an_address_in_one_of_its_forms_is_taken(name: str, right: str) -> None:
    assert validated(settings(**{name: right}))[name] == right


def test_nothing_that_stands_under_an_unknown_name_is_shown_for_it_could_be_a_secret() -> None:
    with pytest.raises(InvalidSettings) as raised:
        validated(settings(AMQP_URL="amqp://me:topsecret@broker/"))

    assert "topsecret" not in str(raised.value)
    assert "setting AMQP_URL: Unknown field" in str(raised.value)


@pytest.mark.parametrize("value", ["*topsecret", "[topsecret", "topsecret: a: b"])
def test_a_variable_that_is_no_yaml_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TOKEN_SECRET", value)

    with pytest.raises(InvalidSettings) as raised:
        given(ROOT / "config.yml")

    assert str(raised.value) == "setting TOKEN_SECRET: the value given is no YAML: put it in quotes"


def test_a_settings_file_that_is_no_yaml_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("WORKERS: 8\nHEARTBEAT: [30\n")

    with pytest.raises(InvalidSettings, match="the file is no YAML in line 3, column 1"):
        given(tmp_path / "config.yml")


def test_the_settings_file_is_yaml_that_any_tool_reads() -> None:
    assert yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
