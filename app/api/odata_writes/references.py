"""References as what is written: added, taken away or replaced, the entities themselves untouched
(Protocol 4.01, 11.4.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from flask import g, request
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from app.api.odata_writes.bodies import BIND, Loaded
from app.api.odata_writes.entity_references import key_in, keys_in, sets_of
from app.api.odata_writes.incoming import body, no_options
from app.api.odata_writes.operations import Say, Writer
from app.api.reading import query_options
from app.errors import InvalidBody, NotFound
from app.models import Tag
from app.models.base import FirmRow
from app.services.linking import linked_ids
from app.services.scoping import owned
from schemas.base import texts_by_field
from schemas.fields import NAMES, Navigates, wire_name

Owner: TypeAlias = Callable[[Session], str]
NOT_THERE = "There is no such reference."


def refer(writer: Writer, about: Navigates) -> Say:
    """Let a reference lead to the entity that the body names."""
    no_options()
    given = body()
    return lambda work, row: writer.reader.load(
        {f"{wire_name(about)}{BIND}": given}, whole=False, updates=True
    )


def refer_to_nothing(writer: Writer, about: Navigates) -> Say:
    no_options()
    return lambda work, row: writer.reader.load(
        {f"{wire_name(about)}{BIND}": None}, whole=False, updates=True
    )


# Lists


def add(about: Navigates) -> Say:
    """Add what the body names to a list; what is in it already is in it still."""
    key = key_in_body(about)
    return _listing(about, lambda before: [*before, key])


def take(about: Navigates, member: str | None) -> Say:
    """Take one out of a list: the one in the address, or else the one that `$id` names.

    Raises:
        NotFound: it is not in the list.
    """
    key = key_in_address(about, member)

    def without(before: list[str]) -> list[str]:
        if key not in before:
            raise NotFound(NOT_THERE)
        return [other for other in before if other != key]

    return _listing(about, without)


def replace_all(about: Navigates) -> Say:
    """Let a list hold just those that the body names."""
    no_options()
    given = body().get("value")
    keys = _read(lambda: keys_in(given, about.to), "value")
    return _listing(about, lambda before: keys)


def _listing(about: Navigates, edit: Callable[[list[str]], list[str]]) -> Say:
    def say(work: Session, row: FirmRow) -> Loaded:
        ids = edit(linked_ids(work, row, str(about.link)))
        members = _tag_names(work, row, ids) if about.takes == NAMES else list(dict.fromkeys(ids))
        return Loaded({about.attribute or str(about.link): members})

    return say


def _tag_names(work: Session, row: Any, ids: list[str]) -> list[str]:
    """Tags go by name, for each kind of record apart."""
    wanted = owned(Tag, g.caller).where(Tag.id.in_(ids), Tag.tag_for == type(row).__name__)
    names = {tag.id: tag.name for tag in work.scalars(wanted)}
    if len(names) < len(set(ids)):
        raise InvalidBody({"@id": [f"There is no such tag for a {type(row).__name__.lower()}."]})
    return [names[key] for key in dict.fromkeys(ids)]


# Members that hold the reference themselves


def join(writer: Writer, name: str, owner: Owner) -> Say:
    """Let a member refer to its new owner."""
    return lambda work, row: writer.reader.load({name: owner(work)}, whole=False, updates=True)


def leave(writer: Writer, name: str, owner: Owner) -> Say:
    """Let a member refer to no owner.

    Raises:
        NotFound: it does not refer to this one.
    """

    def say(work: Session, row: FirmRow) -> Loaded:
        if getattr(row, name) != owner(work):
            raise NotFound(NOT_THERE)
        return writer.reader.load({name: None}, whole=False, updates=True)

    return say


# Which entity is meant


def key_in_body(about: Navigates) -> str:
    no_options()
    given = body()
    return str(_read(lambda: key_in(given, about.to), "@id"))


def key_in_address(about: Navigates, member: str | None) -> str:
    """The key in the address, or in the address that the option `$id` is.

    Raises:
        InvalidBody: there is neither.
    """
    no_options("id")
    given = query_options(request.query_string, bare=True).id
    if member is not None:
        given = f"{sets_of(about.to)[0]}({member})"
    return str(_read(lambda: key_in(given, about.to), "$id"))


def _read(reading: Callable[[], Any], target: str) -> Any:
    try:
        return reading()
    except ValidationError as error:
        messages = error.messages if isinstance(error.messages, dict) else {target: error.messages}
        raise InvalidBody(texts_by_field(messages)) from None
