"""What time entries and expenses have in common."""

from typing import Final

from schemas.fields import Choice

NO_CODE_BY_ID: Final = "There is no such UTBMS code; send utbmsCode.code instead."


def charge_status() -> Choice:
    """Where a charge stands on its way to being paid."""
    return Choice("Billable", "Billed", "Paid", "NotBillable", dump_only=True)
