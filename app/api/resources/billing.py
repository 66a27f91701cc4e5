"""Invoices, payments and the bank accounts that they go to."""

from app.api.parameters import SINCE, Parameter, contains_any, dated, of, searching, span
from app.api.resources.face import CREATE, NO_REPLACE, REPLACE, Resource, odata, praxis, v1, v2
from app.models import BankAccount, Invoice, InvoiceLine, InvoicePayment, Payment
from app.services.money import bank_accounts, invoicing, payments
from schemas import odata as entities
from schemas import praxis as camel
from schemas import v1 as dto
from schemas import v2 as shapes
from schemas.fields import Choice
from schemas.rules import BANK_ACCOUNT_TYPES

OF_BANK_ACCOUNT_TYPE = Parameter(
    "bank_account_type",
    Choice(*BANK_ACCOUNT_TYPES),
    "bank_account/type eq @value",
    "Only those in bank accounts of this type.",
)

INVOICE_PROGRESS = Parameter(
    "status",
    Choice("Draft", "Sent", "Overdue", "Paid"),
    "progress eq @value",
    "Only those with this status.",
)

RESOURCES = (
    Resource(
        Invoice,
        "invoices",
        "invoice",
        (
            v2(
                "invoices",
                shapes.Invoice,
                of("account"),
                of("matter"),
                *SINCE,
                *dated("issue_date"),
                standard=shapes.InvoiceInList,
                operations=NO_REPLACE,
                ours={CREATE: "Bills all work of the matter, or of the account, that is not billed yet."},
            ),
            v1(
                "invoice",
                dto.SaleDocumentDTO,
                dto.SaleDocumentDTO_Detail,
                ours={
                    CREATE: "Without `items`, bills all work that is not billed yet.",
                    REPLACE: "Without `items`, the lines stay.",
                },
            ),
            odata("Invoices", entities.Invoice),
            praxis(
                "invoices",
                "invoice",
                camel.Invoice,
                of("case", "matter_id", name="caseId"),
                of("client", "account_id", name="clientId"),
                INVOICE_PROGRESS,
                *span("issue_date"),
                searching(
                    contains_any("account/display_name", "matter/display_name", "customer_notes"),
                    "the client, the case or the notes",
                    name="search",
                ),
                standard=camel.InvoiceInList,
            ),
        ),
        invoicing.RULES,
    ),
    Resource(InvoiceLine, "invoices", "invoice line", (odata("InvoiceLines", entities.InvoiceLine),)),
    Resource(
        Payment,
        "payments",
        "payment",
        (
            v2(
                "payments",
                shapes.Payment_Detail,
                of("account"),
                of("matter"),
                of("bank account", "bank_account_id", name="bank_account_id"),
                OF_BANK_ACCOUNT_TYPE,
                *SINCE,
                *dated(),
                standard=shapes.Payment,
                operations=NO_REPLACE,
                ours={CREATE: "Takes money in, or with a negative amount, out."},
            ),
            v1("payment", dto.PaymentDTO, dto.PaymentDTO_Detail, operations=NO_REPLACE),
            odata("Payments", entities.Payment),
        ),
        payments.RULES,
    ),
    Resource(
        InvoicePayment,
        "payments",
        "applied payment",
        (odata("InvoicePayments", entities.InvoicePayment),),
    ),
    Resource(
        BankAccount,
        "bankaccounts",
        "bank account",
        (
            v2("bankaccounts", shapes.BankAccount, *SINCE),
            odata("BankAccounts", entities.BankAccount),
        ),
        bank_accounts.RULES,
    ),
)
