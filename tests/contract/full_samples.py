"""For each face that is written, a body that sets all that can be set, read off the face's own schema.

Whatever a body points at is made first: one account with a contact, a matter of it, and so on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import count
from typing import Any

from app.api.resources import Face, Resource
from app.models import MODELS
from app.models.base import FirmRow
from app.models.matter_records import OnMatter
from schemas import fields as kinds
from schemas.base import Shape
from schemas.fields import VARIES, Property, wire_name
from tests.contract.faces import PAIRS, WRITTEN, address, sent
from tests.contract.samples import DAY, SAMPLES, Body, custom_field, v1_new
from tests.firms import Workplace

NUMBERS = count(70_001)

BY_NAME: dict[str, Any] = {
    "cultureName": "en-GB",
    "currencyCode": "USD",
    "dropdown_list_values": "Eastern, Southern",
    "end_date_time": "2026-02-03T15:00:00Z",
    "endDateTime": "2026-02-03T15:00:00Z",
    "value_type": "DropDownList",
}
"""What only some values will do for."""


class World:
    """What the bodies of one firm point at."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self._ids: dict[str, str] = {"User": place.user_id}
        self._values: dict[str, Body] = {}

    def id_of(self, model: str) -> str:
        """The id of a record of a kind, made when it is first asked for."""
        if model not in self._ids:
            self._ids[model] = self._make(model)
        return self._ids[model]

    def _make(self, model: str) -> str:
        if model in ("Account", "Contact"):
            return str(self.account["id"] if model == "Account" else self.account["primary_contact"]["id"])
        if model == "Matter":
            body = {**NAMED, "account_ref": {"id": self.account["id"]}}
            return str(self.place.ok("POST", "/api/v2/matters", json=body)["id"])
        if model == "SalesTax":
            return str(v1_new(self.place, "salestax")["guid"])
        path = {
            "Activity": "tasks",
            "BankAccount": "bankaccounts",
            "ExpenseCategory": "expensecategories",
            "File": "files",
            "Item": "items",
        }[model]
        return str(sent(self.place, "POST", f"/api/v2/{path}", SAMPLES["v2", path](self.place))["id"])

    @cached_property
    def account(self) -> Body:
        made: Body = self.place.ok("POST", "/api/v2/accounts", json=SAMPLES["v2", "accounts"](self.place))
        return made

    def lookup(self, table: str) -> Body:
        """A value of a standard list, made when it is first asked for."""
        if table not in self._values:
            self._values[table] = self._add(table)
        return self._values[table]

    def _add(self, table: str) -> Body:
        path = f"/api/v2/lookups/{table}"
        made: Body = self.place.ok("POST", path, json={"name": f"Value {next(NUMBERS)}"})
        return made

    def custom_field(self, owner: str) -> str:
        """A text field for accounts, contacts or matters."""
        path = {"Account": "company", "MatterCharge": "charge"}.get(owner, owner.lower())
        made = self.place.ok("POST", f"/api/v2/customfields/{path}", json=custom_field(self.place))
        return str(made["id"])


NAMED = {"name": "Acme v. Bolt", "status": "Open"}


def full_body(place: Workplace, resource: Resource, face: Face, world: World | None = None) -> Body:
    """A body that sets every property of the face that a client can set, but the id."""
    world = world or World(place)
    particular = PARTICULAR.get((face.door, face.path), {})
    told = {name: value(world) for name, value in particular.items()}
    return told | {
        name: _value(world, name, field, resource.model)
        for name, field in settable(face.detailed()).items()
        if name not in told
    }


def settable(shape: Shape) -> dict[str, Property]:
    """The properties that a client can set, but the id, by their name in JSON."""
    return {
        wire_name(field): field
        for field in shape.fields.values()
        if isinstance(field, Property)
        and not field.dump_only
        and field.value is VARIES
        and field.attribute != "id"
    }


def _filled(world: World, shape: Shape, model: type[FirmRow]) -> Body:
    return {name: _value(world, name, field, model) for name, field in settable(shape).items()}


def _value(world: World, name: str, field: Property, model: type[FirmRow]) -> Any:
    if name in BY_NAME:
        return BY_NAME[name]
    if field.link == "custom_field_values":
        return [_custom_value(world, field, model)]
    if isinstance(field, kinds.Group):
        return _filled(world, field.schema, model)
    if isinstance(field, kinds.Lookup):
        return world.lookup(model.lookups[str(field.attribute)])
    if isinstance(field, kinds.Names):
        return ["urgent"]
    if field.link:
        return _linked(world, field, model)
    return _plain(world, name, field, model)


def _linked(world: World, field: Property, model: type[FirmRow]) -> Any:
    target = model.links[str(field.link)].target
    if isinstance(field, kinds.Owned | kinds.OwnedList):
        inner = _filled(world, field.schema, MODELS[target])
        return inner if isinstance(field, kinds.Owned) else [inner]
    key = world.id_of(target)
    if isinstance(field, kinds.Ids):
        return [key]
    by = next(wire_name(inner) for inner in field.schema.fields.values() if inner.attribute == "id")
    return {by: key} if isinstance(field, kinds.Reference) else [{by: key}]


def _plain(world: World, name: str, field: Property, model: type[FirmRow]) -> Any:
    if isinstance(field, kinds.Choice):
        return field.choices[-1]
    if isinstance(field, kinds.Renamed):
        return list((field.names or {}).values())[-1]
    if isinstance(field, kinds.Guid):
        targets = [
            link.target for link in model.links.values() if link.owned and link.local == field.attribute
        ]
        return world.id_of(targets[0]) if targets else "11111111-1111-4111-8111-111111111111"
    plain: tuple[tuple[type[Property], Any], ...] = (
        (kinds.Email, "jo@example.com"),
        (kinds.ExternalId, f"other-{next(NUMBERS)}"),
        (kinds.Text, "Abc"),
        (kinds.Number, 2.5),
        (kinds.Whole, next(NUMBERS)),
        (kinds.Flag, True),
        (kinds.Moment, DAY),
    )
    return next(value for kind, value in plain if isinstance(field, kind))


def _custom_value(world: World, field: Property, model: type[FirmRow]) -> Body:
    key, names = world.custom_field(model.__name__), {wire_name(f) for f in field.schema.fields.values()}
    if "custom_field_ref" in names:
        return {"custom_field_ref": {"id": key}, "value_string": "Southern District"}
    named = {"customField": {"guid": key}} if "customField" in names else {"customFieldGuid": key}
    return {**named, "valueString": "Southern District"}


def unbilled(world: World) -> dict[str, str]:
    """The world's matter, after somebody worked on it."""
    matter = {"id": world.id_of("Matter")}
    me = {"id": world.place.user_id}
    body = {"date": DAY, "hours": 2, "rate": 200, "matter_ref": matter, "billed_by_user_ref": me}
    world.place.ok("POST", "/api/v2/timeentries", json=body)
    return matter


def invoiced(world: World) -> str:
    """An invoice for the world's matter."""
    owner = {"accountGuid": world.id_of("Account"), "projectGuid": world.id_of("Matter")}
    body = {**SAMPLES["v1", "invoice"](world.place), **owner}
    return str(world.place.ok("POST", "/api/invoice", json=body)["guid"])


def nothing(world: World) -> None:
    """For what only other kinds of the same resource have."""


LINES = {
    "from": "Ada Lovelace <ada@example.com>",
    "to": "jo@example.com, kim@example.com",
    "cc": '"Doe, Jo" <jo@example.com>',
    "bcc": "",
}
AFTER = "2026-02-01T00:00:00Z"
UTBMS_TASK, UTBMS_EXPENSE = "L110", "E101"

PARTICULAR: dict[tuple[str, str], dict[str, Callable[[World], Any]]] = {
    ("v2", "timeentries"): {"task_code": lambda world: UTBMS_TASK},
    ("v2", "expenses"): {"task_code": lambda world: UTBMS_EXPENSE},
    ("v2", "users"): {"email": lambda world: SAMPLES["v2", "users"](world.place)["email"]},
    ("v2", "files"): {"file": lambda world: SAMPLES["v2", "files"](world.place)["file"]},
    ("v2", "conflictchecks"): {
        "names": lambda world: ["Jo Doe"],
        "matter_ref": lambda world: {"id": world.id_of("Matter")},
    },
    ("v2", "assignments"): {"end_date": lambda world: AFTER},
    ("v2", "services"): {"end_date": lambda world: AFTER},
    ("v2", "invoices"): {"matter_ref": unbilled, "invoice_type": lambda world: "Sale"},
    ("praxis", "time"): {"taskCode": lambda world: UTBMS_TASK},
    ("praxis", "contacts"): {"company": lambda world: world.account["company_name"]},
    ("praxis", "invoices"): {"caseId": lambda world: unbilled(world)["id"]},
    ("v1", "timeentry"): {"utbmsCode": lambda world: {"code": UTBMS_TASK}},
    ("v1", "expense"): {"utbmsCode": lambda world: {"code": UTBMS_EXPENSE}},
    ("v1", "activity"): {
        "type": lambda world: "Email",
        "emailProperties": lambda world: {"date": DAY, "externalMessageId": "m1", **LINES},
        "callProperties": nothing,
        "noteProperties": nothing,
    },
    ("v1", "invoice"): {
        "invoiceType": lambda world: "Sale",
        "items": lambda world: [{"name": "Consultation", "qty": 2, "price": 100}],
        "refundPaymentMethod": nothing,
        "refundPaymentBankAccountGuid": nothing,
    },
    ("v1", "payment"): {
        "saleDocumentPayments": lambda world: [{"amount": 2, "saleDocument": {"guid": invoiced(world)}}],
        "refundParentPaymentGuid": nothing,
    },
}
"""What the schema alone does not tell."""


def fill(place: Workplace) -> None:
    """A record of every kind at each door, each with all that can hang on it."""
    of_records = World(place)
    for resource, face in PAIRS:
        if face in WRITTEN:
            world = of_records if issubclass(resource.model, OnMatter) else None
            sent(place, "POST", address(face), full_body(place, resource, face, world))
