"""What $search looks into: the texts that people write, at every door under its own names."""

from __future__ import annotations

from odata.metadata import EntityType
from odata.types import Edm

TEXTS = frozenset(
    """
    display_name name first_name middle_name last_name company_name file_name label displayName
    firstName middleName lastName nameAndNumber relationshipName item_name description subject body
    body_text location note notes private_notes terms customer_notes customerNotes
    termsAndConditions email code payee po_number poNumber title company practiceArea orderNumber
    """.split()  # noqa: SIM905 - thirty words in quotes are no easier to read
)


def searchable(entity: EntityType) -> tuple[str, ...]:
    """The properties of an entity type that are searched; words with a fixed meaning, such as a status, are not."""
    return tuple(
        name for name, member in entity.properties.items() if name in TEXTS and member.type is Edm.STRING
    )
