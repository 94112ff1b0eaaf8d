"""An issuer outside, and a gateway that believes it."""

from collections.abc import Iterator

import pytest

from gateway.auth import Tokens
from tests.issuer_stub import IssuerStub, issuer_running
from tests.unit.gateway.issuer_tokens import Seconds, believing


@pytest.fixture
def issuer() -> Iterator[IssuerStub]:
    with issuer_running() as running:
        yield running


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def tokens(issuer: IssuerStub, seconds: Seconds) -> Tokens:
    return believing(issuer, seconds)
