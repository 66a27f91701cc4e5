"""The lists that values are chosen from."""

from app.api.resources.face import Resource, odata
from app.models import LookupValue
from schemas import odata as entities

RESOURCES = (
    Resource(LookupValue, "lookups", "lookup value", (odata("LookupValues", entities.LookupValue),)),
)
