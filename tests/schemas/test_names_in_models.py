"""Schemas name columns and links by strings; here they are held against the models."""

from collections.abc import Iterator

import pytest

from app.models import MODELS, FirmRow
from schemas import odata, v1, v2
from schemas.base import Shape
from schemas.fields import (
    VARIES,
    Group,
    Ids,
    Names,
    Navigates,
    Owned,
    OwnedList,
    Property,
    Reference,
    References,
)

V2_MODELS = {
    "AccountReference": "Account",
    "ActivityReference": "Activity",
    "CallLog": "Activity",
    "ConflictCheckInList": "ConflictCheck",
    "ContactReference": "Contact",
    "CustomFieldRef": "CustomField",
    "Email": "Activity",
    "EmailInList": "Activity",
    "Event": "Activity",
    "FileReference": "File",
    "InvoiceInList": "Invoice",
    "InvoiceLineItem": "InvoiceLine",
    "ItemReference": "Item",
    "LookupReference": "LookupValue",
    "MatterExclusions": "Matter",
    "MatterReference": "Matter",
    "Matter_Detail": "Matter",
    "Note": "Activity",
    "Payment_Detail": "Payment",
    "Task": "Activity",
    "UserReference": "User",
}
"""The models of those shapes that are called otherwise."""

SHAPES: list[tuple[type[Shape], str]] = [
    *((getattr(v2, name), V2_MODELS.get(name, name)) for name in v2.__all__),
    (v1.AccountDTO_Export, "Account"),
    (v1.AccountDTO_Detail, "Account"),
    (v1.ContactDTO, "Contact"),
    (v1.ContactDTO_Detail, "Contact"),
    (v1.ProjectDTO, "Matter"),
    (v1.ProjectDTO_Detail, "Matter"),
    (v1.TimeEntryDTO, "TimeEntry"),
    (v1.TimeEntryDTO_Detail, "TimeEntry"),
    (v1.UserDTO, "User"),
    (v1.TagDTO, "Tag"),
    (v1.ActivityDTO, "Activity"),
    (v1.ActivityDTO_Detail, "Activity"),
    (v1.CustomFieldDTO, "CustomField"),
    (v1.ExpenseDTO, "Expense"),
    (v1.ExpenseDTO_Detail, "Expense"),
    (v1.ItemDTO, "Item"),
    (v1.PaymentDTO, "Payment"),
    (v1.PaymentDTO_Detail, "Payment"),
    (v1.RelationshipDTO, "Relationship"),
    (v1.RelationshipDTO_Detail, "Relationship"),
    (v1.SaleDocumentDTO, "Invoice"),
    (v1.SaleDocumentDTO_Detail, "Invoice"),
    (v1.SalesTaxDTO, "SalesTax"),
    *((shape, name.removesuffix("Balance")) for name, shape in odata.ENTITY_TYPES.items()),
]


def target(model: type[FirmRow], path: str) -> tuple[type[FirmRow], bool]:
    """Where a link's path ends, and whether it can lead to several rows."""
    many = False
    for step in path.split("."):
        link = model.links[step]
        model, many = MODELS[link.target], many or link.many
    return model, many


def columns(model: type[FirmRow]) -> set[str]:
    return set(model.__table__.c.keys()) | set(model.computed)  # type: ignore[attr-defined]


def mistakes(shape: Shape, model: type[FirmRow], prefix: str = "") -> Iterator[str]:
    """What the shape names and the model does not have."""
    for name, field in shape.fields.items():
        assert isinstance(field, Property)
        if field.value is not VARIES:
            continue
        where = f"{type(shape).__name__}.{name}"
        if isinstance(field, Group):
            yield from mistakes(field.schema, model, field.prefix or "")
        elif isinstance(field, Reference | References | Owned | OwnedList | Names | Ids | Navigates):
            yield from mistakes_of_link(field, model, where)
        else:
            *links, column = (prefix + (field.shows or field.attribute or name)).split(".")
            holder = target(model, ".".join(links))[0] if links else model
            if column not in columns(holder):
                yield f"{where}: {column}"


def mistakes_of_link(field: Property, model: type[FirmRow], where: str) -> Iterator[str]:
    link = field.link
    assert link, f"{where} names no link"
    there, many = target(model, link)
    if many != isinstance(field, References | OwnedList | Names | Ids) and not isinstance(field, Navigates):
        yield f"{where}: {link} is {'many' if many else 'one'}"
    if isinstance(field, Navigates) and (field.many, MODELS[field.to.removesuffix("Balance")]) != (
        many,
        there,
    ):
        yield f"{where}: {link} leads elsewhere"
    if isinstance(field, Names | Ids) and field.of not in columns(there):
        yield f"{where}: {field.of}"
    if isinstance(field, Reference) and "." in link:
        if not field.dump_only:
            yield f"{where}: {link} is too far away to be written"
    elif isinstance(field, Reference) and field.attribute != model.links[link].local:
        yield f"{where}: {field.attribute} is not what {link} stands on"
    if isinstance(field, Reference | References | Owned | OwnedList):
        yield from mistakes(field.schema, there)  # type: ignore[arg-type]


@pytest.mark.parametrize(("shape", "model"), SHAPES, ids=lambda each: getattr(each, "__module__", each))
def test_every_name_in_a_shape_is_in_its_model(shape: type[Shape], model: str) -> None:
    assert list(mistakes(shape(), MODELS[model])) == []


@pytest.mark.parametrize(("shape", "model"), SHAPES, ids=lambda each: getattr(each, "__module__", each))
def test_what_shows_another_property_names_one_of_its_shape_or_is_read_only(
    shape: type[Shape], model: str
) -> None:
    for field in shape().fields.values():
        if isinstance(field, Property) and field.instead_of:
            writer = shape().fields.get(field.instead_of)
            assert field.dump_only
            assert writer is None or writer.attribute in (field.attribute, field.link)


def test_no_shape_speaks_of_secrets() -> None:
    spoken = {field.attribute for shape, _ in SHAPES for field in shape().fields.values()}
    assert not spoken & {"password_hash", "login", "firm_id", "deleted_at", "storage_key"}
