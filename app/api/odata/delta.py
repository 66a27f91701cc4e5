"""Following a set: the delta link behind its last page, and what has changed when it is followed (Protocol 4.01,
8.2.8.9 and 11.3).

The link begins at the number that the firm's log of changes had before the first page was read. So an entity that
changes meanwhile may be told twice, and none is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import g

from app.api.odata.formats import Format
from app.api.odata.links import CONTEXT, context, delta_link, whole_link
from app.api.odata.places import Place
from app.api.odata.preferences import also_applied, page_size, preference
from app.api.odata.reader import DOOR, Reader
from app.api.odata.versions import OLDEST, version_of_request
from app.api.reading import Planned, changes, engine_of, planned, refuse_options
from odata.annotations import Form, Level
from odata.delta import Change
from odata.deltatokens import Since, removed, removed_before_401
from odata.errors import Outdated
from odata.options import Options
from odata.plans import Plan
from odata.runner import CHUNK

TRACK_CHANGES = "track-changes"
KEY = "id"
OF_LINKS = ("top", "skip", "skiptoken", "orderby", "count")
NOT_FOLLOWED = ("expand", "compute", "apply")
"""They bring in what other rows say, of whose changes this set's own tell nothing."""


@dataclass(frozen=True)
class Followed:
    """A page of changes: the entities and what stands for those that are gone, and the link that leads on."""

    plan: Plan
    entries: list[dict[str, Any]]
    link: dict[str, str]
    applied: dict[str, str]


def deltatoken(reader: Reader, place: Place, options: Options) -> str | None:
    """The token of the delta link behind the last page; None where the client did not ask, or the log would not
    tell all: what belongs to the result, or what the caller may see, is decided by other rows.

    Asked before the first page is read; what comes behind a next link was settled then.
    """
    is_wanted = preference(TRACK_CHANGES) is not None and options.skiptoken is None
    if not is_wanted or not _is_set(reader, place) or any(getattr(options, name) for name in NOT_FOLLOWED):
        return None
    plan, values = _planned(place, options, None)
    if not plan.follows_rows:
        return None
    return _token(place, options, Since(changes().last(values, g.reader)))


def is_asked(reader: Reader, place: Place, options: Options) -> bool:
    """Whether a request asks for the changes of a set."""
    return options.deltatoken is not None and _is_set(reader, place)


def follow(reader: Reader, place: Place, options: Options, written: Format) -> Followed:
    """What has changed since the link was given, in the order of the last changes.

    Raises:
        InvalidOption: the link was not given for this, or has been added to.
        Outdated: the log does not go back so far.
    """
    since = _since(place, options)
    size = page_size(since.size)
    plan, values = _planned(place, options, reader.form(written.level, written.exact_numbers))
    last = _last(since, plan, values)
    kind, log = reader.sets[place.context].kind, changes()
    found, goes_on = log.read(plan, kind, since.number, min(size.objects, CHUNK), values, g.reader)
    _last(since, plan, values)  # what the log has lost meanwhile has not been read
    reached = max(change.number for change in found) if found else 0
    if goes_on:
        name, onwards = "nextLink", Since(reached, size.preferred)
    else:
        name, onwards = "deltaLink", Since(max(last, reached))
    link = {f"@odata.{name}": delta_link(_token(place, options, onwards))}
    asked = preference(TRACK_CHANGES) is not None
    applied = also_applied(size.applied, TRACK_CHANGES) if asked else size.applied
    return Followed(plan, [*_entries(place, found, written)], link, applied)


def count(reader: Reader, place: Place, options: Options) -> int:
    """How many entities have changed since the link was given (Protocol 4.01, 11.3.2); raises as `follow` does."""
    since = _since(place, options)
    plan, values = _planned(place, options, None)
    counted = changes().count(reader.sets[place.context].kind, since.number, values, g.reader)
    _last(since, plan, values)
    return counted


def with_key(options: Options) -> Options:
    """The same options, but showing at least which entity is which: without it nobody can follow."""
    shown = [name.strip() for name in (options.select or "").split(",")]
    if not options.select or KEY in shown or "*" in shown:
        return options
    return replace(options, select=f"{options.select},{KEY}")


def _is_set(reader: Reader, place: Place) -> bool:
    known = reader.sets.get(place.context)
    return known is not None and place.of is known.set and not place.one


def _planned(place: Place, options: Options, form: Form | None) -> Planned:
    """The defining query, asked about single entities: nothing of it but what belongs to the result, and how it
    looks."""
    query = replace(
        with_key(options), orderby=None, top=None, skip=None, skiptoken=None, deltatoken=None, count=False
    )
    return planned(DOOR, g.caller, place.of, query, place.given, form=form, among=True)


def _since(place: Place, options: Options) -> Since:
    refuse_options(options, OF_LINKS, "cannot be added to a delta link; follow it as it is")
    return engine_of(DOOR).deltatokens.read(str(options.deltatoken), place.of, options, _whose())


def _token(place: Place, options: Options, since: Since) -> str:
    return engine_of(DOOR).deltatokens.write(since, place.of, options, _whose())


def _whose() -> str:
    """A link is for who has asked for it: others may see something else."""
    return f"{g.caller.firm_id}/{g.caller.user_id}"


def _last(since: Since, plan: Plan, values: dict[str, Any]) -> int:
    """The number of the last change, where the log tells all that came after the one that the client knows."""
    try:
        if not plan.follows_rows:  # as it did, when the link was given
            raise Outdated("What you may see has changed since then; read the set again.")
        return changes().check(since.number, values, g.reader)
    except Outdated as error:
        error.location = whole_link()
        raise


def _entries(place: Place, found: list[Change], written: Format) -> Iterator[dict[str, Any]]:
    """In the manner of the version and the format that the client takes."""
    is_older = version_of_request() == OLDEST
    about = context(Level.MINIMAL, place.context)[CONTEXT]
    for change in found:
        address = f"{place.context}({change.key})"
        if change.entity is not None:
            yield change.entity
        elif is_older:
            yield removed_before_401(about, address, deleted=change.deleted)
        else:
            full = written.level is Level.FULL
            yield removed(address, change.key, deleted=change.deleted, full=full)
