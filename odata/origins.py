"""Lists that begin at one entity, such as `Matters(…)/time_entries` (URL Conventions 4.01, 4.3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, select, true

from odata.joins import members
from odata.metadata import EntityType, Navigation, Policy, Use

ORIGIN = "origin"
"""The preset that brings the key of the entity that a list begins at."""


@dataclass(frozen=True)
class Origin:
    """Where a list begins: at an entity of the type `owner`, along one of its navigation properties."""

    owner: EntityType
    navigation: Navigation

    @property
    def use(self) -> Use:
        """What the policy is told of the rows at the end: what a row refers to may be seen as $expand shows it."""
        return Use.ROW if self.navigation.collection else Use.REFERENCE

    def conditions(self, base: FromClause, policy: Policy) -> list[ColumnElement[bool]]:
        """What makes a row of `base` one that the origin leads to."""
        steps = self.navigation.steps
        backwards = next((far for near, far in steps[0].pairs if near == self.owner.key), None)
        if backwards is not None and len(steps) == 1:
            return [
                _is_origin(base.c[backwards]),
                *(base.c[column] == value for column, value in steps[0].where),
            ]
        if backwards is not None:
            joins, matching = members(None, steps, policy)
            source, key = joins.source, joins.aliases[-1].c[backwards]
        else:
            owner = self.owner.table.alias()
            joins, matching = members(owner, steps, policy)
            source, key = joins.source.join(owner, true()), owner.c[self.owner.key]
            matching += policy(owner, Use.ROW)
        target = self.navigation.target().key
        found = select(joins.base.c[target]).select_from(source).where(*matching, _is_origin(key))
        return [base.c[target].in_(found)]


def _is_origin(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == bindparam(f"q_{ORIGIN}", type_=column.type)
