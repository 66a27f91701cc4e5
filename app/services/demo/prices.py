"""The demo firm's price list, its sales taxes and the kinds of expenses that it lays out."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.charges import HARD_COST, SOFT_COST

SALES_TAXES = (
    ("State sales tax", "On documents and filings", "6.5", False),
    ("City tax", "On the price and the state's tax", "1.25", True),
)
"""Name, description, rate in percent, and whether it is worked out on top of the one before."""

HOURLY_ITEMS = (
    ("CONS", "Consultation", "By the hour", "325"),
    ("PARA", "Paralegal services", "By the hour", "135"),
    ("REVIEW", "Document review", "By the hour", "195"),
    ("RESEARCH", "Legal research", "By the hour", "240"),
    ("TRAVEL", "Travel time", "By the hour", "120"),
)
SERVICES = (
    ("LTR", "Demand letter", "Letter to the other side with one revision", "450"),
    ("NDA", "Non-disclosure agreement", "Drafting or review of a mutual agreement", "375"),
    ("LLC", "Formation of a limited liability company", "Articles, operating agreement, tax number", "1250"),
    ("WILL", "Simple will", "Will, advance directive and power of attorney", "900"),
    ("TRUST", "Living trust package", "Revocable trust, pour-over will and deeds", "2800"),
    ("LEASE", "Lease review", "Written summary with proposed changes", "650"),
)
TAXED_SERVICES = (
    ("DEED", "Deed preparation", "Deed and recording", "325"),
    ("NOT", "Notary", "For each signature", "15"),
    ("BINDER", "Document binder", "Printed and bound set of documents", "85"),
)
AGREED_FEES = (
    ("FLAT", "Flat fee", "As agreed in the engagement letter", "1000"),
    ("CONT", "Contingent fee", "Share of the recovery", "0"),
)
ITEMS: tuple[tuple[str, str, str, str | None], ...] = (
    *HOURLY_ITEMS,
    *SERVICES,
    *TAXED_SERVICES,
    *AGREED_FEES,
)
"""Code, name, description, and the rate in dollars of one hour or piece."""


@dataclass(frozen=True)
class Outlay:
    """A kind of expense.

    Args:
        code: the task code for expenses.
        prices: the range of what one costs, in cents.
        most: how many there are at a time, at most.
    """

    category: str
    code: str
    texts: tuple[str, ...]
    prices: tuple[int, int]
    most: int = 1
    cost_type: str = SOFT_COST


OUTLAYS = (
    Outlay("Copies", "E101", ("Copies of {document}", "Scans of {document}"), (15, 25), 400),
    Outlay("Postage", "E108", ("Certified mail to {other}", "Postage"), (120, 950), 6),
    Outlay("Courier", "E107", ("Courier to {court}", "Messenger to {company}"), (2_250, 9_500)),
    Outlay("Online research", "E106", ("Online research on {issue}",), (1_500, 22_000)),
    Outlay("Local travel", "E109", ("Mileage to {court}", "Parking at {court}"), (70, 2_400), 10),
    Outlay("Travel", "E110", ("Travel to meet {witness}",), (18_000, 96_000), 1, HARD_COST),
    Outlay("Filing fees", "E112", ("Filing fee, {court}",), (8_800, 60_200), 1, HARD_COST),
    Outlay(
        "Service of process", "E113", ("Service of subpoena on {witness}",), (6_500, 14_500), 2, HARD_COST
    ),
    Outlay(
        "Deposition transcripts",
        "E115",
        ("Transcript of the deposition of {witness}",),
        (35_000, 140_000),
        1,
        HARD_COST,
    ),
    Outlay("Expert fees", "E119", ("Fee of expert on {issue}",), (75_000, 450_000), 1, HARD_COST),
)
EVERYWHERE = 5
"""So many of the kinds come up in any matter, the others only in court."""
