"""What is recorded on matters besides the work. The published API has none of it; the names are LegalServer's."""

from typing import Any

from app.api.parameters import SINCE, Parameter, known_elsewhere, of
from app.api.resources.face import ALL, Resource, odata, v2
from app.models import Assignment, Income, Litigation, MatterCharge, Party, Service
from app.models.base import FirmRow
from app.services import assignments, matter_records
from app.services.records import Rules
from schemas import odata as entities
from schemas import v2 as shapes
from schemas.base import Shape
from schemas.fields import Flag

OURS = dict.fromkeys(ALL, "As LegalServer's Core API has it.")
BY_EXTERNAL_ID = known_elsewhere("external_id")
CURRENT = Parameter(
    "current_only",
    Flag(),
    "@value eq false or end_date eq null",
    "With `true`, only those that have not ended.",
)


def recorded(
    model: type[FirmRow],
    path: str,
    noun: str,
    shape: type[Shape],
    rules: Rules,
    *more: Parameter,
    **kwargs: Any,
) -> Resource:
    """A kind of record on matters, at v2."""
    face = v2(path, shape, of("matter"), *SINCE, *more, ours=OURS, **kwargs)
    return Resource(model, "matters", noun, (face,), rules)


def both(
    model: type[FirmRow], path: str, noun: str, shape: type[Shape], rules: Rules, *more: Parameter
) -> Resource:
    """The same, with its entity set."""
    at_v2 = recorded(model, path, noun, shape, rules, *more).faces
    entity = entities.ENTITY_TYPES[model.__name__]
    name = {"charges": "MatterCharges"}.get(path, path.capitalize())
    return Resource(model, "matters", noun, (*at_v2, odata(name, entity)), rules)


RESOURCES = (
    Resource(Party, "matters", "party", (odata("Parties", entities.Party),), matter_records.PARTIES),
    recorded(
        Party,
        "adverse_parties",
        "adverse party",
        shapes.Party,
        matter_records.PARTIES,
        only={"is_adverse": True},
    ),
    recorded(
        Party,
        "non_adverse_parties",
        "non-adverse party",
        shapes.Party,
        matter_records.PARTIES,
        only={"is_adverse": False},
    ),
    both(
        MatterCharge,
        "charges",
        "charge",
        shapes.MatterCharge,
        matter_records.CHARGES,
        BY_EXTERNAL_ID,
    ),
    both(Income, "incomes", "income", shapes.Income, matter_records.RULES),
    both(
        Litigation,
        "litigations",
        "litigation",
        shapes.Litigation,
        matter_records.RULES,
        BY_EXTERNAL_ID,
    ),
    both(Service, "services", "service", shapes.Service, matter_records.SERVICES, BY_EXTERNAL_ID),
    both(
        Assignment,
        "assignments",
        "assignment",
        shapes.Assignment,
        assignments.RULES,
        of("user"),
        CURRENT,
    ),
)
