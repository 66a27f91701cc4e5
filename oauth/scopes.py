"""What a token may do.

A *scope* is granted by a user: `full` (read and change everything), `read` (read everything), or one area's
`<area>:read` and `<area>:write`. An operation declares what it *needs* in the same words: `read`, `write`,
`matters:read`, … An area's write does not imply its read. Which areas there are, the host says.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

FULL = "full"
READ = "read"
READING, WRITING = ":read", ":write"


class Catalogue:
    """The scopes that a host has.

    Args:
        areas: the names of its areas, such as `matters`.
    """

    def __init__(self, areas: Iterable[str]) -> None:
        by_area = (area + verb for area in areas for verb in (READING, WRITING))
        self.scopes: tuple[str, ...] = (FULL, READ, *by_area)
        self._known = frozenset(self.scopes)

    def knows(self, scope: str) -> bool:
        """Whether every scope in a space-separated list is one of them."""
        return parse(scope) <= self._known


@lru_cache(maxsize=1024)
def parse(text: str) -> frozenset[str]:
    """The scopes in a space-separated list (RFC 6749 section 3.3)."""
    return frozenset(text.split())


def allows(granted: frozenset[str], needed: str) -> bool:
    """Whether somebody with the granted scopes may do what needs `needed`."""
    if FULL in granted or needed in granted:
        return True
    return READ in granted and needed.endswith(READING)


def covers(granted: str, wanted: str) -> bool:
    """Whether everything that one list allows is allowed by the other, too."""
    have = parse(granted)
    return all(allows(have, scope) for scope in parse(wanted))


@lru_cache(maxsize=1024)
def meet(one: str, other: str) -> str:
    """What both lists allow.

    >>> meet("full", "read matters:write")
    'matters:write read'
    >>> meet("read", "matters:read matters:write")
    'matters:read'
    """
    left, right = parse(one), parse(other)
    return listed({scope for scope in left | right if allows(left, scope) and allows(right, scope)})


def listed(scopes: Iterable[str]) -> str:
    """The scopes as the wire carries them: each once, in a fixed order.

    >>> listed(["read", "full", "read"])
    'full read'
    """
    return " ".join(sorted(set(scopes)))
