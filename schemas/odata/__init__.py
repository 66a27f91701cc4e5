"""The entity types of the strict OData door: snake_case, keys instead of reference objects, navigation.

Read-only for now: nothing is written through this door.
"""

from schemas.base import Shape
from schemas.odata.accounts import Account, Contact
from schemas.odata.items import Item
from schemas.odata.matters import Matter
from schemas.odata.tags import Tag
from schemas.odata.time_entries import TimeEntry
from schemas.odata.users import User

ENTITY_TYPES: dict[str, type[Shape]] = {
    shape.__name__: shape for shape in (Account, Contact, Item, Matter, Tag, TimeEntry, User)
}
"""Every entity type by name, as `Navigates.to` names them."""

__all__ = ["ENTITY_TYPES", "Account", "Contact", "Item", "Matter", "Tag", "TimeEntry", "User"]
