"""Answers to reads: a list, an entity, a property, a count, references (JSON Format 4.01; Protocol 4.01, 11.2)."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, g, request

from app.api import streams
from app.api.excluded import refuse_if_excluded
from app.api.odata import delta, tables
from app.api.odata.formats import CSV, JSON, TEXT, Format, format_of_request
from app.api.odata.links import context, delta_link, next_link
from app.api.odata.places import Part, Place
from app.api.odata.preferences import also_applied, page_size
from app.api.odata.reader import DOOR, Reader
from app.api.odata.unchanged import is_all_of_row
from app.api.odata.versions import OLDEST, version_of_request
from app.api.odata_etags import matches
from app.api.reading import OF_LISTS, engine_of, options_for_one, query_options, refuse_options
from app.errors import NotFound
from odata.annotations import ETAG, Form, Level
from odata.errors import UnknownSegment
from odata.options import Options
from odata.plans import End, Plan
from odata.runner import CHUNK
from odata.sets import EntitySet

OF_ENTITIES = ("select", "expand", "compute")
"""Options that say what is shown of an entity."""


def answer(reader: Reader, place: Place, options: Options) -> Response:
    """The answer to a GET of a place, with the headers of the request."""
    options = place.narrow(options)
    if place.part is Part.COUNT:
        return _count(reader, place, options)
    if place.part is Part.REFERENCE:
        return _references(reader, place, options)
    if place.property is not None:
        return _property(reader, place, options)
    return _entity(reader, place, options) if place.one else _list(reader, place, options)


def request_options() -> Options:
    """The query's options; names that mean nothing here may be an app's own (URL Conventions 4.01, 5.2)."""
    options = query_options(request.query_string, bare=True)
    if options.schemaversion == "*":
        options.schemaversion = None  # the schema has one version, and that is the latest
    return options


def as_json(form: Format, value: Any, **headers: str) -> Response:
    return Response(orjson.dumps(value), headers=headers, content_type=form.content_type)


def nothing() -> Response:
    """There is rightly nothing: a null (Protocol 4.01, 11.2.4.1 and 11.2.7)."""
    response = Response(status=204)
    del response.headers["Content-Type"]
    return response


def _taken(options: Options, *offered: str) -> Format:
    """The format that the request asks for; the engine need not know of it."""
    form = format_of_request(options.format, *offered)
    options.format = None
    return form


def _list(reader: Reader, place: Place, options: Options) -> Response:
    """A page of a list (Protocol 4.01, 11.2.6), or of what has changed in it (11.3)."""
    if delta.is_asked(reader, place, options):
        return _changes(reader, place, options)
    written = _taken(options, JSON, CSV)
    if written.media == CSV:
        return tables.answer(reader, place, options, written)
    form = reader.form(written.level, written.exact_numbers)
    follow = delta.deltatoken(reader, place, options)
    return _page(reader, place, place.of, options, written, form, place.context, follow)


def _page(
    reader: Reader,
    place: Place,
    of: EntitySet,
    options: Options,
    written: Format,
    form: Form,
    about: str,
    follow: str | None = None,
) -> Response:
    """A page of any size: in one piece while it is short, else as a stream.

    Args:
        follow: the token of the delta link behind the last page.
    """
    plans = engine_of(DOOR)
    begun = plans.place(of, options)
    size = page_size(begun.size if begun else None)
    headers = size.applied if follow is None else also_applied(size.applied, delta.TRACK_CHANGES)
    follow = begun.deltatoken if begun else follow
    if follow is not None:
        options = delta.with_key(options)
    plan, page = reader.page(of, options, place.given, size=min(size.objects, CHUNK), form=form)
    found = context(written.level, f"{about}{_selection(plan)}")
    if page.total is not None:
        found["@odata.count"] = str(page.total) if form.exact_numbers else page.total
    # Made now: a stream goes on when the request is over.
    next_page = None if page.end is None else next_link("")
    changes = None if follow is None else delta_link(follow)

    def after(end: End | None) -> dict[str, str]:
        if end is None:
            return {"@odata.deltaLink": changes} if changes else {}
        token = plans.next_token(of, options, end, size.objects, size.preferred, follow)
        return {"@odata.nextLink": f"{next_page}{token}"}

    if page.end is None or size.objects <= CHUNK:
        return as_json(written, found | {"value": page.objects} | after(page.end), **headers)
    pages = reader.stream(of, options, place.given, size=size.objects, form=form)
    pieces = streams.json_collection(found, pages, after)
    return streams.answer(pieces, written.content_type, headers)


def _changes(reader: Reader, place: Place, options: Options) -> Response:
    """What has changed in a list since a delta link was given."""
    written = _taken(options, JSON)
    found = delta.follow(reader, place, options, written)
    about = f"{place.context}{_selection(found.plan)}/$delta"
    body = context(written.level, about) | {"value": found.entries} | found.link
    return as_json(written, body, **found.applied)


def _selection(plan: Plan) -> str:
    """What the context URL says of the selection, in the version that the client takes."""
    return plan.older_context if version_of_request() == OLDEST else plan.context


def _entity(reader: Reader, place: Place, options: Options) -> Response:
    """One entity (Protocol 4.01, 11.2.2), or that it is the one that the client has already."""
    written = _taken(options, JSON)
    form = reader.form(written.level, written.exact_numbers, tagged=True)
    plan, found = _one(reader, place, _of_one(options), form=form)
    if found is None:
        return nothing()
    tag = found.pop(ETAG, None) if written.level is Level.NONE else found.get(ETAG)
    headers = {"ETag": tag} if tag else {}
    known = request.headers.get("If-None-Match", "")
    if tag and matches(known, tag) and is_all_of_row(plan, place.of, options):
        return Response(status=304, headers=headers)
    suffix = "" if place.singleton else "/$entity"
    return as_json(
        written, context(written.level, f"{place.context}{_selection(plan)}{suffix}") | found, **headers
    )


def _of_one(options: Options) -> Options:
    refuse_options(options, ("count",), "is for lists; this address is one object")
    return options_for_one(options)


def _one(
    reader: Reader, place: Place, options: Options, of: EntitySet | None = None, **how: Any
) -> tuple[Plan, dict[str, Any] | None]:
    """The one entity of a place; None where there may rightly be none.

    Raises:
        NotFound: there should be one.
        Forbidden: it is a matter that the caller is excluded from.
    """
    plan, page = reader.page(of or place.of, options, place.given, **how)
    if page.objects:
        return plan, page.objects[0]
    if place.may_be_missing:
        return plan, None
    refuse_if_excluded(g.caller, place.of.entity.table, place.given)
    raise NotFound(f"There is no such {place.noun}.")


def _property(reader: Reader, place: Place, options: Options) -> Response:
    """A property (Protocol 4.01, 11.2.4), as JSON or, as `$value`, just its text."""
    raw = place.part is Part.VALUE
    written = _taken(options, TEXT) if raw else _taken(options, JSON)
    refuse_options(options, (*OF_ENTITIES, *OF_LISTS, "count"), "is not for a property")
    assert place.property is not None  # noqa: S101 - what brought us here
    name = place.property.name
    form = reader.form(Level.NONE, written.exact_numbers)
    _, found = _one(reader, place, options, reader.showing(place.of, "id", name), form=form)
    if found is None or found[name] is None:
        return nothing()
    if raw:
        return Response(_text(found[name]), content_type=written.content_type)
    of = place.context if place.singleton else f"{place.context}({found.get('id')})"
    return as_json(written, context(written.level, f"{of}/{name}") | {"value": found[name]})


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _count(reader: Reader, place: Place, options: Options) -> Response:
    """How many entities there are (Protocol 4.01, 11.2.10), as text whatever the client accepts."""
    options.format = None
    if delta.is_asked(reader, place, options):
        return Response(str(delta.count(reader, place, options)), mimetype=TEXT)
    total = reader.count(place.of, options, place.given)
    return Response(str(total), mimetype=TEXT)


def _references(reader: Reader, place: Place, options: Options) -> Response:
    """Where entities are, rather than what they are (Protocol 4.01, 11.2.8)."""
    written = _taken(options, JSON)
    refuse_options(options, OF_ENTITIES, "is not for references")
    of = reader.references(place.of)
    if of is None:
        raise UnknownSegment("These entities have no address of their own.", target="$ref")
    form = reader.form(Level.NONE, False)
    if place.one:
        _, found = _one(reader, place, _of_one(options), of, form=form)
        if found is None:
            return nothing()
        return as_json(written, context(written.level, "$ref") | found)
    return _page(reader, place, of, options, written, form, "Collection($ref)")
