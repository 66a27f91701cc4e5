"""The tables, by area. Importing this package registers them all with `Base.metadata`."""

from app.models.activities import Activity, EmailAddress, Reminder
from app.models.apps import AccessRequest, InitialAccessToken, OAuthClient
from app.models.audit import AuditEvent
from app.models.base import Base, FirmRow
from app.models.changes import Change
from app.models.charges import Charge, Expense, FlatFee, TimeEntry
from app.models.clients import Account, Contact
from app.models.conflict_checks import ConflictCheck
from app.models.custom_fields import CustomField, CustomFieldValue
from app.models.files import File
from app.models.hub import HubConnection
from app.models.idempotency import IdempotencyKey
from app.models.identity import Counter, Firm, User
from app.models.invoices import Invoice, InvoiceLine
from app.models.lookups import LookupValue
from app.models.matter_records import Assignment, Income, Litigation, MatterCharge, Party, Service
from app.models.matters import Matter
from app.models.messages import Message
from app.models.oauth import (
    OAuthAccessToken,
    OAuthCode,
    OAuthDeviceCode,
    OAuthGrant,
    OAuthRefreshToken,
)
from app.models.payments import BankAccount, InvoicePayment, Payment
from app.models.price_list import ExpenseCategory, Item, SalesTax
from app.models.relationships import Relationship
from app.models.roles import Role
from app.models.sign_ins import BrowserSession, RecoveryCode
from app.models.tags_and_links import Tag
from app.models.webhooks import Webhook, WebhookAttempt, WebhookDelivery

MODELS: dict[str, type[FirmRow]] = {
    model.__name__: model
    for model in (
        User,
        Role,
        Account,
        Contact,
        Matter,
        Relationship,
        CustomField,
        CustomFieldValue,
        LookupValue,
        Party,
        MatterCharge,
        Income,
        Litigation,
        Service,
        Assignment,
        ConflictCheck,
        Tag,
        Activity,
        Reminder,
        EmailAddress,
        Message,
        File,
        TimeEntry,
        Expense,
        FlatFee,
        Item,
        ExpenseCategory,
        SalesTax,
        Invoice,
        InvoiceLine,
        BankAccount,
        Payment,
        InvoicePayment,
    )
}
"""Every kind of a firm's rows, by the name that links and changes use."""

__all__ = [
    "MODELS",
    "AccessRequest",
    "Account",
    "Activity",
    "Assignment",
    "AuditEvent",
    "BankAccount",
    "Base",
    "BrowserSession",
    "Change",
    "Charge",
    "ConflictCheck",
    "Contact",
    "Counter",
    "CustomField",
    "CustomFieldValue",
    "EmailAddress",
    "Expense",
    "ExpenseCategory",
    "File",
    "Firm",
    "FirmRow",
    "FlatFee",
    "HubConnection",
    "IdempotencyKey",
    "Income",
    "InitialAccessToken",
    "Invoice",
    "InvoiceLine",
    "InvoicePayment",
    "Item",
    "Litigation",
    "LookupValue",
    "Matter",
    "MatterCharge",
    "Message",
    "OAuthAccessToken",
    "OAuthClient",
    "OAuthCode",
    "OAuthDeviceCode",
    "OAuthGrant",
    "OAuthRefreshToken",
    "Party",
    "Payment",
    "RecoveryCode",
    "Relationship",
    "Reminder",
    "Role",
    "SalesTax",
    "Service",
    "Tag",
    "TimeEntry",
    "User",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
]
