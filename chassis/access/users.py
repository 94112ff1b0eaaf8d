"""The users of all processes of an instance, with the passwords that lie in files."""

from collections.abc import Iterable
from pathlib import Path

from nameko import config

from chassis.access import broker_users, database_users, permissions
from chassis.access.broker_users import BrokerUser, UsersNotMade
from chassis.access.database_users import BackupUser, DatabaseUser

BROKER_PASSWORD, DATABASE_PASSWORD = "broker-password", "database-password"
BACKUP = "backup"
"""The user who takes backups."""


def make_users(passwords: Path, *, services: Iterable[str], callers: Iterable[str]) -> None:
    """Make a user for each process, of its own name, and for backups, as the settings' administrator; repeatable.

    `passwords` has a folder for each process, with a file for each password. A service keeps data and hears events; a
    caller only asks, and has no database. Raises UsersNotMade, and pymongo's errors.
    """
    of_services, of_callers = list(services), list(callers)
    keepers = [_of_database(passwords / name, name) for name in of_services]
    backup = _of_backup(passwords / BACKUP, [each.database for each in keepers])
    database_users.make_users([*keepers, backup], mongo_uri=config["MONGO_URI"])
    broker_users.make_users(
        [_of_broker(passwords / name, name, permissions.of_service(name)) for name in of_services]
        + [_of_broker(passwords / name, name, permissions.of_caller(name)) for name in of_callers],
        amqp_uri=config["AMQP_URI"],
        management_url=config["AMQP_MANAGEMENT_URL"],
    )


def _of_broker(folder: Path, name: str, allowed: permissions.BrokerPermissions) -> BrokerUser:
    return BrokerUser(name=name, password=_read(folder / BROKER_PASSWORD), permissions=allowed)


def _of_database(folder: Path, name: str) -> DatabaseUser:
    database = config["DATABASE_PREFIX"] + name
    return DatabaseUser(name=name, password=_read(folder / DATABASE_PASSWORD), database=database)


def _of_backup(folder: Path, databases: list[str]) -> BackupUser:
    return BackupUser(name=BACKUP, password=_read(folder / DATABASE_PASSWORD), databases=databases)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsersNotMade(f"{file} with a password is expected ({type(error).__name__})") from None
