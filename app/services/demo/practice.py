"""What the demo firm practises: the matters it takes on and the work that they make.

Braces are filled in by `words.py`. Task codes are those of the Uniform Task-Based Management System.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    area: str
    weight: int
    names: tuple[str, ...]
    work: tuple[tuple[str, tuple[str, ...]], ...]
    clients: tuple[str, ...] = ("people", "companies")
    rate_types: tuple[str, ...] = ("UserRate",)
    uses_task_codes: bool = False
    has_deadline: bool = False


LITIGATION = (
    (
        "L110",
        (
            "Interview {client} about the events of {month} and prepare a timeline",
            "Review {document} received from {client}; note open questions of fact",
            "Telephone call with {witness} regarding {issue}",
        ),
    ),
    (
        "L120",
        (
            "Research {issue} under {state} law; draft memorandum to file",
            "Confer with {colleague} on strategy",
        ),
    ),
    (
        "L130",
        ("Call with damages expert regarding scope of report", "Review draft report of expert on {issue}"),
    ),
    (
        "L160",
        ("Draft settlement demand to counsel for {other}", "Prepare for and attend mediation with {other}"),
    ),
    (
        "L210",
        (
            "Draft complaint against {other}",
            "Revise answer and affirmative defenses",
            "Prepare amended complaint",
        ),
    ),
    (
        "L240",
        (
            "Draft motion for summary judgment on {issue}",
            "Review {other}'s motion to dismiss; outline response",
        ),
    ),
    (
        "L250",
        ("Prepare motion to compel production of {document}", "Draft reply in support of motion on {issue}"),
    ),
    (
        "L310",
        (
            "Draft first set of interrogatories to {other}",
            "Review and revise responses to requests for admission",
        ),
    ),
    (
        "L320",
        (
            "Review {other}'s document production, pages {pages}",
            "Prepare privilege log",
            "Collect {document}",
        ),
    ),
    (
        "L330",
        (
            "Prepare outline for deposition of {witness}",
            "Attend deposition of {witness}",
            "Summarize deposition",
        ),
    ),
    ("L440", ("Prepare trial exhibits and witness list", "Revise jury instructions on {issue}")),
    ("L450", ("Attend status conference in {court}", "Argue motion in {court}", "Attend hearing on {issue}")),
)

BUSINESS = (
    (
        "P100",
        ("Conference call with {client} on status and next steps", "Update closing checklist for {client}"),
    ),
    (
        "P210",
        ("Review minute book and corporate records of {client}", "Due diligence on {document} of {other}"),
    ),
    ("P240", ("Review title report and exceptions for {street}", "Review survey and easements at {street}")),
    (
        "P300",
        ("Advise {client} on {clause}", "Confer with {colleague} regarding structure", "Research {issue}"),
    ),
    (
        "P400",
        (
            "Draft {document} for {client}",
            "Prepare first draft of {clause}",
            "Prepare filing for Secretary of State",
        ),
    ),
    (
        "P500",
        (
            "Negotiate {clause} with counsel for {other}",
            "Review {other}'s comments to {document}; revise draft",
        ),
    ),
    (
        "P600",
        ("Attend closing for {client}", "Assemble closing binder", "Collect signature pages from {other}"),
    ),
)

FAMILY = (
    ("", ("Telephone call with {client} about parenting time", "Review financial disclosures of {other}")),
    (
        "",
        (
            "Draft petition and supporting declaration",
            "Prepare {client} for hearing",
            "Attend hearing in {court}",
        ),
    ),
    ("", ("Draft marital settlement agreement", "Exchange emails with counsel for {other} about {issue}")),
    (
        "",
        ("Prepare child support worksheet", "Review appraisal of {street}", "Attend mediation with {other}"),
    ),
)

ESTATES = (
    (
        "",
        (
            "Meet with {client} about estate plan",
            "Draft revocable living trust",
            "Draft will and power of attorney",
        ),
    ),
    (
        "",
        (
            "Prepare inventory of estate assets",
            "Correspond with heirs about distribution",
            "Draft final accounting",
        ),
    ),
    (
        "",
        (
            "File petition for probate in {court}",
            "Review deed to {street}",
            "Draft advance directive for {client}",
        ),
    ),
    (
        "",
        (
            "Call with financial advisor of {client}",
            "Attend signing with {client}",
            "Prepare notice to creditors",
        ),
    ),
)

CRIMINAL = (
    (
        "",
        (
            "Review police report and body camera footage",
            "Attend arraignment in {court}",
            "Visit client in custody",
        ),
    ),
    (
        "",
        (
            "Negotiate plea terms with deputy district attorney",
            "Draft motion to suppress",
            "Interview {witness}",
        ),
    ),
    ("", ("Prepare {client} for sentencing", "Research {issue}", "Attend pretrial conference in {court}")),
)

PRACTICES = (
    Practice(
        "Litigation",
        22,
        ("{client} v. {other}", "{other} v. {client}", "{client} v. {company}", "{company} v. {client}"),
        LITIGATION,
        rate_types=("UserRate", "UserRate", "UserRate", "ProjectRate"),
        uses_task_codes=True,
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
    ),
    Practice(
        "Criminal Defense",
        5,
        ("State v. {client}", "{client} - expungement"),
        CRIMINAL,
        ("people",),
        ("FlatRate", "UserRate"),
    ),
)

ITEMS = (
    ("CONS", "Initial consultation", "First meeting of up to one hour", "250"),
    ("LTR", "Demand letter", "Letter to the other side with one revision", "450"),
    ("NDA", "Non-disclosure agreement", "Drafting or review of a mutual agreement", "375"),
    ("LLC", "Formation of a limited liability company", "Articles, operating agreement, tax number", "1250"),
    ("WILL", "Simple will", "Will, advance directive and power of attorney", "900"),
    ("TRUST", "Living trust package", "Revocable trust, pour-over will and deeds", "2800"),
    ("LEASE", "Lease review", "Written summary with proposed changes", "650"),
    ("DEED", "Deed preparation", "Deed and recording", "325"),
    ("PARA", "Paralegal services", "By the hour", "135"),
    ("NOT", "Notary", "For each signature", "15"),
)
"""The price list: code, name, description, rate in dollars."""

ACCOUNT_TAGS = ("Corporate", "Individual", "Nonprofit", "Referral", "Retainer", "Small Business", "VIP")
MATTER_TAGS = (*(practice.area for practice in PRACTICES), "Court Date Set", "On Hold", "Urgent")
ACTIVITY_TAGS = ("Court", "Deadline", "Follow-up", "Internal")
