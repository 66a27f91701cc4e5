"""From a question to its plan: every option is bound, in the order in which they take effect (Protocol 4.01,
11.2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Dialect

from odata.aliases import Aliases
from odata.applied import Applied, Source, applied
from odata.asked import SEARCH, Asked, about
from odata.binder import Binder
from odata.contexts import selection_of
from odata.errors import NotSupported
from odata.expansion import expanded, narrowings_of
from odata.lexer import Shape as TextShape
from odata.limits import Limits
from odata.metadata import Policy, Shape, Variants
from odata.ordering import bind_order
from odata.origins import ORIGIN
from odata.parser import parse_expression
from odata.planner import Planner
from odata.plans import Plan, Query
from odata.search import search_condition
from odata.selection import selected
from odata.typed import NOW, Order, Preset, Scalar, Slot, Variable, slots_of


class Composer:
    """Binds questions and has them planned; the arguments are those of `odata.engine.Engine`."""

    def __init__(self, dialect: Dialect, policy: Policy, limits: Limits, utc_suffix: str) -> None:
        self._planner = Planner(dialect, policy, utc_suffix)
        self._dialect = dialect.name
        self._policy = policy
        self._limits = limits

    def plan(self, asked: Asked) -> Plan:
        """The plan for a question and all others with its key.

        Raises:
            ODataError: what is wrong, where, and in which option.
        """
        of, options = asked.of, asked.options
        aliases = Aliases(asked.aliases, self._limits)
        root = Variable("$it", of.entity)
        inner = Variable("$preset", of.preset_entity or of.entity)
        filters = [self._preset(of.presets[name], inner) for name in asked.presets if name != ORIGIN]
        made = Applied(of.entity, of.shape, (), grouped=False, searchable=of.searchable)
        origin = of.origin
        if options.apply is not None or options.compute is not None:
            source = Source(of.entity, of.shape, (root, inner), tuple(filters), of.origin, of.searchable)
            made = applied(source, options, aliases, self._dialect, self._policy, self._limits)
            root, filters, origin = Variable("$it", made.entity), [], None
        filters += self._filters(asked, root, made, aliases)
        order: tuple[Order, ...] = ()
        if not asked.count_only:
            order = about("$orderby", bind_order, options.orderby, root, self._limits, aliases)
        query = Query(
            made.entity,
            (root, inner),
            self._shape(asked, made, aliases),
            tuple(filters),
            order,
            asked.top,
            skips=options.skip is not None and not asked.count_only,
            counts=options.count or asked.count_only,
            origin=origin,
            after=asked.after,
            cut=asked.cut,
            page=asked.page,
            exact_numbers=asked.form is not None and asked.form.exact_numbers,
            among=asked.among,
        )
        context, older = (
            selection_of(options.select, options.expand, self._limits, older=older, entity=made.entity)
            or made.context
            for older in (False, True)
        )
        plan = self._planner.plan(query, _slots(query, made))
        return replace(plan, context=context, older_context=older)

    def _filters(self, asked: Asked, root: Variable, made: Applied, aliases: Aliases) -> list[Scalar]:
        found = []
        if asked.options.search is not None:
            given = asked.options.search, root, made.searchable, self._limits
            found.append(about(SEARCH, search_condition, *given, source=SEARCH))
        if asked.text is not None:
            found.append(about("$filter", self._filter, asked.text, root, aliases))
        return found

    def _shape(self, asked: Asked, made: Applied, aliases: Aliases) -> Shape:
        """What each object shows."""
        select, expand = asked.options.select, asked.options.expand
        shape = about("$select", selected, made.shape, select, made.entity, self._limits)
        if not isinstance(shape, Variants):
            shape = about("$expand", expanded, shape, expand, made.entity, self._limits, aliases)
        elif expand is not None:
            raise NotSupported("$expand after concat or rollup is not supported.", target="$expand")
        if asked.form is not None:
            annotated = asked.form.typed if made.grouped else asked.form.annotated
            shape = annotated(shape, asked.of.entity)
        return shape

    def _filter(self, text: TextShape, root: Variable, aliases: Aliases) -> Scalar:
        return Binder(root, parse_expression(text.tokens, self._limits), aliases=aliases).condition()

    def _preset(self, preset: Preset, root: Variable) -> Scalar:
        value = Slot(f"q_{preset.name}", preset.type)
        parsed = parse_expression(preset.filter, self._limits)
        return Binder(root, parsed, {"value": value}).condition()


def _slots(query: Query, made: Applied) -> Sequence[Slot]:
    """What the request's literals give values to; those in $expand have theirs already."""
    nested = narrowings_of(query.shape)
    orders = [*query.order, *(key for narrowing in nested for key in narrowing.order)]
    conditions = [*query.filters, *(node for narrowing in nested for node in narrowing.filters)]
    slots = {slot.key: slot for slot in made.slots}
    slots |= {
        slot.key: slot
        for node in (*conditions, *(key.expression for key in orders))
        for slot in slots_of(node)
        if not any(slot.key in narrowing.values for narrowing in nested)
    }
    return [slot for slot in slots.values() if slot.convert or slot.key == NOW]
