"""The shapes of API v2: snake_case, references as `{"id": …}`."""

from schemas.v2.accounts import Account, Contact
from schemas.v2.bank_accounts import BankAccount
from schemas.v2.call_logs import CallLog
from schemas.v2.conflict_checks import ConflictCheckInList
from schemas.v2.custom_fields import CustomField, CustomFieldRef, CustomFieldValue
from schemas.v2.emails import Email, EmailAddress, EmailInList
from schemas.v2.events import Event
from schemas.v2.expenses import Expense, ExpenseCategory
from schemas.v2.files import File
from schemas.v2.flat_fees import FlatFee
from schemas.v2.invoices import Invoice, InvoiceInList, InvoiceLineItem
from schemas.v2.items import Item
from schemas.v2.lookups import LookupReference, LookupValue
from schemas.v2.matter_records import Assignment, Income, Litigation, MatterCharge, Party, Service
from schemas.v2.matters import Matter, Matter_Detail, MatterExclusions
from schemas.v2.messages import Message
from schemas.v2.notes import Note
from schemas.v2.payments import Payment, Payment_Detail
from schemas.v2.references import (
    AccountReference,
    ActivityReference,
    ContactReference,
    FileReference,
    ItemReference,
    MatterReference,
    UserReference,
)
from schemas.v2.relationships import Relationship
from schemas.v2.tags import Tag
from schemas.v2.tasks import Task
from schemas.v2.time_entries import TimeEntry
from schemas.v2.users import User

__all__ = [
    "Account",
    "AccountReference",
    "ActivityReference",
    "Assignment",
    "BankAccount",
    "CallLog",
    "ConflictCheckInList",
    "Contact",
    "ContactReference",
    "CustomField",
    "CustomFieldRef",
    "CustomFieldValue",
    "Email",
    "EmailAddress",
    "EmailInList",
    "Event",
    "Expense",
    "ExpenseCategory",
    "File",
    "FileReference",
    "FlatFee",
    "Income",
    "Invoice",
    "InvoiceInList",
    "InvoiceLineItem",
    "Item",
    "ItemReference",
    "Litigation",
    "LookupReference",
    "LookupValue",
    "Matter",
    "MatterCharge",
    "MatterExclusions",
    "MatterReference",
    "Matter_Detail",
    "Message",
    "Note",
    "Party",
    "Payment",
    "Payment_Detail",
    "Relationship",
    "Service",
    "Tag",
    "Task",
    "TimeEntry",
    "User",
    "UserReference",
]
