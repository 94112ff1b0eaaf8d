"""Addresses are shown without their secrets."""

import pytest

from chassis.observability.logs import redact


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("amqp://guest:s3cret@broker:5672/institute", "amqp://guest:***@broker:5672/institute"),
        ("mongodb://me:p@ss@a,b:27018/?replicaSet=rs0", "mongodb://me:***@a,b:27018/?replicaSet=rs0"),
        ("smtp://localhost:2525", "smtp://localhost:2525"),
    ],
)
def test_an_address_is_shown_without_its_password(uri, shown) -> None:
    assert redact(uri) == shown
