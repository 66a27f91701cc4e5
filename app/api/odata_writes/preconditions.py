"""`If-Match` and `If-None-Match`: whether the entity is still as the client has it (Protocol 4.01, 8.2.4, 8.2.5)."""

from __future__ import annotations

from flask import current_app, request

from app.api.odata_etags import etag_of, matches
from app.config import Settings
from app.errors import PreconditionFailed, PreconditionRequired
from app.models.base import FirmRow

CHANGED = "The entity is not as you have it; read it again and repeat the change."
ABSENT = "There is no such entity, and If-Match forbids to make it."
PRESENT = "The entity is there already, and If-None-Match forbids to change it."


def check_preconditions(row: FirmRow | None) -> None:
    """
    Args:
        row: the entity as it is, locked; None where there is none.

    Raises:
        PreconditionFailed: it is not what the headers want.
        PreconditionRequired: there are no such headers, and the operator wants them.
    """
    wanted, unwanted = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    etag = etag_of(row.id, row.updated_at) if row is not None else None
    if wanted is not None and not matches(wanted, etag):
        raise PreconditionFailed(CHANGED if row is not None else ABSENT)
    if unwanted is not None and matches(unwanted, etag):
        raise PreconditionFailed(PRESENT)
    settings: Settings = current_app.extensions["settings"]
    if row is not None and wanted is None and unwanted is None and settings.odata_require_etag:
        raise PreconditionRequired("Say which version you change: send the entity's ETag in If-Match.")
