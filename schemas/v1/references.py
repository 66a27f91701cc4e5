"""How one record shows another, and the properties that do so in many shapes."""

from typing import Any, Literal

from schemas.fields import Choice, Flag, Guid, Reference, References, Text, Whole, always
from schemas.v1.camel import CamelShape

ACTIVITY_TYPES = ("Call", "Task", "Event", "Email", "Note")


class TagDTO(CamelShape):
    name = Text(required=True, blank=False, trimmed=True, max_length=100)


class UserRef(CamelShape):
    guid = Guid(attribute="id")
    display_name = Text(dump_only=True)
    name = Text(attribute="display_name", dump_only=True)
    time_zone_id = Text()


class AccountRef(CamelShape):
    name_and_number = Text(dump_only=True)
    guid = Guid(attribute="id")
    utbms_is_enabled = Flag()
    id = Whole(bits=64, attribute="legacy_id", dump_only=True)


class ProjectRef(CamelShape):
    name_and_number = Text(dump_only=True)
    guid = Guid(attribute="id")
    account_guid = Guid(attribute="account_id")
    id = Whole(bits=64, attribute="legacy_id", dump_only=True)


class ContactRef(CamelShape):
    first_name = Text()
    last_name = Text()
    middle_name = Text()
    account_name = Text(attribute="account.display_name", dump_only=True)
    display_name = Text()
    guid = Guid(attribute="id")
    email = Text()


class RoleRef(CamelShape):
    """A role is a word on the user, so it has no GUID."""

    guid = always(Guid(), None)
    name = Text(attribute="role", required=True)


class ActivityRef(CamelShape):
    guid = Guid(attribute="id")
    name = Text(attribute="subject", required=True)
    type = Choice(*ACTIVITY_TYPES, required=True)


class BlobRef(CamelShape):
    """A file."""

    guid = Guid(attribute="id")
    name = Text(attribute="file_name")


def to_account() -> Reference:
    """The account that a record is for."""
    return Reference(AccountRef, attribute="account_id", link="account", instead_of="account_guid")


def to_project() -> Reference:
    """The project that a record is for."""
    return Reference(ProjectRef, attribute="matter_id", link="matter", instead_of="project_guid")


def to_author(did: Literal["created", "updated"]) -> Reference:
    """The user who made a record, or who changed it last."""
    return Reference(UserRef, attribute=f"{did}_by_id", link=f"{did}_by", dump_only=True)


def own_tags() -> References:
    """The record's labels."""
    return References(TagDTO, by="name", link="tags", instead_of="tag_names")


def tags_of(link: str) -> References:
    """The labels of another record that this one leads to."""
    return References(TagDTO, by="name", link=f"{link}.tags", dump_only=True)


def account_guid(**kwargs: Any) -> Guid:
    """Sets the account, where naming the project is enough."""
    return Guid(attribute="account_id", doc="Left out, the project's account.", **kwargs)
