"""The engine: a query string and an entity set in, a plan and its values out.

Plans are cached by the shape of the query: its text with the literals taken out. A request whose shape is
known is tokenized, its literals are read, and nothing else happens.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import Dialect

from odata.binder import Binder
from odata.errors import NotSupported, ODataError
from odata.expansion import expanded, narrowings_of
from odata.lexer import Shape as TextShape
from odata.lexer import shape as shape_of
from odata.limits import Limits
from odata.literals import read
from odata.metadata import EntityType, Policy, Shape
from odata.options import Options
from odata.ordering import bind_order
from odata.parser import parse_expression
from odata.planner import SKIP, Plan, Planner, Query
from odata.selection import selected
from odata.typed import Preset, Scalar, Slot, Variable, slots_of

PLANS_KEPT = 1_000
"""For each door; what was used longest ago goes first."""

UNSUPPORTED = ("search", "compute", "apply", "skiptoken", "deltatoken", "schemaversion", "id", "index")

LONGEST_KEPT = 100
"""Literals of a filter whose plan is kept; hardly anybody asks a longer one twice, and its plan is large."""


@dataclass(frozen=True, eq=False)
class EntitySet:
    """What can be asked for under one name.

    Args:
        name: unique among the host's sets; plans are kept under it.
        entity: the allow-list of names in queries.
        shape: what an answer shows when nothing is selected.
        presets: conditions that the host offers as parameters, by name.
        preset_entity: the entity type that their filters are written against.
    """

    name: str
    entity: EntityType
    shape: Shape
    presets: Mapping[str, Preset] = field(default_factory=dict)
    preset_entity: EntityType | None = None


class Engine:
    """Plans queries for one database and one door.

    Args:
        dialect: from `odata.statement.dialect_for`.
        policy: the host's row policy. The values of its bound parameters are the host's to pass.
        limits: what a query may cost.
        utc_suffix: what follows a moment in answers: `Z`, or nothing.
    """

    def __init__(self, dialect: Dialect, policy: Policy, limits: Limits, utc_suffix: str = "Z") -> None:
        self._planner = Planner(dialect, policy, utc_suffix)
        self._limits = limits
        self._plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()
        self._lock = Lock()

    def plan(
        self,
        of: EntitySet,
        options: Options,
        presets: Mapping[str, Any] | None = None,
        *,
        count_only: bool = False,
    ) -> tuple[Plan, dict[str, Any]]:
        """The plan for a query and the values it takes from the request.

        Args:
            options: the query's system options.
            presets: the values of the presets that apply, by name.
            count_only: leave paging and order out, as `/$count` does.

        Raises:
            ODataError: what is wrong, where, and in which option.
        """
        _refuse_unsupported(options)
        presets = presets or {}
        text = None
        if options.filter is not None:
            text = _about("$filter", shape_of, options.filter, self._limits)
        key = (
            of.name,
            None if text is None else text.key,
            options.orderby,
            options.select,
            options.expand,
            options.top,
            options.skip is not None,
            options.count,
            count_only,
            tuple(presets),
        )
        plan = self._plans.get(key)
        if plan is None:
            plan = self._make(of, options, text, tuple(presets), count_only)
            if text is not None and len(text.literals) > LONGEST_KEPT:
                return self._with_values(plan, text, options, presets)
            with self._lock:
                self._plans[key] = plan
                while len(self._plans) > PLANS_KEPT:
                    self._plans.popitem(last=False)
        elif len(self._plans) > PLANS_KEPT // 2:
            with self._lock:  # only a cache that may overflow needs to know what was used last
                if key in self._plans:
                    self._plans.move_to_end(key)
        return self._with_values(plan, text, options, presets)

    def _with_values(
        self, plan: Plan, text: TextShape | None, options: Options, presets: Mapping[str, Any]
    ) -> tuple[Plan, dict[str, Any]]:
        values: dict[str, Any] = {f"q_{name}": value for name, value in presets.items()}
        if options.skip is not None:
            values[SKIP] = options.skip
        for slot in plan.slots:
            values[slot.key] = read(slot, text)
        return plan, values

    def _make(
        self,
        of: EntitySet,
        options: Options,
        text: TextShape | None,
        presets: tuple[str, ...],
        count_only: bool,
    ) -> Plan:
        root = Variable("$it", of.entity)
        inner = Variable("$preset", of.preset_entity or of.entity)
        filters = [self._preset(of.presets[name], inner) for name in presets]
        if text is not None:
            filters.append(_about("$filter", self._filter, text, root))
        shape = _about("$select", selected, of.shape, options.select, of.entity, self._limits)
        shape = _about("$expand", expanded, shape, options.expand, of.entity, self._limits)
        order = () if count_only else _about("$orderby", bind_order, options.orderby, root, self._limits)
        query = Query(
            of.entity,
            (root, inner),
            shape,
            tuple(filters),
            order,
            options.top,
            skips=options.skip is not None,
            counts=options.count or count_only,
        )
        nested = narrowings_of(shape)
        orders = [*order, *(key for narrowing in nested for key in narrowing.order)]
        conditions = [*filters, *(node for narrowing in nested for node in narrowing.filters)]
        slots = {
            slot.key: slot
            for node in (*conditions, *(key.expression for key in orders))
            for slot in slots_of(node)
            if not any(slot.key in narrowing.values for narrowing in nested)
        }
        return self._planner.plan(
            query, [slot for slot in slots.values() if slot.convert or slot.key == "now"]
        )

    def _filter(self, text: TextShape, root: Variable) -> Scalar:
        return Binder(root, parse_expression(text.tokens, self._limits)).condition()

    def _preset(self, preset: Preset, root: Variable) -> Scalar:
        value = Slot(f"q_{preset.name}", preset.type)
        parsed = parse_expression(preset.filter, self._limits)
        return Binder(root, parsed, {"value": value}).condition()


def _refuse_unsupported(options: Options) -> None:
    """Every request is asked, not only the first of a shape: these options are no part of a plan's key."""
    for name in UNSUPPORTED:
        if getattr(options, name) is not None:
            raise NotSupported(f"The option ${name} is not supported yet.", target=f"${name}")
    if options.format not in (None, "json", "application/json"):
        raise NotSupported("Answers come as JSON only; leave $format out.", target="$format")
    if options.aliases:
        raise NotSupported("Parameter aliases are not supported yet.", target="$filter")


def _about(option: str, step: Any, *arguments: Any) -> Any:
    """Run a step; an error in it is about `option`."""
    try:
        return step(*arguments)
    except ODataError as error:
        error.target = error.target or option
        raise
