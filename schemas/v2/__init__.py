"""The shapes of API v2: snake_case, references as `{"id": …}`."""

from schemas.v2.accounts import Account, Contact
from schemas.v2.custom_fields import CustomFieldRef, CustomFieldValue
from schemas.v2.matters import Matter
from schemas.v2.references import (
    AccountReference,
    ContactReference,
    ItemReference,
    MatterReference,
    UserReference,
)
from schemas.v2.tags import Tag
from schemas.v2.time_entries import TimeEntry
from schemas.v2.users import User

__all__ = [
    "Account",
    "AccountReference",
    "Contact",
    "ContactReference",
    "CustomFieldRef",
    "CustomFieldValue",
    "ItemReference",
    "Matter",
    "MatterReference",
    "Tag",
    "TimeEntry",
    "User",
    "UserReference",
]
