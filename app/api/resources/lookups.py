"""The lists that values are chosen from."""

from app.api.resources.face import Resource, odata, v2
from app.models import LookupValue
from app.services import lookups
from schemas import odata as entities
from schemas import v2 as shapes

RESOURCES = (
    Resource(
        LookupValue,
        "lookups",
        "lookup value",
        (
            v2(
                "lookups", shapes.LookupValue, operations=frozenset()
            ),  # its addresses are in `app/api/lookups.py`
            odata("LookupValues", entities.LookupValue),
        ),
        lookups.RULES,
    ),
)
