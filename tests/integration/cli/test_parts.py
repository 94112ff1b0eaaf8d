"""The real broker, database and mail server of a local instance."""

import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kombu import Connection
from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from cli.local.broker import ExternalBroker
from cli.local.database import ExternalDatabase, PrivateDatabase
from cli.local.debian import UnpackedPackages
from cli.local.errors import CannotStart
from cli.local.parts import PACKAGES, parts_running
from cli.local.ports import answers
from cli.local.process import REPOSITORY
from cli.local.supervisor import Supervisor

pytestmark = pytest.mark.slow
WRITES_AND_WAITS_TO_BE_KILLED = """
import sys, threading
from pathlib import Path
from pymongo import MongoClient
from cli.local.parts import parts_running
with parts_running(folder=Path(sys.argv[1]), print_from=lambda *_: None) as parts:
    with MongoClient(parts.mongo_uri) as client:
        client.institute.partners.insert_one({"name": "Ysbyty Gwynedd"})
    print(*parts.supervisor.pids().values(), flush=True)
    threading.Event().wait()
"""


def silent(*_: str) -> None:
    """Say nothing."""


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def takes_messages(uri: str) -> bool:
    try:
        with Connection(uri, connect_timeout=2) as connection, connection.SimpleQueue("greetings") as queue:
            queue.put("hello")
            return queue.get(timeout=5).payload == "hello"
    except (OSError, KombuError):
        return False


def takes_transactions(uri: str) -> bool:
    try:
        with MongoClient(uri, serverSelectionTimeoutMS=2000) as client, client.start_session() as session:
            session.with_transaction(lambda session: client.institute.partners.insert_one({}, session=session))
    except PyMongoError:
        return False
    return True


def send(uri: str, text: str, *recipients: str) -> None:
    host, port = uri.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as server:
        server.sendmail("camp@institute.example", recipients, text)


@contextmanager
def running_database(folder: Path) -> Iterator[PrivateDatabase]:
    packages = UnpackedPackages(folder=PACKAGES, print_line=silent)
    with Supervisor(print_from=silent) as supervisor:
        database = PrivateDatabase(folder=folder, packages=packages, supervisor=supervisor)
        database.start()
        database.wait_until_ready()
        yield database


def test_the_broker_takes_messages(parts) -> None:
    assert takes_messages(parts.amqp_uri)


def test_the_database_takes_transactions(parts) -> None:
    assert takes_transactions(parts.mongo_uri)


def test_a_transaction_left_open_is_ended_after_five_seconds(parts) -> None:
    with MongoClient(parts.mongo_uri) as client:
        answer = client.admin.command({"getParameter": 1, "transactionLifetimeLimitSeconds": 1})
    assert answer["transactionLifetimeLimitSeconds"] == 5


def test_each_mail_is_one_file_and_they_sort_by_arrival(parts) -> None:
    for number in range(3):
        send(parts.smtp_uri, f"Subject: Camp {number}\r\n\r\nCome.", "ada@partner.example", "blind@partner.example")
    filed = [mail.read_text() for mail in sorted(parts.mail_folder.iterdir())[-3:]]
    assert [text.count(f"Subject: Camp {number}") for number, text in enumerate(filed)] == [1, 1, 1]
    assert all("X-RcptTo: ada@partner.example, blind@partner.example" in text for text in filed)


def test_mails_may_be_addressed_in_any_script(parts) -> None:
    host, port = parts.smtp_uri.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as server:
        server.sendmail("camp@institute.example", "łucja@partner.example", "Subject: Zima\r\n\r\n", ["SMTPUTF8"])
    assert "łucja@partner.example" in max(parts.mail_folder.iterdir()).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["rabbitmq", "mongod", "mail"])
def test_a_part_that_is_killed_comes_back_where_it_was(parts, name, eventually) -> None:
    killed = parts.supervisor.pids()[name]
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: parts.supervisor.pids().get(name, killed) != killed)
    assert eventually(lambda: takes_messages(parts.amqp_uri) and takes_transactions(parts.mongo_uri))
    assert eventually(lambda: answers(int(parts.smtp_uri.rpartition(":")[2])))


def test_a_second_user_of_the_folder_is_refused(parts) -> None:
    second = parts_running(folder=parts.mail_folder.parent, print_from=silent)
    with pytest.raises(CannotStart, match=f"in use by process {os.getpid()}"):
        second.__enter__()


def test_given_parts_are_used_as_they_are(parts, tmp_path) -> None:
    given = {"amqp_uri": parts.amqp_uri, "mongo_uri": parts.mongo_uri, "smtp_uri": parts.smtp_uri}
    with parts_running(folder=tmp_path, print_from=silent, **given) as used:
        assert (used.amqp_uri, used.mongo_uri, used.smtp_uri) == tuple(given.values())
        assert used.mail_folder is None
        assert used.supervisor.pids() == {}


@pytest.mark.parametrize("uri", ["amqp://guest:s3cret@127.0.0.1:1//", "http://127.0.0.1", "amqp://127.0.0.1:many/"])
def test_a_given_broker_that_does_not_answer_is_named_without_its_password(uri) -> None:
    with pytest.raises(CannotStart, match=r"RabbitMQ at .*127.0.0.1.*mend AMQP_URI") as refused:
        ExternalBroker(uri=uri).wait_until_ready()
    assert "s3cret" not in str(refused.value)


def test_a_given_database_that_does_not_answer_is_named_without_its_password(monkeypatch) -> None:
    monkeypatch.setattr("cli.local.database.ANSWER_TIMEOUT_SECONDS", 0.2)
    with pytest.raises(CannotStart, match=r"No MongoDB answers at .*nobody.invalid .*mend MONGO_URI") as refused:
        ExternalDatabase(uri="mongodb://me:s3cret@nobody.invalid").wait_until_ready()
    assert "s3cret" not in str(refused.value)


def test_a_database_whose_port_was_taken_meanwhile_moves_with_its_data(tmp_path) -> None:
    with running_database(tmp_path) as database, MongoClient(database.uri) as client:
        client.institute.partners.insert_one({"name": "Ysbyty Gwynedd"})
    (tmp_path / "port").unlink()
    with running_database(tmp_path) as moved, MongoClient(moved.uri) as client:
        assert moved.uri != database.uri
        assert client.institute.partners.count_documents({}) == 1


def test_after_a_kill_without_warning_nothing_runs_and_the_next_start_finds_its_data(tmp_path, eventually) -> None:
    command = [sys.executable, "-c", WRITES_AND_WAITS_TO_BE_KILLED, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as killed:
        left = [int(pid) for pid in killed.stdout.readline().split()]
        killed.kill()
    with parts_running(folder=tmp_path, print_from=silent) as parts, MongoClient(parts.mongo_uri) as client:
        assert not any(lives(pid) for pid in left)
        assert client.institute.partners.count_documents({}) == 1
