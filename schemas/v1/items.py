"""Items: the firm's price list."""

from schemas.fields import Flag, Guid, Moment, Reference, Text, Whole, always
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import price
from schemas.v1.camel import CamelShape
from schemas.v1.not_built import nameless, no_such
from schemas.v1.references import to_author
from schemas.v1.sales_taxes import SalesTaxRef

NO_CHART = "account in the chart of accounts"


class ItemDTO(CamelShape):
    """A service or product that the firm charges for."""

    description = Text()
    code = Text(max_length=NAME_LENGTH)
    sale_price = price(
        attribute="rate", required=True, doc="What a flat fee, or an hour of work, costs under it."
    )
    is_override_hourly_rate = Flag(
        attribute="overrides_hourly_rate",
        load_default=False,
        doc="Whether time entered under it costs its price, whatever the project's rate.",
    )
    is_deleted = always(Flag(), False)
    created_date = Moment(attribute="created_at", dump_only=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    created_by = to_author("created")
    last_modified_by = to_author("updated")
    tax1_guid = Guid(attribute="tax1_id")
    tax1 = Reference(SalesTaxRef, attribute="tax1_id", link="tax1", instead_of="tax1_guid")
    tax2_guid = Guid(attribute="tax2_id")
    tax2 = Reference(SalesTaxRef, attribute="tax2_id", link="tax2", instead_of="tax2_guid")
    chart_of_account_id = always(Whole(bits=64), None, refuses=f"There is no such {NO_CHART}.")
    chart_of_account_guid = no_such(NO_CHART)
    chart_of_account_name = nameless()
    guid = Guid(attribute="id")
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
