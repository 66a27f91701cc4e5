"""What lawyers write on their time sheets, by kind of work: task codes, each with its descriptions.

Braces are filled in by `words.py`. Task codes are those of the Uniform Task-Based Management System; where
nobody uses them they are empty.
"""

from __future__ import annotations

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
