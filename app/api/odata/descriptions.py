"""What the service says of itself: the service document and `$metadata` (Protocol 4.01, 11.1)."""

from __future__ import annotations

from functools import lru_cache

import orjson
from flask import Response

from app.api.odata.abilities import described_service
from app.api.odata.answers import as_json, request_options
from app.api.odata.formats import JSON, XML, format_of_request
from app.api.odata.links import context
from app.api.odata.reader import ME, Reader
from app.api.odata.versions import OLDEST, version_of_request
from odata.csdl import to_json, to_xml


def service_document(reader: Reader) -> Response:
    """The sets and singletons that there are (JSON Format 4.01, section 5)."""
    written = format_of_request(request_options().format, JSON)
    sets = [{"name": name, "kind": "EntitySet", "url": name} for name in reader.sets]
    singletons = [{"name": ME, "kind": "Singleton", "url": ME}]
    return as_json(written, context(written.level) | {"value": [*sets, *singletons]})


def metadata(reader: Reader) -> Response:
    """The types and sets that there are, as XML or JSON, as the client prefers (Protocol 4.01, 11.1.2).

    JSON is younger than OData 4.0: a client that takes no more gets XML. Power Query, which likes JSON best
    wherever it asks, reads nothing else here.
    """
    offered = (XML,) if version_of_request() == OLDEST else (XML, JSON)
    written = format_of_request(request_options().format, *offered)
    described = _described(reader, written.media, version_of_request())
    return Response(described, mimetype=written.media)


@lru_cache(maxsize=8)
def _described(reader: Reader, media: str, version: str) -> bytes:
    """Written once: it does not change while the process runs."""
    service = described_service(reader)
    return orjson.dumps(to_json(service)) if media == JSON else to_xml(service, version)
