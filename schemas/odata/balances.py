"""What accounts and matters have paid, owe and have in trust; shown where a query expands it.

The sums cost a look at the books for each record, so they are not among the properties of the record itself.
"""

from schemas.fields import Guid, Number
from schemas.odata.entity import Entity


class AccountBalance(Entity):
    id = Guid()
    billable = Number(14, 2)
    invoices_due = Number(14, 2)
    paid = Number(14, 2)
    unapplied_credit = Number(14, 2)
    operating_balance = Number(14, 2)
    trust_balance = Number(14, 2)


class MatterBalance(AccountBalance):
    """The same for one matter."""
