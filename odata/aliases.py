"""Parameter aliases: `@p` in an expression, its value in an option of its own (URL Conventions 4.01, 5.3).

Their texts have shapes as $filter has, so that a plan is kept for all values of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from odata import ast
from odata.errors import LimitExceeded, NotSupported, ODataError, UnknownProperty
from odata.lexer import Shape, shape
from odata.limits import Limits
from odata.parser import Parsed, parse_expression

MOST_USES = 20
"""Of aliases that stand for more than a literal: each use writes the expression into the statement again."""

_SIMPLE: tuple[type[ast.Node], ...] = (ast.Boolean, ast.Date, ast.DateTime, ast.Duration, ast.Enum, ast.Float)
_SIMPLE += (ast.GUID, ast.Integer, ast.JsonArray, ast.Null, ast.String, ast.Time)


def shapes_of(texts: Mapping[str, str], limits: Limits) -> dict[str, Shape]:
    """The shapes of alias values, by name with the `@`.

    Raises:
        ODataError: a text holds what is no token, or is too long; `target` is the alias.
    """
    found = {}
    for name, text in texts.items():
        try:
            found[name] = shape(text, limits)
        except ODataError as error:
            error.target = error.target or name
            raise
    return found


class Aliases:
    """The aliases that one expression may use.

    Args:
        shapes: from `shapes_of`.
        local: the names of those whose text is part of the plan's key, as within $expand.
    """

    def __init__(
        self, shapes: Mapping[str, Shape], limits: Limits, local: frozenset[str] = frozenset()
    ) -> None:
        self._shapes = shapes
        self._limits = limits
        self._local = local
        self._parsed: dict[str, Parsed] = {}
        self._uses = 0

    @classmethod
    def none(cls) -> Aliases:
        return cls({}, Limits())

    def with_local(self, texts: Mapping[str, str], limits: Limits) -> Aliases:
        """These, and those that are given values within an expanded item (URL Conventions 4.01, 5.1.4)."""
        if not texts:
            return self
        return Aliases({**self._shapes, **shapes_of(texts, limits)}, limits, self._local | texts.keys())

    @property
    def limits(self) -> Limits:
        """What the texts that use them may cost."""
        return self._limits

    def fixed(self, name: str) -> Shape | None:
        """The shape of a text whose literals keep the values that they have in it; None for all others."""
        return self._shapes[f"@{name}"] if f"@{name}" in self._local else None

    def __contains__(self, name: str) -> bool:
        return f"@{name}" in self._shapes

    def parsed(self, name: str, position: int) -> Parsed:
        """The expression of `@name`.

        Raises:
            UnknownProperty: it has no value.
            ODataError: the value is no expression.
        """
        if name not in self:
            raise UnknownProperty(
                f"The parameter alias '@{name}' at position {position} has no value.", position=position
            )
        found = self._parsed.get(name)
        if found is None:
            try:
                found = parse_expression(self._shapes[f"@{name}"].tokens, self._limits)
            except ODataError as error:
                error.target = f"@{name}"
                raise
            self._parsed[name] = found
        return found

    def use(self, parsed: Parsed, position: int) -> None:
        """Count a use.

        Raises:
            NotSupported: the value is an object.
            LimitExceeded: expressions are used too often.
        """
        if isinstance(parsed.root, ast.JsonObject):
            raise NotSupported("Objects as values of aliases are not supported.", position=position)
        self._uses += not isinstance(parsed.root, _SIMPLE)
        if self._uses > MOST_USES:
            raise LimitExceeded(
                f"Aliases of expressions are used more than {MOST_USES} times.", position=position
            )
