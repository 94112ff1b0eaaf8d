"""Who a client is: never whom it says it is, only whom the proxies that are trusted say."""

import pytest

from gateway.http.client_address import client_address, network_of

PEER = "192.0.2.1"


def seen(forwarded: str | None, *, trusted_proxies: int) -> str:
    environ = {"REMOTE_ADDR": PEER} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})
    return client_address(environ, trusted_proxies=trusted_proxies)


@pytest.mark.parametrize("forwarded", [None, "", "198.51.100.7", "198.51.100.7, 203.0.113.9"])
def test_without_a_proxy_it_is_who_connects_whatever_the_header_says(forwarded: str | None) -> None:
    assert seen(forwarded, trusted_proxies=0) == PEER


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (1, "made up,198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7,10.0.0.1", "198.51.100.7"),
        (1, "2001:DB8::7", "2001:db8::7"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
    ],
)
def test_behind_proxies_it_is_whom_the_first_trusted_one_saw(proxies: int, forwarded: str, client: str) -> None:
    assert seen(forwarded, trusted_proxies=proxies) == client


@pytest.mark.parametrize(
    ("proxies", "forwarded"),
    [(1, None), (1, ""), (1, "unknown"), (1, "_hidden"), (1, "a" * 9000), (1, "1.2.3"), (2, "198.51.100.7"), (1, ",")],
)
def test_what_no_proxy_would_say_is_not_believed(proxies: int, forwarded: str | None) -> None:
    assert seen(forwarded, trusted_proxies=proxies) == PEER


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_the_addresses_that_one_subscriber_can_choose_from_are_one_client(address: str, network: str) -> None:
    assert network_of(address) == network
