"""The shapes of API v1: camelCase, `guid`, and a standard, a detailed and a reference shape of each resource.

Classes carry the names of the published components. Only the detailed shapes are written.
"""

from schemas.v1.accounts import AccountDTO_Detail, AccountDTO_Export
from schemas.v1.activities import ActivityDTO, ActivityDTO_Detail
from schemas.v1.contacts import ContactDTO, ContactDTO_Detail
from schemas.v1.custom_fields import CustomFieldDTO
from schemas.v1.expenses import ExpenseDTO, ExpenseDTO_Detail
from schemas.v1.invoices import SaleDocumentDTO, SaleDocumentDTO_Detail
from schemas.v1.items import ItemDTO
from schemas.v1.payments import PaymentDTO, PaymentDTO_Detail
from schemas.v1.projects import ProjectDTO, ProjectDTO_Detail
from schemas.v1.references import TagDTO
from schemas.v1.relationships import RelationshipDTO, RelationshipDTO_Detail
from schemas.v1.sales_taxes import SalesTaxDTO
from schemas.v1.time_entries import TimeEntryDTO, TimeEntryDTO_Detail
from schemas.v1.users import UserDTO

__all__ = [
    "AccountDTO_Detail",
    "AccountDTO_Export",
    "ActivityDTO",
    "ActivityDTO_Detail",
    "ContactDTO",
    "ContactDTO_Detail",
    "CustomFieldDTO",
    "ExpenseDTO",
    "ExpenseDTO_Detail",
    "ItemDTO",
    "PaymentDTO",
    "PaymentDTO_Detail",
    "ProjectDTO",
    "ProjectDTO_Detail",
    "RelationshipDTO",
    "RelationshipDTO_Detail",
    "SaleDocumentDTO",
    "SaleDocumentDTO_Detail",
    "SalesTaxDTO",
    "TagDTO",
    "TimeEntryDTO",
    "TimeEntryDTO_Detail",
    "UserDTO",
]
