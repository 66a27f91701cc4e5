"""The engine: a query string and an entity set in, a plan and its values out.

Plans are cached by the shape of the query: its text with the literals taken out. A request whose shape is
known is tokenized, its literals are read, and nothing else happens.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from sqlalchemy import Dialect

from odata.aliases import Aliases, shapes_of
from odata.annotations import Form
from odata.applied import Applied, Source, applied
from odata.binder import Binder
from odata.contexts import selection_of
from odata.errors import NotSupported, ODataError
from odata.expansion import expanded, narrowings_of
from odata.keyset import parameter_name
from odata.lexer import Shape as TextShape
from odata.lexer import shape as shape_of
from odata.limits import Limits
from odata.literals import read
from odata.metadata import EntityType, Policy, Shape, Variants
from odata.options import Options
from odata.ordering import bind_order
from odata.origins import ORIGIN, Origin
from odata.parser import parse_expression
from odata.planner import SKIP, Plan, Planner, Query
from odata.search import search_condition
from odata.selection import selected
from odata.skiptokens import Place, Seals
from odata.typed import Preset, Scalar, Slot, Variable, slots_of

PLANS_KEPT = 1_000
"""For each door; what was used longest ago goes first."""

UNSUPPORTED = ("deltatoken", "schemaversion", "id", "index")

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
        origin: where the list begins, when that is one entity: its key comes among the presets' values.
        searchable: the properties that $search looks into, such as `name` or `matter/name`; None for all texts.
    """

    name: str
    entity: EntityType
    shape: Shape
    presets: Mapping[str, Preset] = field(default_factory=dict)
    preset_entity: EntityType | None = None
    origin: Origin | None = None
    searchable: tuple[str, ...] | None = None


class Engine:
    """Plans queries for one database and one door.

    Args:
        dialect: from `odata.statement.dialect_for`.
        policy: the host's row policy. The values of its bound parameters are the host's to pass.
        limits: what a query may cost.
        utc_suffix: what follows a moment in answers: `Z`, or nothing.
        secret: what tokens are sealed with; the processes that serve one service share it.
    """

    def __init__(
        self, dialect: Dialect, policy: Policy, limits: Limits, utc_suffix: str = "Z", secret: bytes = b""
    ) -> None:
        self._seals = Seals(secret)
        self._planner = Planner(dialect, policy, utc_suffix)
        self._dialect = dialect.name
        self._policy = policy
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
        page: int | None = None,
        form: Form | None = None,
    ) -> tuple[Plan, dict[str, Any]]:
        """The plan for a query and the values it takes from the request.

        Args:
            options: the query's system options.
            presets: the values of the presets that apply, by name.
            count_only: leave paging and order out, as `/$count` does.
            page: how many objects at most; None for no pages.
            form: how they are written; None without annotations.

        Raises:
            ODataError: what is wrong, where, and in which option.
        """
        _refuse_unsupported(options)
        presets = presets or {}
        text = place = nulls = None
        top = options.top
        if options.skiptoken is not None and not count_only:
            place = self._seals.read(options.skiptoken, _about_order(of, options))
            nulls = tuple(value is None for value in place.values)
            top = place.left
        if options.filter is not None:
            text = _about("$filter", shape_of, options.filter, self._limits)
        aliases = shapes_of(options.aliases, self._limits) if options.aliases else {}
        key = (
            of.name,
            None if text is None else text.key,
            options.orderby,
            options.select,
            options.expand,
            options.apply,
            options.compute,
            options.search,
            top,
            options.skip is not None,
            options.count,
            count_only,
            tuple(presets),
            tuple((name, aliases[name].key) for name in sorted(aliases)),
            page,
            form,
            nulls,
        )
        plan = self._plans.get(key)
        if plan is None:
            paging = _Paging(top, page, nulls, count_only)
            plan = self._make(of, options, text, aliases, tuple(presets), paging, form)
            if text is not None and len(text.literals) > LONGEST_KEPT:
                return self._with_values(plan, text, aliases, options, presets, place)
            with self._lock:
                self._plans[key] = plan
                while len(self._plans) > PLANS_KEPT:
                    self._plans.popitem(last=False)
        elif len(self._plans) > PLANS_KEPT // 2:
            with self._lock:  # only a cache that may overflow needs to know what was used last
                if key in self._plans:
                    self._plans.move_to_end(key)
        return self._with_values(plan, text, aliases, options, presets, place)

    def next_token(self, of: EntitySet, options: Options, end: tuple[Any, ...], shown: int) -> str:
        """The `$skiptoken` of the page that follows.

        Args:
            options: those of the page before.
            end: where that page ended; shown: how many objects it has.
        """
        about = _about_order(of, options)
        left = options.top
        if options.skiptoken is not None:
            left = self._seals.read(options.skiptoken, about).left
        return self._seals.write(Place(end, None if left is None else left - shown), about)

    def _with_values(
        self,
        plan: Plan,
        text: TextShape | None,
        aliases: Mapping[str, TextShape],
        options: Options,
        presets: Mapping[str, Any],
        place: Place | None,
    ) -> tuple[Plan, dict[str, Any]]:
        values: dict[str, Any] = {f"q_{name}": value for name, value in presets.items()}
        if place is not None:
            for index, value in enumerate(place.values):
                values[parameter_name(index)] = value
        if options.skip is not None:
            values[SKIP] = options.skip
        for slot in plan.slots:
            values[slot.key] = read(slot, text, aliases)
        return plan, values

    def _make(
        self,
        of: EntitySet,
        options: Options,
        text: TextShape | None,
        aliases: Mapping[str, TextShape],
        presets: tuple[str, ...],
        paging: _Paging,
        form: Form | None,
    ) -> Plan:
        root = Variable("$it", of.entity)
        known = Aliases(aliases, self._limits)
        inner = Variable("$preset", of.preset_entity or of.entity)
        filters = [self._preset(of.presets[name], inner) for name in presets if name != ORIGIN]
        made = Applied(of.entity, of.shape, (), grouped=False, searchable=of.searchable)
        origin = of.origin
        if options.apply is not None or options.compute is not None:
            source = Source(of.entity, of.shape, (root, inner), tuple(filters), of.origin, of.searchable)
            made = applied(source, options, known, self._dialect, self._policy, self._limits)
            root, filters, origin = Variable("$it", made.entity), [], None
        if options.search is not None:
            filters.append(
                _about("$search", search_condition, options.search, root, made.searchable, self._limits)
            )
        if text is not None:
            filters.append(_about("$filter", self._filter, text, root, known))
        shape = _about("$select", selected, made.shape, options.select, made.entity, self._limits)
        if not isinstance(shape, Variants):
            shape = _about("$expand", expanded, shape, options.expand, made.entity, self._limits)
        elif options.expand is not None:
            raise NotSupported("$expand after concat or rollup is not supported.", target="$expand")
        if form is not None and not made.grouped:
            shape = form.annotated(shape, of.entity)
        order = (
            ()
            if paging.count_only
            else _about("$orderby", bind_order, options.orderby, root, self._limits, known)
        )
        query = Query(
            made.entity,
            (root, inner),
            shape,
            tuple(filters),
            order,
            paging.top,
            skips=options.skip is not None and not paging.count_only,
            counts=options.count or paging.count_only,
            origin=origin,
            after=paging.nulls,
            page=paging.size,
            exact_numbers=form is not None and form.exact_numbers,
        )
        nested = narrowings_of(shape)
        orders = [*order, *(key for narrowing in nested for key in narrowing.order)]
        conditions = [*filters, *(node for narrowing in nested for node in narrowing.filters)]
        slots = {slot.key: slot for slot in made.slots}
        slots |= {
            slot.key: slot
            for node in (*conditions, *(key.expression for key in orders))
            for slot in slots_of(node)
            if not any(slot.key in narrowing.values for narrowing in nested)
        }
        plan = self._planner.plan(
            query, [slot for slot in slots.values() if slot.convert or slot.key == "now"]
        )
        context = selection_of(options.select, options.expand, self._limits)
        return replace(plan, context=context or made.context)

    def _filter(self, text: TextShape, root: Variable, aliases: Aliases) -> Scalar:
        return Binder(root, parse_expression(text.tokens, self._limits), aliases=aliases).condition()

    def _preset(self, preset: Preset, root: Variable) -> Scalar:
        value = Slot(f"q_{preset.name}", preset.type)
        parsed = parse_expression(preset.filter, self._limits)
        return Binder(root, parsed, {"value": value}).condition()


@dataclass(frozen=True)
class _Paging:
    """Which part of a list is wanted: see `Query`."""

    top: int | None
    size: int | None
    nulls: tuple[bool, ...] | None
    count_only: bool


def _about_order(of: EntitySet, options: Options) -> str:
    """What a place in a list belongs to."""
    made = "\n".join(text for text in (options.apply, options.compute) if text is not None)
    return f"{of.name}\n{options.orderby or ''}" + (f"\n{made}" if made else "")


def _refuse_unsupported(options: Options) -> None:
    """Every request is asked, not only the first of a shape: these options are no part of a plan's key."""
    for name in UNSUPPORTED:
        if getattr(options, name) is not None:
            raise NotSupported(f"The option ${name} is not supported yet.", target=f"${name}")
    if options.format not in (None, "json", "application/json"):
        raise NotSupported("Answers come as JSON only; leave $format out.", target="$format")


def _about(option: str, step: Any, *arguments: Any) -> Any:
    """Run a step; an error in it is about `option`."""
    try:
        return step(*arguments)
    except ODataError as error:
        error.target = error.target or option
        raise
