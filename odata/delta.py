"""What has changed in a set since a moment, from the host's log of changes (Protocol 4.01, 11.3).

The moment is the number of a change. What is told is the present state of each entity that has changed since, in
the order of the last changes: entities may be told again, but none is left out, whatever is written meanwhile.
For the rows are read after the log, and so are never older than the number that the next question begins at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    FromClause,
    Select,
    String,
    Table,
    bindparam,
    func,
    literal_column,
    select,
)

from odata.drivers import executor
from odata.errors import Outdated
from odata.metadata import Policy, Use
from odata.plans import KEYS, Plan
from odata.runner import objects_of
from odata.statement import Statement, compile_statement

KIND, SINCE = "kind", "since"
"""The parameters of the statements: what kind of row, and after which change."""


@dataclass(frozen=True)
class Log:
    """Where the host notes its changes, in the transactions that make them.

    Args:
        table: a row for each change. Its numbers follow the order of the commits without gaps, within what the
            host's policy lets be seen. The oldest may go, in their order, as long as the newest stays; whoever reads
            asks `Changes.check` afterwards.
        number, kind, key, action: its columns: the number, what kind of row has changed, its key, and what was
            done to it.
        deleted: what `action` says of a row that is gone.
    """

    table: Table
    number: str
    kind: str
    key: str
    action: str
    deleted: str


class Change(NamedTuple):
    """The last change of an entity.

    Args:
        entity: how it is now; None where it is not, or no more, among what is asked for.
        deleted: whether the row is gone.
    """

    key: str
    number: int
    deleted: bool
    entity: dict[str, Any] | None


class Ends(NamedTuple):
    """The first and the last number in the log; 0 while it is empty."""

    first: int
    last: int


class Changes:
    """Reads the log of one database; the arguments are those of `odata.engine.Engine`, and the log."""

    def __init__(self, dialect: Dialect, policy: Policy, log: Log) -> None:
        self._dialect = dialect
        self._policy = policy
        self._log = log
        ends = cast(Select[Any], select(self._end(func.min), self._end(func.max)))
        self._ends = compile_statement(ends, dialect)
        self._count = compile_statement(self._changed(func.count()), dialect)
        self._page = lru_cache(maxsize=64)(self._page_of)

    def last(self, values: Mapping[str, Any], connection: Any) -> int:
        """The number of the last change there is: what is read from now on has it in it.

        Args:
            values: those of the policy's parameters, by name.
            connection: a driver connection, as `odata.runner.fetch_page` takes it.
        """
        return self._read_ends(values, connection).last

    def check(self, since: int, values: Mapping[str, Any], connection: Any) -> int:
        """The number of the last change, where the log knows all that came after the change `since`.

        Raises:
            Outdated: it does not go back, or has not come, so far.
        """
        ends = self._read_ends(values, connection)
        if since > ends.last or (ends.first and since < ends.first - 1):
            raise Outdated("The changes since then are no longer known; read the set again from the start.")
        return ends.last

    def count(self, kind: str, since: int, values: Mapping[str, Any], connection: Any) -> int:
        """How many entities of a kind have changed after the change `since`."""
        given = {**values, KIND: kind, SINCE: since}
        return int(executor(connection)(self._count, given)[0][0])

    def read(
        self, plan: Plan, kind: str, since: int, size: int, values: Mapping[str, Any], connection: Any
    ) -> tuple[list[Change], bool]:
        """The entities of a kind that have changed after the change `since`, and whether there are more.

        Args:
            plan: for the defining query, among given keys.
            size: how many at most.
            values: those of the plan and of the policy's parameters.
        """
        execute = executor(connection)
        logged = execute(self._page(size + 1), {**values, KIND: kind, SINCE: since})
        goes_on, logged = len(logged) > size, logged[:size]
        found = _by_key(plan, {**values, KEYS: [row[0] for row in logged]}, connection) if logged else {}
        changes = [
            Change(key, number, action == self._log.deleted, found.get(key)) for key, number, action in logged
        ]
        return changes, goes_on

    def _read_ends(self, values: Mapping[str, Any], connection: Any) -> Ends:
        first, last = executor(connection)(self._ends, values)[0]
        return Ends(first or 0, last or 0)

    def _end(self, which: Any) -> ColumnElement[int]:
        """In a statement of its own, which an index answers at once."""
        table = self._log.table.alias()
        found: Select[int] = select(which(table.c[self._log.number])).where(*self._policy(table, Use.ROW))
        return found.scalar_subquery()

    def _page_of(self, limit: int) -> Statement:
        columns = (self._log.key, self._log.number, self._log.action)
        # In the text, not a parameter: PostgreSQL plans a page of 50 unlike a page of unknown size.
        page = self._changed(*columns).order_by(self._log.number).limit(literal_column(str(limit)))
        return compile_statement(page, self._dialect)

    def _changed(self, *wanted: Any) -> Select[Any]:
        """The changes that are the last ones of their rows: what is changed again is told then."""
        change, later = self._log.table.alias("change"), self._log.table.alias("later")
        again: Select[Any] = (
            select(literal_column("1"))
            .select_from(later)
            .where(
                *self._policy(later, Use.ROW),
                *self._is_of_kind(later),
                later.c[self._log.key] == change.c[self._log.key],
                later.c[self._log.number] > change.c[self._log.number],
            )
        )
        columns = [change.c[name] if isinstance(name, str) else name for name in wanted]
        return (
            select(*columns)
            .select_from(change)
            .where(
                *self._policy(change, Use.ROW),
                *self._is_of_kind(change),
                change.c[self._log.number] > bindparam(SINCE, type_=BigInteger()),
                ~again.exists(),
            )
        )

    def _is_of_kind(self, table: FromClause) -> list[ColumnElement[bool]]:
        return [table.c[self._log.kind] == bindparam(KIND, type_=String())]


def _by_key(plan: Plan, values: Mapping[str, Any], connection: Any) -> dict[str, dict[str, Any]]:
    if plan.key_at is None:
        raise ValueError("the plan was not made for given keys")
    execute = executor(connection)
    rows: Sequence[Any] = execute(plan.page, values)
    objects = objects_of(plan, rows, values, execute)
    return {row[plan.key_at]: found for row, found in zip(rows, objects, strict=True)}
