"""Where an app may be answered: which URIs can be registered, and which request matches a registered one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

LONGEST = 2_000
LARGEST_PORT = 65_535
LOOPBACK = frozenset({"127.0.0.1", "::1"})
LOOPBACK_WITH_PORT = re.compile(
    r"(?P<host>http://(?:127\.0\.0\.1|\[::1\])):(?P<port>[0-9]{1,5})(?P<rest>(?:[/?].*)?)"
)
DOTLESS_SCHEME = re.compile(r"[a-z][a-z0-9+-]*")
NEVER = frozenset(
    [
        "about",
        "blob",
        "chrome",
        "data",
        "file",
        "filesystem",
        "ftp",
        "intent",
        "jar",
        "javascript",
        "mailto",
        "resource",
        "tel",
        "vbscript",
        "view-source",
        "ws",
        "wss",
    ]
)
"""Schemes that a browser acts on itself; none of them leads to an app."""
PRIVATE_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+")


def check_redirect_uri(uri: str, *, allows_dotless_schemes: bool = False) -> None:
    """Refuse a URI that must not be registered (RFC 9700 section 4.1.3, RFC 8252 sections 7 and 8.4).

    Accepted are https anywhere, http on this machine only, and private schemes in reverse-domain form such as
    `com.example.app:/callback`.

    Args:
        allows_dotless_schemes: whether `myapp:/callback` will do too. Nobody owns such a scheme, so another app
            on the device can claim it.

    Raises:
        ValueError: with one sentence that says what is wrong.
    """
    if not uri or len(uri) > LONGEST:
        raise ValueError(f"A redirect URI has 1 to {LONGEST} characters.")
    if not all("!" <= character <= "~" for character in uri) or "\\" in uri:
        raise ValueError("A redirect URI has printable ASCII characters only, and no backslash.")
    if "*" in uri:
        raise ValueError("A redirect URI has no wildcard; register each address.")
    if "#" in uri:
        raise ValueError("A redirect URI has no fragment.")
    _check_parts(_split(uri), allows_dotless_schemes)


def matches_registered(registered: Iterable[str], uri: str) -> bool:
    """Whether a request's URI is one of the registered ones, character by character.

    A loopback address that was registered without a port matches any port: a native app takes the port that
    it is given (RFC 8252 section 7.3).
    """
    known = set(registered)
    if uri in known:
        return True
    loopback = LOOPBACK_WITH_PORT.fullmatch(uri)
    if loopback is None or not 0 < int(loopback["port"]) <= LARGEST_PORT:
        return False
    return loopback["host"] + loopback["rest"] in known


def _split(uri: str) -> SplitResult:
    try:
        parts = urlsplit(uri)
        _ = parts.port
    except ValueError as error:
        raise ValueError("A redirect URI must be an absolute URI.") from error
    return parts


def _check_parts(parts: SplitResult, allows_dotless_schemes: bool) -> None:
    host = parts.hostname
    if "@" in parts.netloc:
        raise ValueError("A redirect URI has no user name in it.")
    if parts.scheme in ("https", "http"):
        if not host:
            raise ValueError("A redirect URI names a host.")
        if parts.scheme == "http" and host != "localhost" and host not in LOOPBACK:
            raise ValueError("A redirect URI uses https, except on localhost, 127.0.0.1 and [::1].")
    elif not _is_private(parts.scheme, allows_dotless_schemes):
        raise ValueError(
            "A redirect URI begins with https:// or with a private scheme in reverse-domain form, "
            "such as com.example.app:/callback."
        )


def _is_private(scheme: str, allows_dotless_schemes: bool) -> bool:
    if scheme in NEVER:
        return False
    return bool(
        PRIVATE_SCHEME.fullmatch(scheme) or (allows_dotless_schemes and DOTLESS_SCHEME.fullmatch(scheme))
    )
