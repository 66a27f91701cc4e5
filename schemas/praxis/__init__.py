"""The shapes of the Praxis door: camelCase, other records by id, with their name beside it.

The document of that API prints addresses and few properties; the names are ours
(`docs/reference/praxis.md`).
"""

from schemas.praxis.accounts import ChangePassword, Firm, Login, Register, SignedIn
from schemas.praxis.cases import Case
from schemas.praxis.contacts import Contact
from schemas.praxis.deadlines import Deadline
from schemas.praxis.invoices import Invoice, InvoiceInList, InvoiceLine, Payment
from schemas.praxis.references import CaseReference, ClientReference, UserReference
from schemas.praxis.time_entries import TimeEntry
from schemas.praxis.users import User

__all__ = [
    "Case",
    "CaseReference",
    "ChangePassword",
    "ClientReference",
    "Contact",
    "Deadline",
    "Firm",
    "Invoice",
    "InvoiceInList",
    "InvoiceLine",
    "Login",
    "Payment",
    "Register",
    "SignedIn",
    "TimeEntry",
    "User",
    "UserReference",
]
