"""The cases that the firm works on, who has to do with them, and their files."""

from app.api.parameters import (
    SINCE,
    Parameter,
    assigned,
    contains_any,
    having,
    known_elsewhere,
    of,
    searching,
    tagged,
)
from app.api.resources.face import DELETE, GET, LIST, REPLACE, Resource, odata, praxis, v1, v2
from app.models import File, Matter, Relationship
from app.services import files, matters
from schemas import odata as entities
from schemas import praxis as camel
from schemas import v1 as dto
from schemas import v2 as shapes
from schemas.fields import Guid, Text

OF_EITHER_ACCOUNT = Parameter(
    "account_id",
    Guid(),
    "contact/account_id eq @value or matter/account_id eq @value",
    "Only where the contact or the matter belongs to this account.",
)

PRACTICE_AREA = Parameter(
    "practiceArea",
    Text(),
    "tolower(practice_area) eq tolower(@value)",
    "Only those of this practice area, in any letter case.",
)

RESOURCES = (
    Resource(
        Matter,
        "matters",
        "matter",
        (
            v2(
                "matters",
                shapes.Matter_Detail,
                known_elsewhere("external_id"),
                assigned(),
                of("account"),
                having("Closed", "Pending", "Open", "Archived"),
                *SINCE,
                searching(contains_any("display_name", "account/display_name"), "the name, number or client"),
                tagged("account_tag", "account", "account/"),
                tagged("matter_tag", "matter"),
                standard=shapes.Matter,
                upserts=True,
            ),
            v1("project", dto.ProjectDTO, dto.ProjectDTO_Detail),
            odata("Matters", entities.Matter),
            praxis(
                "cases",
                "case",
                camel.Case,
                of("client", "account_id", name="clientId"),
                assigned(name="assignedUserId"),
                having("Open", "Pending", "Closed", "Archived"),
                PRACTICE_AREA,
                searching(
                    contains_any("display_name", "account/display_name"),
                    "the title, number or client",
                    name="search",
                ),
                rules=matters.RULES_OF_CASES,
            ),
        ),
        matters.RULES,
    ),
    Resource(
        Relationship,
        "relationships",
        "relationship",
        (
            v2("relationships", shapes.Relationship, of("contact"), of("matter"), OF_EITHER_ACCOUNT, *SINCE),
            v1("relationship", dto.RelationshipDTO, dto.RelationshipDTO_Detail),
            odata("Relationships", entities.Relationship),
        ),
    ),
    Resource(
        File,
        "files",
        "file",
        (
            v2(
                "files",
                shapes.File,
                *SINCE,
                searching(contains_any("file_name", "description"), "the file name or the description"),
                of("account"),
                of("matter"),
                of("activity"),
                of("user", "created_by_id", name="created_by_user_id"),
                operations=frozenset({LIST, GET, REPLACE, DELETE}),  # uploads are in `app/api/files.py`
            ),
            odata("Files", entities.File),
        ),
        files.RULES,
    ),
)
