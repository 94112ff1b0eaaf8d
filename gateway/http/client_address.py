"""The address of a client: that of the connection, or what the trusted proxies in front say of it."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

_LONGEST_ENTRY = 60
_PREFIX_BITS = 64
"""What one subscriber of IPv6 usually has: its addresses are one client."""


def client_address(environ: dict[str, Any], *, trusted_proxies: int) -> str:
    """Return the address of the client behind `trusted_proxies` proxies, each of which adds its own client's.

    Entries of `X-Forwarded-For` further to the left are whatever the client sent. The address of the connection is
    returned if there are fewer entries, or one that is no address.
    """
    peer: str = environ.get("REMOTE_ADDR", "")
    if trusted_proxies == 0:
        return peer
    entries = environ.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", trusted_proxies)[-trusted_proxies:]
    nearest = entries[0].strip() if len(entries) == trusted_proxies else ""
    return (_address(nearest) or peer) if len(nearest) <= _LONGEST_ENTRY else peer


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """Return what is counted as one client: an IPv4 address, or the network of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((parsed, _PREFIX_BITS), strict=False))


@lru_cache(maxsize=1024)
def _address(entry: str) -> str | None:
    """Return the address in an entry, which some proxies give with a port."""
    bare = entry[1:].partition("]")[0] if entry.startswith("[") else entry
    without_port = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        return str(ip_address(without_port))
    except ValueError:
        return None
