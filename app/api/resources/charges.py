"""What is charged to clients, and the lists that charges are chosen from."""

from app.api.parameters import SINCE, contains_any, dated, having, known_elsewhere, of, searching, span
from app.api.resources.face import Resource, odata, praxis, v1, v2
from app.models import Expense, ExpenseCategory, FlatFee, Item, SalesTax, TimeEntry
from app.services import expenses, flat_fees, time_entries
from schemas import odata as entities
from schemas import praxis as camel
from schemas import v1 as dto
from schemas import v2 as shapes

BILLED_BY = of("user", "billed_by_user_id")

RESOURCES = (
    Resource(
        TimeEntry,
        "timeentries",
        "time entry",
        (
            v2(
                "timeentries",
                shapes.TimeEntry,
                known_elsewhere("external_id"),
                of("account"),
                of("matter"),
                BILLED_BY,
                of("item"),
                *SINCE,
                *dated(),
            ),
            v1("timeentry", dto.TimeEntryDTO, dto.TimeEntryDTO_Detail),
            odata("TimeEntries", entities.TimeEntry),
            praxis(
                "time",
                "time entry",
                camel.TimeEntry,
                of("case", "matter_id", name="caseId"),
                of("user", "billed_by_user_id", name="userId"),
                having("NotBillable", "Billable", "Billed", "Paid"),
                *span(),
                searching(contains_any("description", "private_notes"), "a text of it", name="search"),
            ),
        ),
        time_entries.RULES,
    ),
    Resource(
        Expense,
        "expenses",
        "expense",
        (
            v2(
                "expenses",
                shapes.Expense,
                known_elsewhere("external_id"),
                of("account"),
                of("matter"),
                of("user", "billed_by_user_id", name="billed_by_user_id"),
                of("expense category", "expense_category_id", name="expense_category_id"),
                *SINCE,
                *dated(),
            ),
            v1("expense", dto.ExpenseDTO, dto.ExpenseDTO_Detail),
            odata("Expenses", entities.Expense),
        ),
        expenses.RULES,
    ),
    Resource(
        FlatFee,
        "flatfees",
        "flat fee",
        (
            v2(
                "flatfees",
                shapes.FlatFee,
                known_elsewhere("external_id"),
                of("account"),
                of("matter"),
                BILLED_BY,
                of("item"),
                *SINCE,
                *dated(),
            ),
            odata("FlatFees", entities.FlatFee),
        ),
        flat_fees.RULES,
    ),
    Resource(
        Item,
        "items",
        "item",
        (v2("items", shapes.Item, *SINCE), v1("item", dto.ItemDTO), odata("Items", entities.Item)),
    ),
    Resource(
        ExpenseCategory,
        "expensecategories",
        "expense category",
        (
            v2("expensecategories", shapes.ExpenseCategory, *SINCE),
            odata("ExpenseCategories", entities.ExpenseCategory),
        ),
    ),
    Resource(
        SalesTax,
        "salestaxes",
        "sales tax",
        (v1("salestax", dto.SalesTaxDTO), odata("SalesTaxes", entities.SalesTax)),
    ),
)
