"""What every entity type has in common: how one is written."""

from __future__ import annotations

from typing import Any, ClassVar

from schemas.base import Shape
from schemas.fields import Guid, Moment

Values = dict[str, Any]


class Entity(Shape):
    """An entity type. Properties that nobody sets are `dump_only`: a body may carry them, and says nothing.

    A body is read property by property, since a merge (PATCH) carries only some of them.
    """

    fixed: ClassVar[tuple[str, ...]] = ()
    """Properties that are given once and do not change."""

    def arrange(self, values: Values) -> None:
        """Put what a body says where the rules look for it."""

    def in_its_words(self, name: str) -> str:
        """What the body calls something that the rules find wrong, undoing what `arrange` did."""
        return name

    def check(self, values: Values) -> None:
        """See that the values, those that stay included, make a whole.

        Raises:
            ValidationError: they do not.
        """


def made() -> Moment:
    """When the record was made, or changed last."""
    return Moment(dump_only=True)


def tied() -> Guid:
    """The key of another record, which is written with this one or by the rules."""
    return Guid(dump_only=True)
