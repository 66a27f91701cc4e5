"""What is wrong with `sort` is told of what the client wrote, not of the `$orderby` that it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import InvalidBody
from odata.errors import ODataError, TypeMismatch, UnknownProperty, excerpt
from odata.metadata import EntityType
from odata.options import Options

SORT = "sort"
PATH = re.compile(r"\w+(?:/\w+)*")


@contextmanager
def told_of_sort(options: Options, entity: EntityType, *, said: bool) -> Iterator[None]:
    """Around planning a list.

    Args:
        options: those that are planned.
        entity: what is listed.
        said: whether its order was given as `sort`.

    Raises:
        InvalidBody: it cannot be sorted so.
    """
    try:
        yield
    except ODataError as error:
        if not said or error.target != "$orderby":
            raise
        raise InvalidBody({SORT: [_sentence(error, options, entity)]}) from None


def _sentence(error: ODataError, options: Options, entity: EntityType) -> str:
    path = _path_at(options.orderby or "", error.position)
    if path is None or not _is_about_name(error, path, entity):
        return error.message
    if options.apply is not None:
        return f"There is no {excerpt(path)} to sort by after $apply."
    led, entity = _led(entity, path)
    if path.removeprefix(led) in entity.properties:
        return error.message  # the name is not what is wrong
    names = ", ".join(f"{led}{name}" for name in entity.properties)
    return f"There is no {excerpt(path)} to sort by; there is {names}."


def _is_about_name(error: ODataError, path: str, entity: EntityType) -> bool:
    """Whether it is no property, or none that has an order; else something is wrong with the whole."""
    if isinstance(error, UnknownProperty):
        return True
    return isinstance(error, TypeMismatch) and path.partition("/")[0] in entity.names()


def _path_at(text: str, position: int | None) -> str | None:
    """The whole path of which a name begins there."""
    if position is None:
        return None
    return next((found[0] for found in PATH.finditer(text) if found.start() <= position < found.end()), None)


def _led(entity: EntityType, path: str) -> tuple[str, EntityType]:
    """How far a path leads to other records, and to what."""
    led = ""
    for name in path.split("/"):
        way = entity.navigations.get(name)
        if way is None or way.collection:
            break
        led, entity = f"{led}{name}/", way.target()
    return led, entity
