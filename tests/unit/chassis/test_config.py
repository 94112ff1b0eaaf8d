from pathlib import Path
from typing import Any

import pytest
import yaml
from nameko.cli.utils.config import load_config

from chassis.runtime.config import InvalidSettings, Settings, given, validated
from chassis.runtime.setting_names import RENAMED, nearly_named_variables

ROOT = Path(__file__).resolve().parents[3]
GIVEN = {
    "AMQP_URI": "amqp://guest:guest@127.0.0.1:5672/",
    "MONGO_URI": "mongodb://127.0.0.1/?replicaSet=rs0",
    "SMTP_URI": "smtp://127.0.0.1:25",
}


def settings(**changes: Any) -> dict[str, Any]:
    with (ROOT / "config.yml").open(encoding="utf-8") as file:
        return load_config(file) | GIVEN | changes


def test_the_settings_file_is_right_once_the_parts_are_given() -> None:
    checked = validated(settings())

    assert checked["RETRY_STEPS_SECONDS"] == [10, 60, 300, 1800, 7200]
    assert checked["CONTACT_NAME"] == "Yaël Gill"


def test_the_file_and_the_schema_name_the_same_settings() -> None:
    assert set(settings()) == set(Settings().fields)


def test_every_setting_in_the_file_says_what_it_means() -> None:
    lines = (ROOT / "config.yml").read_text(encoding="utf-8").splitlines()
    names = [index for index, line in enumerate(lines) if line[:1].isalpha()]

    assert [lines[index] for index in names if not lines[index - 1].startswith("# ")] == []


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("WORKERS", 0, "setting WORKERS: Must be greater than or equal to 1"),
        ("WORKERS", "many", "setting WORKERS: Not a valid integer; got 'many'"),
        ("HEARTBEAT", 0, "setting HEARTBEAT"),
        ("RPC_DEADLINE_SECONDS", 0, "setting RPC_DEADLINE_SECONDS: More than 0 seconds is expected; got 0"),
        ("LOG_FORMAT", "xml", "setting LOG_FORMAT: Must be one of: auto, json, text; got 'xml'"),
        ("RETRY_STEPS_SECONDS", [10, -1], "setting RETRY_STEPS_SECONDS/1"),
        ("WEB_SERVER_ADDRESS", "8000", "setting WEB_SERVER_ADDRESS: address:port is expected; got '8000'"),
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

    with pytest.raises(InvalidSettings, match="setting AMQP_URI: Missing data"):
        validated(found)


def test_an_unknown_setting_is_refused_with_the_one_it_may_have_been_meant_to_be() -> None:
    with pytest.raises(InvalidSettings, match=r"setting HEARTBEET: Unknown field.*do you mean HEARTBEAT\?"):
        validated(settings(HEARTBEET=5))


def test_a_setting_that_was_renamed_is_refused_under_its_old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RENAMED, "MAIL_SENDER", "MAIL_FROM")

    with pytest.raises(InvalidSettings, match=r"setting MAIL_SENDER: Unknown field.*it is called MAIL_FROM now"):
        validated(settings(MAIL_SENDER="us@institute.example"))


def test_a_variable_of_a_setting_that_was_renamed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RENAMED, "MAIL_SENDER", "MAIL_FROM")
    monkeypatch.setenv("MAIL_SENDER", "us@institute.example")

    with pytest.raises(InvalidSettings, match="setting MAIL_SENDER is called MAIL_FROM now"):
        validated(settings())


@pytest.mark.parametrize(
    ("variable", "meant"), [("MAIL_FORM", "MAIL_FROM"), ("RETRY_STEPS_SECOND", "RETRY_STEPS_SECONDS"), ("HOME", None)]
)
def test_a_variable_that_is_nearly_a_setting_is_noticed(
    monkeypatch: pytest.MonkeyPatch, variable: str, meant: str | None
) -> None:
    monkeypatch.setenv(variable, "1")

    assert nearly_named_variables(Settings().fields).get(variable) == meant


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
