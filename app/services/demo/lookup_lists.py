"""What there is to choose from at the demo firm: its offices, programs and the like, and its drop-down lists."""

from __future__ import annotations

from collections.abc import Iterator

from app.models import lookup_tables as tables
from app.services.demo import own_fields
from app.services.demo.brief import Brief, Row
from app.services.demo.plan import OPENING_DAY, midnight
from app.services.demo.practice import PRACTICES

LISTS: dict[str, tuple[str, ...]] = {
    tables.OFFICE: ("Portland", "Salem", "Vancouver"),
    tables.PROGRAM: tuple(practice.area for practice in PRACTICES),
    "case_disposition": ("Open", "Pending", "Closed", "Rejected"),
    tables.ASSIGNMENT_TYPE: ("Primary", "Co-Counsel", "Paralegal"),
    tables.CHARGE: ("Assault IV", "DUII", "Harassment", "Possession", "Theft I"),
    tables.CHARGE_CATEGORY: ("Felony", "Misdemeanor", "Violation"),
    tables.CHARGE_OUTCOME: ("Acquitted", "Convicted", "Dismissed", "Diverted"),
    tables.BUSINESS_TYPE: ("Corporation", "Limited Liability Company", "Partnership"),
    tables.FILING_TYPE: ("Electronic", "Paper"),
    tables.FUNDING_CODE: ("General", "Pro Bono"),
    tables.INCOME_TYPE: ("Employment", "Pension", "Social Security", "Unemployment Compensation"),
    tables.LANGUAGE: ("English", "Spanish", "Vietnamese"),
    tables.LITIGATION_RELATIONSHIP: ("Defendant", "Petitioner", "Plaintiff", "Respondent"),
    tables.RELATIONSHIP_TYPE: ("Employer", "Insurer", "Landlord", "Neighbor", "Spouse", "Witness"),
    tables.SERVICE_DECISION: ("Approved", "Denied", "Pending"),
    tables.SERVICE_TYPE: ("Advice", "Brief Service", "Court Appearance", "Document Preparation"),
}


def lookup(brief: Brief, table: str, name: str) -> str:
    """The id of a value of a standard list."""
    return brief.id(f"lookup {table} {name}", 0)


def lookup_values(brief: Brief) -> Iterator[Row]:
    """The standard lists, and then the options of the firm's own fields."""
    standard = [
        {
            "id": lookup(brief, table, name),
            "table_name": table,
            "custom_field_id": None,
            "name": name,
            "position": 0,
        }
        for table, names in LISTS.items()
        for name in names
    ]
    options = [
        {
            "id": brief.id(f"option of {own_fields.field_id(brief, field)}", place),
            "table_name": None,
            "custom_field_id": own_fields.field_id(brief, field),
            "name": name,
            "position": place,
        }
        for field in own_fields.ALL
        for place, name in enumerate(field.options)
    ]
    for number, value in enumerate(standard + options, 1):
        yield {**value, "lookup_id": number, "created_at": midnight(OPENING_DAY)}


def how_many() -> int:
    """The last number that a value has."""
    return sum(map(len, LISTS.values())) + sum(len(field.options) for field in own_fields.ALL)
