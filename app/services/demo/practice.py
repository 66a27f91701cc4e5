"""What the demo firm practises: the matters it takes on and the work that they make.

Braces are filled in by `words.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services.demo.work import BUSINESS, CRIMINAL, ESTATES, FAMILY, LITIGATION


@dataclass(frozen=True)
class Practice:
    """One practice area.

    Args:
        area: its name, which is also the tag of its matters.
        weight: how often it comes up.
        names: what its matters are called.
        work: task codes, each with the descriptions of time entries.
        clients: whether "people", "companies" or both bring them.
        rate_types: how its matters are charged, the usual way several times.
        uses_task_codes: whether its clients ask for task codes on their invoices.
        has_deadline: whether a statute of limitations runs.
        in_court: whether there is another side, and a judge between the two.
    """

    area: str
    weight: int
    names: tuple[str, ...]
    work: tuple[tuple[str, tuple[str, ...]], ...]
    clients: tuple[str, ...] = ("people", "companies")
    rate_types: tuple[str, ...] = ("UserRate",)
    uses_task_codes: bool = False
    has_deadline: bool = False
    in_court: bool = False


PRACTICES = (
    Practice(
        "Litigation",
        22,
        ("{client} v. {other}", "{other} v. {client}", "{client} v. {company}", "{company} v. {client}"),
        LITIGATION,
        rate_types=("UserRate", "UserRate", "UserRate", "ProjectRate"),
        uses_task_codes=True,
        in_court=True,
    ),
    Practice(
        "Personal Injury",
        10,
        (
            "{client} - motor vehicle accident",
            "{client} v. {company} (premises liability)",
            "{client} - fall at {street}",
        ),
        LITIGATION,
        ("people",),
        ("Contingency",),
        has_deadline=True,
        in_court=True,
    ),
    Practice(
        "Estate Planning",
        18,
        ("Estate of {person}", "{client} - estate plan", "{client} Family Trust", "Guardianship of {person}"),
        ESTATES,
        ("people",),
        ("UserRate", "FlatRate", "FlatRate"),
    ),
    Practice(
        "Real Estate",
        15,
        (
            "Lease review - {street}",
            "Purchase of {street}",
            "{client} - boundary dispute at {street}",
            "Sale of {street}",
        ),
        BUSINESS,
        rate_types=("UserRate", "UserRate", "FlatRate", "ItemRate"),
    ),
    Practice(
        "Corporate",
        15,
        (
            "Formation of {company}",
            "{client} - acquisition of {company}",
            "{client} - {clause}",
            "{client} - general",
        ),
        BUSINESS,
        ("companies",),
        ("UserRate", "ProjectRate", "FlatRate", "ItemRate"),
        uses_task_codes=True,
    ),
    Practice(
        "Family",
        12,
        ("Marriage of {client}", "{client} - custody", "Adoption by {client}"),
        FAMILY,
        ("people",),
        in_court=True,
    ),
    Practice(
        "Employment",
        6,
        (
            "{client} - wage claim",
            "{client} - severance agreement",
            "{client} v. {company} (wrongful termination)",
        ),
        LITIGATION,
        ("people",),
        ("UserRate", "Contingency", "UserRate"),
        has_deadline=True,
        in_court=True,
    ),
    Practice(
        "Criminal Defense",
        5,
        ("State v. {client}", "{client} - expungement"),
        CRIMINAL,
        ("people",),
        ("FlatRate", "UserRate"),
        in_court=True,
    ),
)

ACCOUNT_TAGS = ("Corporate", "Individual", "Nonprofit", "Referral", "Retainer", "Small Business", "VIP")
MATTER_TAGS = (*(practice.area for practice in PRACTICES), "Court Date Set", "On Hold", "Urgent")
ACTIVITY_TAGS = ("Court", "Deadline", "Follow-up", "Internal")
