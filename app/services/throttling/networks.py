"""Whom an address counts for: nobody has many IPv4 addresses for nothing, but everybody has 2**64 of IPv6."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

PREFIX = 56
"""Bits of an IPv6 address that a household or a rented server shares (RFC 6177 section 2)."""


def network_of(address: str | None) -> str:
    """The network that an address belongs to, as tries are counted by it; an IPv4 address stands for itself.

    >>> network_of("192.0.2.7"), network_of("::ffff:192.0.2.7")
    ('192.0.2.7', '192.0.2.7')
    >>> network_of("2001:db8:1:2ff::1") == network_of("2001:db8:1:201:ffff::9")
    True
    >>> network_of("2001:db8:1:2ff::1") == network_of("2001:db8:1:3ff::1")
    False
    >>> network_of(None), network_of("nonsense")
    ('', 'nonsense')
    """
    try:
        found = ip_address(address or "")
    except ValueError:
        return address or ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), PREFIX), strict=False))
