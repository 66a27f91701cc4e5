"""The standard lookup tables: the lists of values that every firm has, under their names in the field.

What is in a table is the firm's own; only which tables there are is fixed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LookupTable:
    """A list of values to choose from.

    Args:
        name: what addresses and bodies call it.
        title: what people call it.
    """

    name: str
    title: str


OFFICE, PROGRAM = "office", "program"
CASE_DISPOSITION = "case_disposition"
CHARGE, CHARGE_TYPE, CHARGE_OUTCOME = "charge", "charge_type", "charge_outcome"
INCOME_TYPE = "income_type"
LITIGATION_TYPE, LITIGATION_OUTCOME = "litigation_type", "litigation_outcome"
SERVICE_TYPE, SERVICE_DECISION = "service_type", "service_decision"
ASSIGNMENT_TYPE = "assignment_type"
PARTY_RELATIONSHIP = "relationship_type"

TABLES: dict[str, LookupTable] = {
    name: LookupTable(name, title)
    for name, title in {
        ASSIGNMENT_TYPE: "Assignment Type",
        CASE_DISPOSITION: "Case Disposition",
        CHARGE: "Charge",
        CHARGE_OUTCOME: "Charge Outcome",
        CHARGE_TYPE: "Charge Type",
        INCOME_TYPE: "Income Type",
        LITIGATION_OUTCOME: "Litigation Outcome",
        LITIGATION_TYPE: "Litigation Type",
        OFFICE: "Office",
        PROGRAM: "Program",
        PARTY_RELATIONSHIP: "Relationship Type",
        SERVICE_DECISION: "Service Decision",
        SERVICE_TYPE: "Service Type",
    }.items()
}
"""Every standard table by name."""
