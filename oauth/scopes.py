"""What a token may do.

A *scope* is granted by a user: `full` (read and change everything), `read` (read everything), or one area's
`<area>:read` and `<area>:write`. An operation declares what it *needs* in the same words: `read`, `write`,
`matters:read`, … An area's write does not imply its read.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

FULL = "full"
READ = "read"
SCOPES = (FULL, READ)
"""The scopes that an app can ask for today."""


@lru_cache(maxsize=1024)
def parse(text: str) -> frozenset[str]:
    """The scopes in a space-separated list (RFC 6749 section 3.3)."""
    return frozenset(text.split())


def allows(granted: frozenset[str], needed: str) -> bool:
    """Whether somebody with the granted scopes may do what needs `needed`."""
    if FULL in granted or needed in granted:
        return True
    return READ in granted and needed.endswith(":read")


def covers(granted: str, wanted: str) -> bool:
    """Whether every scope in one list is known, and is contained in the other list."""
    have = parse(granted)
    return all(is_known(scope) and allows(have, scope) for scope in parse(wanted))


def is_known(scope: str) -> bool:
    return scope in SCOPES


def listed(scopes: Iterable[str]) -> str:
    """The scopes as the wire carries them: each once, in a fixed order.

    >>> listed(["read", "full", "read"])
    'full read'
    """
    return " ".join(sorted(set(scopes)))
