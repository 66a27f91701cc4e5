"""What can be wrong with a query, as exceptions that know a status and a place, and no framework."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_NAME = 128
"""Characters of an identifier (ABNF odataIdentifier); for longer ones nothing similar is searched."""


class ODataError(Exception):
    """The root of the engine's errors.

    Args:
        message: a full sentence that the author of the query can act on.
        position: the 0-based offset in the option's decoded text, where one is known.
        target: the option that is wrong, such as `$filter`, where it is known.
    """

    status = 400
    code = "bad_request"

    def __init__(self, message: str, *, position: int | None = None, target: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.target = target


class SyntaxProblem(ODataError):
    """The text does not follow the grammar."""

    code = "invalid_syntax"


class UnknownProperty(ODataError):
    """A name that the entity type does not have."""

    code = "unknown_property"


class TypeMismatch(ODataError):
    """Operands that cannot stand together, or a literal that names no value."""

    code = "type_mismatch"


class UnknownFunction(ODataError):
    """A call of a function that does not exist."""

    code = "unknown_function"


class LimitExceeded(ODataError):
    """The query is longer, deeper or wider than `Limits` allows."""

    code = "limit_exceeded"


class UnknownOption(ODataError):
    """A query option with a `$` that OData does not define here."""

    code = "unknown_option"


class InvalidOption(ODataError):
    """A query option that is repeated, undecodable or has a value outside its range."""

    code = "invalid_option"


class NotSupported(ODataError):
    """Valid OData that this engine does not carry out."""

    status = 501
    code = "not_supported"


def suggest(name: str, candidates: Iterable[str]) -> str:
    """How to end a sentence about an unknown name: `; did you mean 'hours'?`, or a full stop.

    Args:
        name: what the query says.
        candidates: what it could have said; letter case does not count against a candidate.
    """
    if len(name) > LONGEST_NAME:
        return "."
    known = {candidate.lower(): candidate for candidate in candidates}
    close = get_close_matches(name.lower(), known, n=1)
    return f"; did you mean '{known[close[0]]}'?" if close else "."


def excerpt(text: str, longest: int = 40) -> str:
    """A piece of the query as a message quotes it: in quotes, shortened, control characters made visible."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    visible = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in shown)
    return visible if visible.startswith("'") and len(visible) > 1 else f"'{visible}'"


class UnknownSegment(ODataError):
    """A part of an address that leads nowhere."""

    status = 404
    code = "not_found"


class Outdated(ODataError):
    """A link that led on once, and no more; `location` is where to begin anew."""

    status = 410
    code = "gone"
    location: str | None = None


class NotAcceptable(ODataError):
    """The client takes none of the formats that there are."""

    status = 406
    code = "not_acceptable"
