"""Relationships: who else has to do with a matter."""

from schemas.base import Shape
from schemas.fields import Guid, Reference, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.v2.references import ContactReference, to_matter


class Relationship(Shape):
    """What a contact is to a matter: judge, opposing counsel, witness."""

    id = Guid()
    contact_ref = Reference(ContactReference, attribute="contact_id", link="contact", required=True)
    matter_ref = to_matter(required=True)
    name = Text(required=True, blank=False, max_length=NAME_LENGTH, doc="What the contact is.")
    notes = Text()
