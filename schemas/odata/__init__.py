"""The entity types of the strict OData door: snake_case, keys instead of reference objects, navigation.

`schemas/odata/entity.py` says how one is written.
"""

from schemas.odata.accounts import Account, Contact
from schemas.odata.activities import Activity
from schemas.odata.balances import AccountBalance, MatterBalance
from schemas.odata.bank_accounts import BankAccount
from schemas.odata.conflict_checks import ConflictCheck
from schemas.odata.custom_fields import CustomField, CustomFieldValue
from schemas.odata.entity import Entity
from schemas.odata.expenses import Expense, ExpenseCategory
from schemas.odata.files import File
from schemas.odata.flat_fees import FlatFee
from schemas.odata.invoices import Invoice, InvoiceLine
from schemas.odata.items import Item, SalesTax
from schemas.odata.lookups import LookupValue
from schemas.odata.matter_records import Assignment, Income, Litigation, MatterCharge, Party, Service
from schemas.odata.matters import Matter
from schemas.odata.messages import Message
from schemas.odata.payments import InvoicePayment, Payment
from schemas.odata.relationships import Relationship
from schemas.odata.tags import Tag
from schemas.odata.time_entries import TimeEntry
from schemas.odata.users import Role, User

ENTITY_TYPES: dict[str, type[Entity]] = {
    shape.__name__: shape
    for shape in (
        Account,
        AccountBalance,
        Activity,
        Assignment,
        BankAccount,
        ConflictCheck,
        Contact,
        CustomField,
        CustomFieldValue,
        Expense,
        ExpenseCategory,
        File,
        FlatFee,
        Income,
        Invoice,
        InvoiceLine,
        InvoicePayment,
        Item,
        Litigation,
        LookupValue,
        Matter,
        MatterBalance,
        MatterCharge,
        Message,
        Party,
        Payment,
        Relationship,
        Role,
        SalesTax,
        Service,
        Tag,
        TimeEntry,
        User,
    )
}
"""Every entity type by name, as `Navigates.to` names them."""

__all__ = [
    "ENTITY_TYPES",
    "Account",
    "AccountBalance",
    "Activity",
    "Assignment",
    "BankAccount",
    "ConflictCheck",
    "Contact",
    "CustomField",
    "CustomFieldValue",
    "Expense",
    "ExpenseCategory",
    "File",
    "FlatFee",
    "Income",
    "Invoice",
    "InvoiceLine",
    "InvoicePayment",
    "Item",
    "Litigation",
    "LookupValue",
    "Matter",
    "MatterBalance",
    "MatterCharge",
    "Message",
    "Party",
    "Payment",
    "Relationship",
    "Role",
    "SalesTax",
    "Service",
    "Tag",
    "TimeEntry",
    "User",
]
