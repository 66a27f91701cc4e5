"""Lookup values: what is chosen from the firm's lists."""

from typing import Any

from schemas.base import Shape
from schemas.fields import ExternalId, Flag, Guid, Lookup, Text, Whole
from schemas.fields.texts import NAME_LENGTH


class LookupReference(Shape):
    """A value that a record has, and the list that it is from."""

    lookup_value_id = Whole(attribute="lookup_id", dump_only=True)
    lookup_value_name = Text(attribute="name", instead_of="name")
    lookup_value_uuid = Guid(attribute="id", dump_only=True)
    lookup_type_name = Text(attribute="type_name", dump_only=True)
    lookup_type_table_name = Text(attribute="table_name", dump_only=True)
    lookup_type_custom = Flag(attribute="is_custom", dump_only=True)
    lookup_type_uuid = Guid(
        attribute="custom_field_id", dump_only=True, doc="The custom field that the list is the options of."
    )


class LookupValue(LookupReference):
    """A value in its list."""

    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    active = Flag(attribute="is_active", load_default=True, doc="Whether it can still be chosen.")
    external_id = ExternalId(
        doc="The id in another system, there once in a list. Left out, it stays as it is."
    )


def chosen(column: str, **kwargs: Any) -> Lookup:
    """A value that a record has.

    Args:
        column: the record's column without `_id`, which is also the link's name.
    """
    return Lookup(LookupReference, attribute=f"{column}_id", link=column, **kwargs)
