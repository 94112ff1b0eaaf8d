from pathlib import Path
from typing import Any

import pytest

from chassis.runtime.secret_files import UnusableSecret, with_secrets


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text("hunter2\n")
    return path


def settings(**given: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("AMQP_PASSWORD_FILE", "MONGO_PASSWORD_FILE", "TOKEN_SECRET", "TOKEN_SECRET_FILE"))
    return (
        {"AMQP_URI": "amqp://me@broker:5672/", "MONGO_URI": "mongodb://me@one:1,two:2/?replicaSet=rs0"}
        | nothing
        | given
    )


def test_without_files_the_settings_are_what_they_were() -> None:
    assert with_secrets(settings()) == settings()


def test_a_secret_is_what_its_file_holds_without_the_line_end(secret: Path) -> None:
    assert with_secrets(settings(TOKEN_SECRET_FILE=str(secret)))["TOKEN_SECRET"] == "hunter2"


def test_a_password_goes_into_the_uri_beside_its_user(secret: Path) -> None:
    filled = with_secrets(settings(AMQP_PASSWORD_FILE=str(secret), MONGO_PASSWORD_FILE=str(secret)))

    assert filled["AMQP_URI"] == "amqp://me:hunter2@broker:5672/"
    assert filled["MONGO_URI"] == "mongodb://me:hunter2@one:1,two:2/?replicaSet=rs0"


def test_a_password_of_any_characters_is_a_password_and_not_a_host(secret: Path) -> None:
    secret.write_text("p@ss/w:rd %")

    filled = with_secrets(settings(AMQP_PASSWORD_FILE=str(secret)))

    assert filled["AMQP_URI"] == "amqp://me:p%40ss%2Fw%3Ard%20%25@broker:5672/"  # RFC 3986, section 2.1


def test_a_user_may_stand_beside_the_address_that_all_share(secret: Path) -> None:
    found = settings(AMQP_URI="amqp://broker:5672/%2F", AMQP_USER="camps", AMQP_PASSWORD_FILE=str(secret))

    assert with_secrets(found)["AMQP_URI"] == "amqp://camps:hunter2@broker:5672/%2F"


def test_who_signs_in_is_said_once(secret: Path) -> None:
    with pytest.raises(UnusableSecret, match="setting AMQP_PASSWORD_FILE: AMQP_URI with a user and no password"):
        with_secrets(settings(AMQP_USER="camps", AMQP_PASSWORD_FILE=str(secret)))


def test_a_user_without_a_password_is_refused() -> None:
    with pytest.raises(UnusableSecret, match="setting MONGO_USER: MONGO_PASSWORD_FILE is expected, too"):
        with_secrets(settings(MONGO_USER="camps"))


@pytest.mark.parametrize("uri", ["amqp://broker/", "amqp://me:known@broker/", ""])
def test_a_password_for_nobody_or_for_somebody_who_has_one_is_refused(secret: Path, uri: str) -> None:
    with pytest.raises(
        UnusableSecret, match="setting AMQP_PASSWORD_FILE: AMQP_URI with a user and no password"
    ) as error:
        with_secrets(settings(AMQP_URI=uri, AMQP_PASSWORD_FILE=str(secret)))

    assert "hunter2" not in str(error.value)
    assert "known" not in str(error.value)


def test_a_secret_given_twice_is_refused(secret: Path) -> None:
    with pytest.raises(UnusableSecret, match="setting TOKEN_SECRET_FILE: TOKEN_SECRET is given, too"):
        with_secrets(settings(TOKEN_SECRET="one", TOKEN_SECRET_FILE=str(secret)))


def test_a_file_that_is_not_there_or_is_empty_is_named(tmp_path: Path, secret: Path) -> None:
    secret.write_text("\n")
    with pytest.raises(UnusableSecret, match=rf"setting TOKEN_SECRET_FILE: {secret} is empty"):
        with_secrets(settings(TOKEN_SECRET_FILE=str(secret)))

    with pytest.raises(UnusableSecret, match=rf"{tmp_path}/nothing cannot be read \(FileNotFoundError\)"):
        with_secrets(settings(TOKEN_SECRET_FILE=str(tmp_path / "nothing")))


def test_an_address_that_cannot_be_read_is_refused_without_being_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("hunter2")
    found = {"AMQP_URI": "amqp://me@[topsecret", "AMQP_PASSWORD_FILE": str(tmp_path / "password")}

    with pytest.raises(UnusableSecret) as raised:
        with_secrets(found)

    assert str(raised.value) == "setting AMQP_URI: scheme://user@host is expected"
