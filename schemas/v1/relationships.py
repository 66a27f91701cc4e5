"""Who else has to do with a project: judges, opposing counsel, witnesses."""

from schemas.fields import Guid, Moment, Reference, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.v1.camel import CamelShape
from schemas.v1.references import AccountRef, ContactRef, to_author, to_project


class RelationshipDTO(CamelShape):
    """What a contact is to a project, in a list."""

    guid = Guid(attribute="id")
    account = Reference(AccountRef, link="contact.account", dump_only=True, doc="The contact's account.")
    contact = Reference(ContactRef, attribute="contact_id", link="contact", instead_of="contact_guid")
    project = to_project()
    relationship_name = Text(
        attribute="name", required=True, blank=False, max_length=NAME_LENGTH, doc="Such as Judge."
    )
    notes = Text()


class RelationshipDTO_Detail(RelationshipDTO):  # noqa: N801 - the component's published name
    """What a contact is to a project, by itself."""

    contact_guid = Guid(attribute="contact_id", required=True)
    project_guid = Guid(attribute="matter_id", required=True)
    created_date = Moment(attribute="created_at", dump_only=True)
    created_by = to_author("created")
    last_modified_by = to_author("updated")
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
