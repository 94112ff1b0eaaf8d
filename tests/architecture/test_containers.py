"""What docker-compose.yml publishes to the world outside."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.service_names import services

ROOT = Path(__file__).resolve().parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
BROKER = "5672"


def test_nobody_outside_reaches_the_broker_unless_it_is_asked_for() -> None:
    published = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each and "profiles" not in each}

    assert "rabbitmq" not in published
    assert not [port for ports in published.values() for port in ports if port.endswith((f":{BROKER}", ":5671"))]


def test_integrators_reach_it_only_by_tls_and_only_by_their_profile() -> None:
    amqps = SERVICES["amqps"]
    proxy = (ROOT / "deploy" / "amqps" / "haproxy.cfg").read_text(encoding="utf-8")

    assert amqps["profiles"] == ["integrators"]
    assert [port.rpartition(":")[2] for port in amqps["ports"]] == ["5671"]
    assert [line.split() for line in proxy.splitlines() if line.strip().startswith("bind ")] == [
        ["bind", ":5671", "ssl", "crt", "/etc/amqps/certificate.pem"]
    ]


REACHES = {
    **{service: {"rabbitmq", "mongo"} for service in services()},
    "notifications": {"rabbitmq", "mongo", "mailpit"},
    "gateway": {"rabbitmq"},
    "prepare": {"rabbitmq", "mongo"},
    "operator": {"rabbitmq", "mongo", "mailpit"},
    "amqps": {"rabbitmq"},
    "mailpit": set(),
    "secrets": set(),
}
PARTS = {"rabbitmq", "mongo", "mailpit"}


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"rabbitmq", "mongo"}))
def test_a_container_reaches_no_part_that_it_does_not_need(name: str) -> None:
    networks = {each: set(told.get("networks", [])) for each, told in SERVICES.items()}

    reached = {part for part in PARTS - {name} if networks[part] & networks[name]}

    assert reached == REACHES[name]


def test_every_container_is_in_a_network_by_name_or_in_none() -> None:
    """One without a word is in Compose's own, with all others that say none."""
    assert {name for name, told in SERVICES.items() if not told.get("networks")} == {"secrets"}
    assert SERVICES["secrets"]["network_mode"] == "none"


def test_whoever_makes_the_secrets_may_write_where_each_is_kept() -> None:
    made_for_the_operator = re.search(
        r"install -d -o 10001 -g 10001 ((?:/\S+|\\|\s)+)", (ROOT / "Dockerfile").read_text()
    )

    assert made_for_the_operator
    assert {volume.split(":")[1] for volume in SERVICES["secrets"]["volumes"]} == {
        path for path in made_for_the_operator[1].split() if path.startswith("/")
    }
