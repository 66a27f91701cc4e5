"""What a client hears of a write: the entity, or only where it is (Protocol 4.01, 8.2.8.7 and 11.4).

A write is answered after its transaction is committed. In an atomic group of a batch that is later than the
write, so what was written is kept until then.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request

from app.api.odata.links import ROOT
from app.api.odata.preferences import preference
from app.api.odata_writes.entity_references import entity_address
from app.inside import dispatch, environ_for

REPRESENTATION, MINIMAL = "representation", "minimal"
SHAPING = ("select", "expand")


@dataclass
class Written:
    """What a request wrote.

    Args:
        path: the name of the entity set.
        created: whether the entity is new.
        etag: of the entity as it is now; None where it was deleted.
        is_shown: whether the answer can show the entity; it was not itself what the request wrote to, else.
    """

    path: str
    key: str
    created: bool = False
    etag: str | None = None
    is_shown: bool = True


class Pending(Response):
    """Stands for the answer to a write that is not committed yet."""

    def __init__(self, written: Written) -> None:
        super().__init__(status=204)
        self.written = written


def answer_to(written: Written) -> Response:
    """The answer to the request that is being served, once its write is committed."""
    if written.etag is None:
        return Response(status=204)
    if not written.is_shown:
        return Response(status=204, headers={"ETag": written.etag})
    wanted = preference("return")
    shows = wanted == REPRESENTATION or (wanted != MINIMAL and (written.created or _is_shaped()))
    found = _representation(written) if shows else None
    answer = found if found is not None else Response(status=204)
    if found is not None:
        answer.status_code = 201 if written.created else 200
    address = entity_address(written.path, written.key)
    answer.headers.setdefault("ETag", written.etag)
    if written.created:
        answer.headers["Location"] = address
    if found is None:
        answer.headers["OData-EntityId"] = address
        answer.headers.pop("Content-Type", None)
    if wanted == (MINIMAL if found is None else REPRESENTATION):
        answer.headers["Preference-Applied"] = f"return={wanted}"
    return answer


def _is_shaped() -> bool:
    """Whether `$select` or `$expand` say what the answer is to show."""
    return any(name.lower().removeprefix("$") in SHAPING for name in request.args)


def _representation(written: Written) -> Response | None:
    """The entity as a read finds it; None where the caller may write but not read, or it is gone again."""
    query = request.environ.get("QUERY_STRING", "")
    address = f"{ROOT}/{written.path}({written.key})" + (f"?{query}" if query else "")
    headers = {"Accept": accept} if (accept := request.headers.get("Accept")) else {}
    found = dispatch(environ_for("GET", address, headers))
    return found if found.status_code == 200 else None
