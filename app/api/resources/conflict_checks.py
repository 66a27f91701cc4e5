"""Conflict checks, once they were made. Making one, and reading one with its matches, is beside the table."""

from app.api.parameters import SINCE, of
from app.api.resources.face import LIST, Resource, odata, v2
from app.models import ConflictCheck
from schemas import odata as entities
from schemas.v2 import ConflictCheckInList

RESOURCES = (
    Resource(
        ConflictCheck,
        "conflictchecks",
        "conflict check",
        (
            v2(
                "conflictchecks",
                ConflictCheckInList,
                of("matter"),
                *SINCE,
                operations=frozenset({LIST}),
                ours={LIST: "As they were made, without their matches."},
            ),
            odata("ConflictChecks", entities.ConflictCheck),
        ),
    ),
)
