"""One question, read as far as is needed to know whether its plan is known already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from odata.aliases import shapes_of
from odata.annotations import Form
from odata.errors import NotSupported, ODataError
from odata.lexer import Shape as TextShape
from odata.lexer import shape as shape_of
from odata.limits import Limits
from odata.options import Options
from odata.search import shape_of_search
from odata.sets import EntitySet
from odata.skiptokens import Cut, Place

P = ParamSpec("P")
R = TypeVar("R")

SEARCH = "$search"
UNSUPPORTED = ("deltatoken", "schemaversion", "id", "index")


@dataclass(slots=True)
class Asked:
    """A question; a plan fits all questions with the same key.

    Args:
        text: the shape of the filter: its text with the literals taken out.
        aliases: the shapes of parameter aliases, by name with the `@`, and that of `$search`.
        presets: the names of the presets that apply.
        place: where the page before ended.
        page: how many objects at most; None for no pages.
        form: how they are written; None without annotations.
        count_only: whether just their number is wanted, without regard to paging and order.
        among: whether only the rows with certain keys are wanted.
    """

    of: EntitySet
    options: Options
    text: TextShape | None
    aliases: Mapping[str, TextShape]
    presets: tuple[str, ...]
    place: Place | None
    page: int | None
    form: Form | None
    count_only: bool
    among: bool = False

    @property
    def top(self) -> int | None:
        """How many rows at most, where a page has not room for more: else every page of a list needs one plan."""
        top = self.options.top if self.place is None else self.place.left
        return None if top is not None and self.page is not None and top > self.page else top

    @property
    def after(self) -> tuple[bool, ...] | None:
        """For each sort key, whether it was null where the page before ended; None at the first page."""
        return None if self.place is None else tuple(value is None for value in self.place.values)

    @property
    def cut(self) -> tuple[int, ...]:
        """Which sort keys the place has only the beginning of."""
        values = () if self.place is None else self.place.values
        return tuple(index for index, value in enumerate(values) if isinstance(value, Cut))

    @property
    def key(self) -> tuple[Any, ...]:
        options, aliases = self.options, self.aliases
        return (
            self.of.name,
            self.of.entity,
            None if self.text is None else self.text.key,
            options.orderby,
            options.select,
            options.expand,
            options.apply,
            options.compute,
            self.top,
            options.skip is not None,
            options.count,
            self.count_only,
            self.presets,
            tuple((name, aliases[name].key) for name in sorted(aliases)) if aliases else (),
            self.page,
            self.form,
            self.after,
            self.cut,
            self.among,
        )


def texts_of(options: Options, limits: Limits) -> tuple[TextShape | None, Mapping[str, TextShape]]:
    """The shapes of the filter and of the other texts that have literals: parameter aliases, and `$search`.

    Raises:
        NotSupported: there is an option that cannot be carried out. Every request is asked, not only the first
            of its kind: these options are no part of a plan's key.
    """
    for name in UNSUPPORTED:
        if getattr(options, name) is not None:
            raise NotSupported(f"The option ${name} is not supported yet.", target=f"${name}")
    if options.format not in (None, "json", "application/json"):
        raise NotSupported("Answers come as JSON only; leave $format out.", target="$format")
    text = None if options.filter is None else about("$filter", shape_of, options.filter, limits)
    others = shapes_of(options.aliases, limits) if options.aliases else {}
    if options.search is not None:
        others[SEARCH] = about(SEARCH, shape_of_search, options.search, limits)
    return text, others


def about(option: str, step: Callable[P, R], *arguments: P.args, **more: P.kwargs) -> R:
    """Run a step; an error in it is about `option`."""
    try:
        return step(*arguments, **more)
    except ODataError as error:
        error.target = error.target or option
        raise
