"""The engine: a query string and an entity set in, a plan and its values out.

Plans are cached by the shape of the query: its text with the literals taken out. A request whose shape is
known is tokenized, its literals are read, and nothing else happens.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import attrgetter
from threading import Lock
from typing import Any

from sqlalchemy import Dialect

from odata.annotations import Form
from odata.asked import Asked, texts_of
from odata.composer import Composer
from odata.deltatokens import Deltatokens
from odata.keyset import parameter_name
from odata.limits import Limits
from odata.literals import read
from odata.metadata import EntityType, Policy
from odata.options import Options
from odata.plans import SKIP, End, Plan
from odata.sets import EntitySet
from odata.skiptokens import Place, Seals
from odata.typed import NOW

PLANS_KEPT = 1_000
"""For each door; what was used longest ago goes first."""

LONGEST_KEPT = 100
"""Literals of a filter whose plan is kept; hardly anybody asks a longer one twice, and its plan is large."""


class Engine:
    """Plans queries for one database and one door.

    Args:
        dialect: from `odata.statement.dialect_for`.
        policy: the host's row policy. The values of its bound parameters are the host's to pass.
        limits: what a query may cost.
        utc_suffix: what follows a moment in answers: `Z`, or nothing.
        secret: what tokens are sealed with; the processes that serve one service share it.
        reach: the host's view of a set for whoever asks: its entity type, perhaps with fewer names. Asked
            twice in the same way it is the same, so that plans are found again.
    """

    def __init__(
        self,
        dialect: Dialect,
        policy: Policy,
        limits: Limits,
        utc_suffix: str = "Z",
        secret: bytes = b"",
        reach: Callable[[EntitySet], EntityType] = attrgetter("entity"),
    ) -> None:
        self._reach = reach
        self._seals = Seals(secret)
        self.deltatokens = Deltatokens(secret)
        self._composer = Composer(dialect, policy, limits, utc_suffix)
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
        among: bool = False,
    ) -> tuple[Plan, dict[str, Any]]:
        """The plan for a query and the values it takes from the request.

        Args:
            options: the query's system options.
            presets: the values of the presets that apply, by name.
            count_only: leave paging and order out, as `/$count` does.
            page: how many objects at most; None for no pages.
            form: how they are written; None without annotations.
            among: only the entities whose keys come with the other values.

        Raises:
            ODataError: what is wrong, where, and in which option.
        """
        if (entity := self._reach(of)) is not of.entity:
            of = replace(of, entity=entity)
        presets = presets or {}
        text, aliases = texts_of(options, self._limits)
        place = None if count_only else self.place(of, options)
        asked = Asked(of, options, text, aliases, tuple(presets), place, page, form, count_only, among)
        plan = self._plan(asked)
        return plan, _values(plan, asked, presets)

    def next_token(
        self,
        of: EntitySet,
        options: Options,
        end: End,
        shown: int,
        size: int | None = None,
        deltatoken: str | None = None,
    ) -> str:
        """The `$skiptoken` of the page that follows.

        Args:
            options: those of the page before.
            end: where that page ended; shown: how many objects it has.
            size: how many the next one is to have, where the client has said so.
            deltatoken: what comes behind the last page, where changes are tracked.
        """
        place = self.place(of, options)
        left = options.top if place is None else place.left
        following = Place(end.values, None if left is None else left - shown, size, end.moment, deltatoken)
        return self._seals.write(following, _about_order(of, options))

    def place(self, of: EntitySet, options: Options) -> Place | None:
        """Where the page begins that a `$skiptoken` leads to; None at the first."""
        if options.skiptoken is None:
            return None
        return self._seals.read(options.skiptoken, _about_order(of, options))

    def _plan(self, asked: Asked) -> Plan:
        """From the cache, or made and kept there."""
        key = asked.key
        plan = self._plans.get(key)
        if plan is None:
            plan = self._composer.plan(asked)
            if asked.text is None or len(asked.text.literals) <= LONGEST_KEPT:
                with self._lock:
                    self._plans[key] = plan
                    while len(self._plans) > PLANS_KEPT:
                        self._plans.popitem(last=False)
        elif len(self._plans) > PLANS_KEPT // 2:
            with self._lock:  # only a cache that may overflow needs to know what was used last
                if key in self._plans:
                    self._plans.move_to_end(key)
        return plan


def _values(plan: Plan, asked: Asked, presets: Mapping[str, Any]) -> dict[str, Any]:
    """What this question gives to the plan's parameters."""
    values: dict[str, Any] = {f"q_{name}": value for name, value in presets.items()}
    if asked.place is not None:
        for index, value in enumerate(asked.place.values):
            values[parameter_name(index)] = value
    if asked.options.skip is not None:
        values[SKIP] = asked.options.skip
    for slot in plan.slots:
        values[slot.key] = read(slot, asked.text, asked.aliases)
    if NOW in values and asked.place is not None and asked.place.moment is not None:
        values[NOW] = asked.place.moment  # a list is sorted by one moment on all its pages
    return values


def _about_order(of: EntitySet, options: Options) -> str:
    """What a place in a list belongs to."""
    made = "\n".join(text for text in (options.apply, options.compute) if text is not None)
    return f"{of.name}\n{options.orderby or ''}" + (f"\n{made}" if made else "")
