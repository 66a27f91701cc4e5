"""The tables of one SELECT: each path is joined once, under its own alias, and no join loses a row."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Alias, ColumnElement, FromClause, Subquery, and_, true

from odata.errors import LimitExceeded
from odata.metadata import Policy, Step, Use

MOST_TABLES = 40
"""In one statement; SQLite takes 64, and no question that a person asks comes near."""


def conditions(
    near: FromClause | None, far: FromClause, step: Step, policy: Policy
) -> list[ColumnElement[bool]]:
    """What makes a row of `far` the one that `step` leads to from a row of `near` (from anywhere, without)."""
    return [
        *(near.c[left] == far.c[right] for left, right in step.pairs if near is not None),
        *(far.c[column] == value for column, value in step.where),
        *policy(far, step.use),
    ]


class Joins:
    """The FROM clause of one SELECT, growing as paths ask for tables.

    Args:
        base: the table (or its alias) whose rows are asked for.
        policy: the host's row policy; every table that is joined passes through it.
    """

    def __init__(self, base: FromClause, policy: Policy) -> None:
        self.base = base
        self.source: FromClause = base
        self.aliases: list[FromClause] = [base]
        self._policy = policy
        self._reached: dict[tuple[FromClause, Step], FromClause] = {}

    def reach(self, steps: Iterable[Step], start: FromClause | None = None) -> FromClause:
        """The alias at the end of `steps` from `start` (the base, when left out), joined (LEFT OUTER) once."""
        near = self.base if start is None else start
        for step in steps:
            far = self._reached.get((near, step))
            if far is None:
                if len(self.aliases) >= MOST_TABLES:
                    raise LimitExceeded(
                        f"The query needs more than {MOST_TABLES} tables at once; ask for less."
                    )
                far = step.table.alias()
                self.source = self.source.outerjoin(far, and_(*conditions(near, far, step, self._policy)))
                self.aliases.append(far)
                self._reached[near, step] = far
            near = far
        return near

    def within(self, use: Use = Use.ROW) -> list[ColumnElement[bool]]:
        """The policy's conditions on the base; the rows of a subquery have met them already."""
        if isinstance(self.base, Alias) and isinstance(self.base.element, Subquery):
            return []
        return self._policy(self.base, use)


def members(
    outer: FromClause | None, steps: tuple[Step, ...], policy: Policy
) -> tuple[Joins, list[ColumnElement[bool]]]:
    """The rows at the end of `steps` as a source, and the conditions that tie them to a row of `outer`.

    The tables on the way are inner-joined (a member that is not there is no member) and are among the
    aliases, the first step's last. Without `outer` the first table's rows are taken from anywhere.
    """
    matching: list[ColumnElement[bool]] = []
    passed: list[FromClause] = []
    near = outer
    for step in steps:
        far = step.table.alias()
        matching += conditions(near, far, step, policy)
        passed.append(far)
        near = far
    inner = Joins(passed.pop(), policy)
    for table in reversed(passed):
        inner.source = inner.source.join(table, true())
        inner.aliases.append(table)
    return inner, matching
