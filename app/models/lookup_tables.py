"""The standard lookup tables: the lists of values that every firm has, under their names in the field.

What is in a table is the firm's own; only which tables there are is fixed.
"""

from __future__ import annotations

OFFICE, PROGRAM = "office", "program"
ASSIGNMENT_TYPE = "assignment_types"
BUSINESS_TYPE, LANGUAGE, RELATIONSHIP_TYPE = "business_type", "language", "relationship_type"
CHARGE, CHARGE_CATEGORY, CHARGE_OUTCOME = "charge", "charge_category", "charge_outcome"
FILING_TYPE, LITIGATION_RELATIONSHIP = "filing_type", "litigation_relationship"
INCOME_TYPE = "income_type"
SERVICE_TYPE, SERVICE_DECISION, FUNDING_CODE = "service_type", "service_decision", "funding_code"

TITLES: dict[str, str] = {
    ASSIGNMENT_TYPE: "Assignment Type",
    BUSINESS_TYPE: "Business Type",
    "case_disposition": "Case Disposition",
    CHARGE: "Charge",
    CHARGE_CATEGORY: "Charge Category",
    CHARGE_OUTCOME: "Charge Outcome",
    FILING_TYPE: "Filing Type",
    FUNDING_CODE: "Funding Code",
    INCOME_TYPE: "Income Type",
    LANGUAGE: "Language",
    LITIGATION_RELATIONSHIP: "Litigation Relationship",
    OFFICE: "Office",
    PROGRAM: "Program",
    RELATIONSHIP_TYPE: "Relationship Type",
    SERVICE_DECISION: "Service Decision",
    SERVICE_TYPE: "Service Type",
}
"""What people call each table."""
