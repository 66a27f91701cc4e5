"""Where apps that run in a browser call from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

WEB_ORIGIN = re.compile(r"https?://[!#-~]{1,290}")


def is_web_origin(origin: str) -> bool:
    """Whether an `Origin` header (RFC 6454 section 7) may be that of a page; `null` and nonsense are not."""
    return WEB_ORIGIN.fullmatch(origin) is not None


def has_origin(redirect_uris: Iterable[str], origin: str) -> bool:
    """Whether one of an app's redirect URIs is of this origin.

    >>> has_origin(["https://spa.example/cb"], "https://spa.example")
    True
    >>> has_origin(["https://spa.example.com/cb"], "https://spa.example")
    False
    """
    return any(_origin(uri) == origin for uri in redirect_uris)


def _origin(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"
