"""Where $apply and $compute come in: before all other options, which then ask about what they made.

Order of evaluation: Data Aggregation 4.0, 3.1, and Protocol 4.01, 11.2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import BigInteger, func, select

from odata.aliases import Aliases
from odata.apply_parser import parse_apply
from odata.apply_planner import computed, first_rows, transformed
from odata.errors import ODataError
from odata.joins import Joins
from odata.lexer import shape as shape_of
from odata.limits import Limits
from odata.metadata import EntityType, Policy, Shape, Use
from odata.options import Options
from odata.origins import Origin
from odata.parser import parse_compute
from odata.predicates import Predicates
from odata.rows import FieldPath, Rows
from odata.stages import Stage, Workshop
from odata.typed import Scalar, Slot, Variable


@dataclass(frozen=True)
class Source:
    """The rows of a set before any option is looked at.

    Args:
        roots: the variables that the filters are about.
        filters: the host's own conditions.
        origin: where the list begins, when not at a set.
        searchable: see `odata.search.texts_of`.
    """

    entity: EntityType
    shape: Shape
    roots: tuple[Variable, ...]
    filters: tuple[Scalar, ...]
    origin: Origin | None
    searchable: tuple[str, ...] | None


@dataclass(frozen=True)
class Applied:
    """What $apply and $compute made of a set.

    Args:
        slots: the values that they take from the request, of parameter aliases and now().
        grouped: whether the rows are no longer those of the set.
        searchable: what $search looks into from here on.
        context: the properties as a context URL lists them, where the rows are no longer those of the set.
    """

    entity: EntityType
    shape: Shape
    slots: tuple[Slot, ...]
    grouped: bool
    searchable: tuple[str, ...] | None
    context: str = ""


def applied(
    source: Source, options: Options, aliases: Aliases, dialect: str, policy: Policy, limits: Limits
) -> Applied:
    """The set after `$apply` and then `$compute`.

    Raises:
        ODataError: what is wrong, where, and in which of the two.
    """
    shop, rows = _begun(source, aliases, dialect, policy, limits)
    if options.apply is not None:
        try:
            shop.text = shape_of(options.apply, limits)
            rows = transformed(shop, rows, parse_apply(options.apply, limits))
        except ODataError as error:
            raise _about("$apply", error) from None
    if options.compute is not None:
        try:
            shop.text = shape_of(options.compute, limits)
            rows = computed(shop, rows, parse_compute(options.compute, limits))
        except ODataError as error:
            raise _about("$compute", error) from None
    return _result(shop, rows)


def _begun(
    source: Source, aliases: Aliases, dialect: str, policy: Policy, limits: Limits
) -> tuple[Workshop, Rows]:
    shop = Workshop(dialect, policy, limits, aliases, shape_of("", limits), source.searchable)
    joins = Joins(source.entity.table.alias(), policy)
    predicates = Predicates(dialect, policy, dict.fromkeys(source.roots, joins))
    conditions = joins.within(source.origin.use if source.origin else Use.ROW)
    conditions += [predicates.condition(node) for node in source.filters]
    if source.origin:
        conditions += source.origin.conditions(joins.base, policy)
    return shop, first_rows(shop, source.entity, source.shape, conditions, joins)


def _result(shop: Workshop, rows: Rows) -> Applied:
    slots, key = tuple(shop.slots), ""
    if rows.order or rows.kind or rows.origin is None:
        # Not the key of the set: a number for each row, by which the order is kept and ties are broken.
        stage = Stage(shop, rows)
        key = shop.fresh()
        number = func.row_number(type_=BigInteger()).over(order_by=stage.order() or None)
        rows = replace(rows, source=stage.close(select(*stage.carried(), number.label(key))))
    grouped = any(kind.shape is None for kind in rows.kinds)
    context = _listed(tuple(rows.fields)) if grouped else ""
    searchable = shop.searchable if rows.origin else None
    return Applied(rows.entity(key), rows.shape(), slots, grouped, searchable, context)


def _listed(paths: Sequence[FieldPath]) -> str:
    """`(matter(name),Total)`: the properties of a context URL (Data Aggregation 4.0, 3.2; Protocol 4.01, 10.9)."""
    below: dict[str, list[FieldPath]] = {}
    for path in paths:
        below.setdefault(path[0], []).append(path[1:])
    return f"({','.join(name + (_listed(rest) if any(rest) else '') for name, rest in below.items())})"


def _about(option: str, error: ODataError) -> ODataError:
    """An error in a text whose literals are read as those of $filter are."""
    error.target = option if error.target in (None, "$filter") else error.target
    return error
