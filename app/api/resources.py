"""The table of contents: one row a resource, one face for each door that it shows itself at.

`crud.py` turns rows into routes. A new resource is a row here, its model, its schemas, and its rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.api.parameters import (
    CONTACT_TEXTS,
    SINCE,
    Parameter,
    assigned,
    contains_any,
    dated,
    having,
    of,
    searching,
    tagged,
    within,
)
from app.models import Account, Contact, Item, Matter, Tag, TimeEntry, User
from app.models.base import FirmRow
from app.services import accounts, dismissal, matters, time_entries
from app.services.records import Rules
from schemas import odata, v1, v2
from schemas.base import Shape
from schemas.fields import Choice, Text

LIST, GET, CREATE, REPLACE, DELETE = "list", "get", "create", "replace", "delete"
ALL = frozenset({LIST, GET, CREATE, REPLACE, DELETE})
READ = frozenset({LIST, GET})
STATUSES = ("Closed", "Pending", "Open", "Archived")


@dataclass(frozen=True)
class Face:
    """How a resource shows itself at one door.

    Args:
        door: `v1`, `v2` or `odata`.
        path: the last part of the address; any letter case is accepted, but at the OData door.
        standard, detailed: the shapes in lists and of one object.
        parameters: the query parameters of the list, besides the OData options.
        only: fixed values that all of its rows have.
    """

    door: str
    path: str
    standard: type[Shape]
    detailed: type[Shape]
    operations: frozenset[str] = ALL
    parameters: tuple[Parameter, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Resource:
    """A kind of record.

    Args:
        area: the scope area that guards it: reading needs `<area>:read`, the rest `<area>:write`.
        noun: what one of them is called in a sentence.
        rules: what writing one asks for beyond its columns.
    """

    model: type[FirmRow]
    area: str
    noun: str
    faces: tuple[Face, ...]
    rules: Rules = Rules()


RESOURCES: tuple[Resource, ...] = (
    Resource(
        User,
        "users",
        "user",
        (
            Face(
                "v2",
                "users",
                v2.User,
                v2.User,
                frozenset({LIST, GET, DELETE}),
                (
                    *SINCE,
                    Parameter(
                        "email_address",
                        Text(),
                        "tolower(email) eq tolower(@value)",
                        "Only the user with this email address.",
                    ),
                ),
            ),
            Face("v1", "user", v1.UserDTO, v1.UserDTO, frozenset({LIST})),
            Face("odata", "Users", odata.User, odata.User, READ),
        ),
        dismissal.RULES,
    ),
    Resource(
        Account,
        "accounts",
        "account",
        (
            Face(
                "v2",
                "accounts",
                v2.Account,
                v2.Account,
                parameters=(
                    assigned(),
                    *SINCE,
                    searching(
                        f"{contains_any('display_name', 'company_name')} or {within('contacts', *CONTACT_TEXTS)}",
                        "the name, or a contact's name, email or phone",
                    ),
                    tagged("account_tag", "account"),
                    Parameter("apiConsumer", Choice("Unknown", "Zapier"), None, "Changes nothing."),
                ),
            ),
            Face("v1", "account", v1.AccountDTO_Export, v1.AccountDTO_Detail),
            Face("odata", "Accounts", odata.Account, odata.Account, READ),
        ),
        accounts.RULES,
    ),
    Resource(
        Contact,
        "contacts",
        "contact",
        (
            Face(
                "v2",
                "contacts",
                v2.Contact,
                v2.Contact,
                READ,
                (
                    assigned("account/"),
                    of("account"),
                    having("Active", "Archived", path="account/status"),
                    *SINCE,
                    searching(
                        contains_any(*CONTACT_TEXTS, "account/company_name"),
                        "the name, company, email or phone",
                    ),
                    tagged("account_tag", "account", "account/"),
                    Parameter(
                        "company_name",
                        Text(),
                        "tolower(account/company_name) eq tolower(@value)",
                        "Only the contacts of this company.",
                    ),
                ),
            ),
            Face("odata", "Contacts", odata.Contact, odata.Contact, READ),
        ),
    ),
    Resource(
        Matter,
        "matters",
        "matter",
        (
            Face(
                "v2",
                "matters",
                v2.Matter,
                v2.Matter,
                parameters=(
                    assigned(),
                    of("account"),
                    having(*STATUSES),
                    *SINCE,
                    searching(
                        contains_any("display_name", "account/display_name"), "the name, number or client"
                    ),
                    tagged("account_tag", "account", "account/"),
                    tagged("matter_tag", "matter"),
                ),
            ),
            Face("v1", "project", v1.ProjectDTO, v1.ProjectDTO_Detail),
            Face("odata", "Matters", odata.Matter, odata.Matter, READ),
        ),
        matters.RULES,
    ),
    Resource(
        TimeEntry,
        "timeentries",
        "time entry",
        (
            Face(
                "v2",
                "timeentries",
                v2.TimeEntry,
                v2.TimeEntry,
                parameters=(
                    of("account"),
                    of("matter"),
                    of("user", "billed_by_user_id"),
                    of("item"),
                    *SINCE,
                    *dated(),
                ),
            ),
            Face("v1", "timeentry", v1.TimeEntryDTO, v1.TimeEntryDTO_Detail),
            Face("odata", "TimeEntries", odata.TimeEntry, odata.TimeEntry, READ),
        ),
        time_entries.RULES,
    ),
    Resource(Item, "items", "item", (Face("odata", "Items", odata.Item, odata.Item, READ),)),
    Resource(
        Tag,
        "tags",
        "tag",
        (
            Face("v2", "tags/account", v2.Tag, v2.Tag, frozenset({LIST}), only={"tag_for": "Account"}),
            Face("v2", "tags/matter", v2.Tag, v2.Tag, frozenset({LIST}), only={"tag_for": "Matter"}),
            Face("v2", "tags/activity", v2.Tag, v2.Tag, frozenset({LIST}), only={"tag_for": "Activity"}),
            Face("v1", "tag", v1.TagDTO, v1.TagDTO, frozenset({LIST})),
        ),
    ),
)


def faces(door: str) -> list[tuple[Resource, Face]]:
    """Every face at a door, with its resource."""
    return [(resource, face) for resource in RESOURCES for face in resource.faces if face.door == door]


def standard_shapes(door: str) -> dict[str, type[Shape]]:
    """The shape that each model has in lists at a door."""
    return {resource.model.__name__: face.standard for resource, face in faces(door)}
