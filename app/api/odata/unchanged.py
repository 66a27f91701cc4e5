"""Whether an entity's tag speaks for the whole answer: only then may a client go on with what it has.

A tag changes with its row (RFC 9110, 13.1.2). What comes from other rows or from the clock changes without it.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Table

from odata.metadata import Collection, Object, Property, Tally, Value
from odata.options import Options
from odata.own_rows import is_of_row
from odata.plans import Plan
from odata.sets import EntitySet


def is_all_of_row(plan: Plan, of: EntitySet, options: Options) -> bool:
    """Whether everything that the plan shows of an entity is worked out from its own row."""
    return options.compute is None and not any(
        isinstance(member, Object | Collection | Tally)
        or (isinstance(member, Value) and not _is_of(of.entity.table, member.property))
        for member in plan.shape.members
    )


@lru_cache(maxsize=1024)
def _is_of(table: Table, shown: Property) -> bool:
    return not shown.steps and is_of_row(table, shown.column(table))
