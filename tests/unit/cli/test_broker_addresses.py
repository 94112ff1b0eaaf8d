"""Every broker address that is shown or shipped names the same virtual host to kombu and to pika."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from kombu import Connection

from cli.local.broker import PrivateBroker
from cli.local.debian import UnpackedPackages
from cli.local.process import REPOSITORY
from cli.local.supervisor import Supervisor

ROOT_HOST = "/"


def of_the_private_broker(folder: Path) -> str:
    """The address that `up` writes into `.local/run.json`, as `amqp`."""
    packages = UnpackedPackages(folder=folder, print_line=lambda _: None)
    return PrivateBroker(folder=folder, packages=packages, supervisor=Supervisor(print_from=lambda *_: None)).uri


def of_compose(_: Path) -> str:
    """The address that a container is given, with a password, as it is read from the secret beside it."""
    address: str = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["x-settings"]["AMQP_URI"]
    return address.replace("@", ":secret@")


def as_pika_reads_it(uri: str) -> str:
    """`pika.URLParameters`, or where there is no pika what it does: the first part of the path, unquoted."""
    if find_spec("pika"):
        import pika

        return str(pika.URLParameters(uri).virtual_host)
    path = urlsplit(uri).path
    return unquote(path.split("/")[1]) if len(path) > 1 else ROOT_HOST


@pytest.mark.parametrize("address_of", [of_the_private_broker, of_compose])
def test_an_address_of_the_broker_names_one_virtual_host_to_kombu_and_to_pika(address_of, tmp_path: Path) -> None:
    address = address_of(tmp_path)

    assert address.endswith("/%2F")
    assert Connection(address).virtual_host == as_pika_reads_it(address) == ROOT_HOST
