"""Answers to reads: a list, an entity, a property, a count, references (JSON Format 4.01; Protocol 4.01, 11.2)."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, current_app, request

from app.api.odata import tables
from app.api.odata.formats import CSV, JSON, TEXT, Format, format_of_request
from app.api.odata.links import context, next_link
from app.api.odata.places import Part, Place
from app.api.odata.preferences import max_page_size
from app.api.odata.reader import Reader, engine
from app.api.odata_etags import matches
from app.api.reading import options_for_one, query_options
from app.errors import NotFound
from odata.annotations import ETAG, Level
from odata.engine import EntitySet
from odata.errors import InvalidOption, UnknownSegment
from odata.options import Options
from odata.planner import Plan
from odata.runner import Page


def answer(reader: Reader, place: Place, options: Options) -> Response:
    """The answer to a GET of a place, with the headers of the request."""
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
    """A page of a list (Protocol 4.01, 11.2.6)."""
    written = _taken(options, JSON, CSV)
    if written.media == CSV:
        return tables.answer(reader, place, options, written)
    form = reader.form(written.level, written.exact_numbers)
    plan, page, total = reader.page(place.of, options, place.given, size=_page_size(), form=form)
    found = context(written.level, f"{place.context}{plan.context}")
    return as_json(written, _page(found, place.of, options, page, total), **_applied())


def _page(
    found: dict[str, Any], of: EntitySet, options: Options, page: Page, total: int | None
) -> dict[str, Any]:
    if total is not None:
        found["@odata.count"] = total
    found["value"] = page.objects
    if page.end is not None:
        found["@odata.nextLink"] = next_link(engine().next_token(of, options, page.end, len(page.objects)))
    return found


def _page_size() -> int:
    """The most objects of a page, or fewer where the client prefers so."""
    most: int = current_app.extensions["settings"].odata_page_size
    return min(most, max_page_size() or most)


def _applied() -> dict[str, str]:
    """What preference was honoured (RFC 7240, section 3)."""
    wanted = max_page_size()
    return {"Preference-Applied": f"odata.maxpagesize={wanted}"} if wanted == _page_size() else {}


def _entity(reader: Reader, place: Place, options: Options) -> Response:
    """One entity (Protocol 4.01, 11.2.2), or that it is the one that the client has already."""
    written = _taken(options, JSON)
    form = reader.form(written.level, written.exact_numbers, tagged=True)
    plan, found = _one(reader, place, options_for_one(options), form=form)
    if found is None:
        return nothing()
    tag = found.pop(ETAG, None) if written.level is Level.NONE else found.get(ETAG)
    headers = {"ETag": tag} if tag else {}
    if tag and matches(request.headers.get("If-None-Match", ""), tag):
        return Response(status=304, headers=headers)
    suffix = "" if place.singleton else "/$entity"
    return as_json(
        written, context(written.level, f"{place.context}{plan.context}{suffix}") | found, **headers
    )


def _one(
    reader: Reader, place: Place, options: Options, of: EntitySet | None = None, **how: Any
) -> tuple[Plan, dict[str, Any] | None]:
    """The one entity of a place; None where there may rightly be none.

    Raises:
        NotFound: there should be one.
    """
    plan, page, _ = reader.page(of or place.of, options, place.given, **how)
    if page.objects:
        return plan, page.objects[0]
    if place.may_be_missing:
        return plan, None
    raise NotFound(f"There is no such {place.noun}.")


def _property(reader: Reader, place: Place, options: Options) -> Response:
    """A property (Protocol 4.01, 11.2.4), as JSON or, as `$value`, just its text."""
    raw = place.part is Part.VALUE
    written = _taken(options, TEXT) if raw else _taken(options, JSON)
    for name in ("select", "expand", "filter", "orderby", "top", "skip"):
        if getattr(options, name) is not None:
            raise InvalidOption(f"${name} is not for a property.", target=f"${name}")
    assert place.property is not None  # noqa: S101 - what brought us here
    name = place.property.name
    form = reader.form(Level.NONE, written.exact_numbers)
    _, found = _one(reader, place, options_for_one(options), reader.showing(place.of, "id", name), form=form)
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
    total = reader.count(place.of, options, place.given)
    return Response(str(total), mimetype=TEXT)


def _references(reader: Reader, place: Place, options: Options) -> Response:
    """Where entities are, rather than what they are (Protocol 4.01, 11.2.8)."""
    written = _taken(options, JSON)
    for name in ("select", "expand"):
        if getattr(options, name) is not None:
            raise InvalidOption(f"${name} is not for references.", target=f"${name}")
    of = reader.references(place.of)
    if of is None:
        raise UnknownSegment("These entities have no address of their own.", target="$ref")
    form = reader.form(Level.NONE, False)
    if place.one:
        _, found = _one(reader, place, options_for_one(options), of, form=form)
        if found is None:
            return nothing()
        return as_json(written, context(written.level, "$ref") | found)
    _, page, total = reader.page(of, options, place.given, size=_page_size(), form=form)
    found = context(written.level, "Collection($ref)")
    return as_json(written, _page(found, of, options, page, total), **_applied())
