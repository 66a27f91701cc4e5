"""Where a request of ours may go: to the internet, and not into the network that the server stands in.

A firm's administrator names the address, so it must not lead to what only the operator's machines should reach
(server-side request forgery). The name is looked up once, and the connection goes to exactly the address that was
looked at; the certificate is checked against the name.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 2_000
PRINTABLE = re.compile(r"[!-~]+")
NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses that lead to the IPv4 address in their last four bytes (RFC 6052)."""
SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
"""Protocol assignments and the old relays to IPv6 (RFC 6890, RFC 7526); not every Python counts them out."""
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that is given out of the internet's addresses (RFC 4291 section 2.4)."""
PRIVATE = "It leads into a private network, and no request of ours goes there unless the operator allows it."
LOCAL_NAMES = ("localhost", "localhost.localdomain")


@dataclass(frozen=True)
class Policy:
    """What the operator allows.

    Args:
        private_addresses: whether requests may go to addresses that are not public.
        http: whether they may go without TLS.
    """

    private_addresses: bool = False
    http: bool = False


def problem_with(url: str, policy: Policy) -> str | None:
    """What is wrong with an address as it is written; None where nothing is.

    A name is not looked up here: what it leads to is looked at each time that something is sent.
    """
    if len(url) > LONGEST or not PRINTABLE.fullmatch(url):
        return f"An address has at most {LONGEST} characters, and only those of ASCII."
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "This is no address."
    if parts.scheme not in (("https", "http") if policy.http else ("https",)):
        return "An address begins with https://" + (" or http://." if policy.http else ".")
    if not host or port == 0:
        return "An address has a host, such as https://example.com/hook."
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "An address has no user, password or fragment here."
    written = as_address(host)
    if not policy.private_addresses and (
        host.rstrip(".") in LOCAL_NAMES
        or host.rstrip(".").endswith(".localhost")
        or (written is not None and not is_public(written))
    ):
        return PRIVATE
    return None


def host_of(url: str) -> str:
    """The host and port of an address; the rest of it may hold what only its receiver should know."""
    return urlsplit(url).netloc


def as_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is, in any way that the system reads one: `127.1`, `0x7f000001`, `017700000001`."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, UnicodeError):
        return None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the internet's, and of a single machine there.

    >>> is_public(ip_address("93.184.215.14")), is_public(ip_address("::ffff:10.0.0.1"))
    (True, False)
    """
    if isinstance(address, IPv6Address):
        leads_to = IPv4Address(address.packed[-4:]) if address in NAT64 else address.ipv4_mapped
        if leads_to is not None:
            return is_public(leads_to)
        if address not in GLOBAL_UNICAST or address.sixtofour or address.teredo:
            return False
    if any(address in network for network in SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def addresses_of(host: str, port: int, policy: Policy) -> list[str]:
    """The addresses that a name has now and that a request may go to.

    Raises:
        OSError: the name has no address.
        UnicodeError: it is no name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    texts = dict.fromkeys(str(place[0]) for *_, place in found)
    return [text for text in texts if policy.private_addresses or is_public(ip_address(text))]
