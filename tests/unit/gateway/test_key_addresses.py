"""Which places an issuer's keys may come from."""

import pytest

from gateway.auth.fetching import is_confidential


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://id.example/keys", True),
        ("http://127.0.0.1:9400/keys", True),
        ("http://[::1]:9400/keys", True),
        ("http://localhost/keys", True),
        ("http://id.example/keys", False),
        ("http://127.0.0.1.id.example/keys", False),
        ("http://localhost@id.example/keys", False),
        ("file:///etc/keys", False),
        ("ftp://127.0.0.1/keys", False),
        ("", False),
    ],
)
def test_keys_are_fetched_only_from_confidential_addresses(url: str, is_one: bool) -> None:
    assert is_confidential(url) is is_one
