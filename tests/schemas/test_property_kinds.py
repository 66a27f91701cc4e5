"""What each kind of property takes, and what it says to the rest."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas.base import Shape
from schemas.fields import (
    Choice,
    Email,
    Flag,
    Group,
    Guid,
    GuidText,
    Ids,
    Moment,
    Names,
    Number,
    Owned,
    OwnedList,
    Property,
    Reference,
    References,
    Renamed,
    Text,
    Whole,
    always,
    command,
)

ID = "0f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42"
OTHER = "c23b7c9f-75c8-455a-9cd9-ec0cf4b332c3"


class Thing(Shape):
    id = Guid(required=True)
    name = Text()


class Place(Shape):
    street = Text(attribute="street_1")
    city = Text()
    is_current = Flag(load_default=False)


def shape_of(field: Property) -> Shape:
    return Shape.from_dict({"it": field})()  # type: ignore[return-value]


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("field", "given", "loaded"),
    [
        (Guid(), ID.upper(), ID),
        (Guid(), "{" + ID + "}", ID),
        (Guid(), None, None),
        (Text(), "Zoë \U0001f600", "Zoë \U0001f600"),
        (Text(), "", ""),
        (Text(max_length=3), "abc", "abc"),
        (Text(trimmed=True), "  x ", "x"),
        (Email(), "jane@example.com", "jane@example.com"),
        (Email(), "", None),
        (Email(), None, None),
        (Whole(), 5, 5),
        (Whole(), -2147483648, -2147483648),
        (Whole(), "42", 42),
        (Whole(), 7.0, 7),
        (Whole(bits=64), 2**62, 2**62),
        (Number(12, 4), 1, Decimal(1)),
        (Number(12, 4), 0.1, Decimal("0.1")),
        (Number(12, 4), "1.5", Decimal("1.5")),
        (Number(12, 4), "1e2", Decimal(100)),
        (Number(12, 4), Decimal("1.23455"), Decimal("1.2346")),
        (Number(12, 4), 0.00005, Decimal(0)),
        (Number(12, 4), 0.00015, Decimal("0.0002")),
        (Number(12, 4), 1e-300, Decimal(0)),
        (Number(12, 4), 99999999.9999, Decimal("99999999.9999")),
        (Number(8, 4, minimum=0), -0.0, Decimal(0)),
        *((Number(12, 4), Decimal(given), Decimal(0)) for given in ("1e-999999999", "0e999999999")),
        *((Whole(), Decimal(given), 2000) for given in ("2e3", "2000.00")),
        (Flag(), True, True),
        (Flag(), "False", False),
        (Flag(load_default=False), None, False),
        (Moment(), "2017-09-23T14:00:00", utc(2017, 9, 23, 14)),
        (Moment(), "2017-09-23T14:00:00.25Z", utc(2017, 9, 23, 14, 0, 0, 250_000)),
        (Moment(), "2017-09-23T14:00:00.1234567-04:00", utc(2017, 9, 23, 18, 0, 0, 123_456)),
        (Moment(), "2017-09-23t14:00z", utc(2017, 9, 23, 14)),
        (Moment(), "2017-09-23", utc(2017, 9, 23)),
        (Moment(), "0001-01-01T00:00:00", utc(1, 1, 1)),
        (Choice("Open", "Closed"), "oPEN", "Open"),
        (Choice("Open", "Closed", load_default="Open"), None, "Open"),
        (Renamed({"FlatRate": "Flat Rate"}), "flat rate", "FlatRate"),
        (GuidText(), f"{ID}, {OTHER},{ID.upper()},", [ID, OTHER]),
        (GuidText(), "", []),
        (GuidText(), None, []),
        (Reference(Thing), {"id": ID.upper(), "name": "ignored"}, ID),
        (Reference(Thing), None, None),
    ],
)
def test_a_good_value_loads_as_its_column_takes_it(field: Property, given: Any, loaded: Any) -> None:
    assert shape_of(field).load({"it": given}) == {"it": loaded}


def test_minus_zero_is_zero() -> None:
    assert str(shape_of(Number(8, 2)).load({"it": -0.0})["it"]) == "0.00"


GUID, STRING, NUMBER, INTEGER = (
    "Not a valid GUID.",
    "Not a valid string.",
    "Not a valid number.",
    "Not a valid integer.",
)
MOMENT = "Not a valid date and time; write it as 2026-04-30T14:05:00Z."


@pytest.mark.parametrize(
    ("field", "given", "text"),
    [
        *(
            (Guid(), given, GUID)
            for given in (5, "", "junk", ID + "\n", "{" + ID, ID[:-1], ID.replace("-", ""))
        ),
        *((Text(), given, STRING) for given in (5, True, ["x"], {})),
        (Text(), "a\0b", "Null characters are not allowed."),
        (Text(), "\ud800", "Not valid Unicode text."),
        (Text(max_length=3), "abcd", "Longer than maximum length 3."),
        (Text(blank=False), " \t", "Must not be blank."),
        (Text(required=True), None, "Field may not be null."),
        *((Email(), given, "Must be a valid email address.") for given in ("x", "a@b@c", "a" * 99_999 + "@")),
        *(
            (Whole(), given, INTEGER)
            for given in (True, 1.5, "1.5", "x", "", "٣", [], float("inf"), "9" * 5000, Decimal("1.5"))
        ),
        *(
            (Whole(bits=64), Decimal(given), INTEGER)
            for given in ("1e19", "1e1000001", "1e999999999", "1e-999999999", "Infinity", "NaN")
        ),
        *(
            (Whole(), given, "Must be between -2147483648 and 2147483647.")
            for given in (2**31, -(2**31) - 1, 1e300)
        ),
        *(
            (Number(12, 4), given, NUMBER)
            for given in (False, "x", "", "1_0", "NaN", "Infinity", "٣", {}, [1])
        ),
        *((Number(12, 4), given, NUMBER) for given in (float("nan"), float("inf"), Decimal("sNaN"))),
        *((Number(12, 4), given, NUMBER) for given in ("1e9999999999", "1" * 5000)),
        *(
            (Number(12, 4), given, "Must be less than 100000000.")
            for given in (100_000_000, 99_999_999.99999, "1e400", 10**400, Decimal("1e9999"))
        ),
        *(
            (Number(12, 4), Decimal(given), "Must be less than 100000000.")
            for given in ("1e1000001", "1e999999999", "9e999999999999999")
        ),
        (Number(12, 4), Decimal("-1e999999999"), "Must be greater than -100000000."),
        (Number(12, 4), -1e8, "Must be greater than -100000000."),
        (Number(8, 4, minimum=0), -0.5, "Must be greater than or equal to 0."),
        *((Flag(), given, "Must be true or false.") for given in (1, 0, "yes", "", [])),
        *(
            (Moment(), given, MOMENT)
            for given in (5, "", "today", "2017-13-01", "2017-09-23T25:00:00", "20170923")
        ),
        *(
            (Moment(), given, MOMENT)
            for given in ("2017-02-30", "2017-09-23T14:00:60Z", "2017-09-23\n", "٢٠١٧-09-23")
        ),
        *((Moment(), given, MOMENT) for given in ("0000-01-01", "2017-09-23T14:00:00+99:00")),
        (Moment(), "9999-12-31T23:59:59-01:00", "The date is out of range."),
        (Moment(), "0001-01-01T00:00:00+01:00", "The date is out of range."),
        *(
            (Choice("Open", "Closed"), given, "Must be one of: Open, Closed.")
            for given in ("Shut", 5, [], "")
        ),
        (Renamed({"FlatRate": "Flat Rate"}), "FlatRate", "Must be one of: Flat Rate."),
        (GuidText(), [ID], STRING),
        (GuidText(), f"{ID};{OTHER}", GUID),
        (GuidText(), ",".join([ID] * 1001), "Longer than maximum length 1000."),
        *(
            (Reference(Thing), given, 'Must be the id itself, a GUID, or a JSON object, such as {"id": "…"}.')
            for given in (5, True, [ID])
        ),
        (Reference(Thing), "11", GUID),
        (References(Thing, link="things"), {"id": ID}, "Not a valid list."),
        (Ids(link="things"), [ID] * 1001, "Longer than maximum length 1000."),
    ],
)
def test_a_bad_value_is_named(field: Property, given: Any, text: str) -> None:
    if isinstance(field, Ids):  # each record counts once
        given = [f"{number:08}{ID[8:]}" for number, _ in enumerate(given)]
    with pytest.raises(ValidationError) as caught:
        shape_of(field).load({"it": given})
    assert caught.value.messages == {"it": [text]}


@pytest.mark.parametrize(
    "given",
    [
        ID.upper(),
        {"id": ID},
        {"uuid": ID},
        {"thing_uuid": ID},
        {"thing_id ": ID},
        {"id": ID, "thing_uuid": ID.upper(), "thing_name": "The other"},
        {"id": None, "uuid": ID},
    ],
)
def test_a_reference_has_many_forms(given: Any) -> None:
    assert shape_of(Reference(Thing)).load({"it": given}) == {"it": ID}
    assert shape_of(References(Thing, link="things")).load({"it": [given]}) == {"things": [ID]}


def test_a_reference_names_one_record() -> None:
    with pytest.raises(ValidationError) as caught:
        shape_of(Reference(Thing)).load({"it": {"id": ID, "thing_uuid": OTHER}})
    assert caught.value.messages == {
        "it": {name: ["The reference names two records."] for name in ("id", "thing_uuid")}
    }


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        ({}, {"id": ["Missing data for required field."]}),
        ({"id": None}, {"id": ["Missing data for required field."]}),
        ({"id": 5}, {"id": [GUID]}),
        ({"uuid": 11}, {"uuid": [GUID]}),
        ({"thing_id": [ID]}, {"thing_id": [GUID]}),
    ],
)
def test_a_reference_needs_its_key(given: Any, messages: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        shape_of(Reference(Thing)).load({"it": given})
    assert caught.value.messages == {"it": messages}


@pytest.mark.parametrize(
    ("field", "given", "loaded"),
    [
        (References(Thing, link="things"), [{"id": ID}, {"id": OTHER}, {"id": ID}], [ID, OTHER]),
        (References(Thing, by="name", link="things"), [{"name": "b"}, {"name": "a"}], ["b", "a"]),
        (Names(link="things"), [" b ", "a", "b"], ["b", "a"]),
        (Ids(link="things"), [ID.upper(), ID], [ID]),
        (OwnedList(Thing, link="things"), [{"id": ID}], [{"id": ID, "name": None}]),
        (OwnedList(Thing, link="things"), None, []),
        (Names(link="things"), None, []),
        (Owned(Thing, link="things"), None, None),
    ],
)
def test_linked_rows_load_under_their_link(field: Property, given: Any, loaded: Any) -> None:
    assert shape_of(field).load({"it": given}) == {"things": loaded}


@pytest.mark.parametrize(
    ("given", "text"),
    [([None], "Field may not be null."), ([5], STRING), ([""], "Must not be blank."), (["x" * 101], None)],
)
def test_a_bad_name_is_told_by_its_place(given: Any, text: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        shape_of(Names(link="things")).load({"it": given})
    assert caught.value.messages == {"it": {0: [text or "Longer than maximum length 100."]}}


@pytest.mark.parametrize(
    ("given", "loaded"),
    [
        ({"street": "Main St 1", "city": "Miami"}, {"home_street_1": "Main St 1", "home_city": "Miami"}),
        ({"city": "Miami"}, {"home_street_1": None, "home_city": "Miami"}),
        (None, {"home_street_1": None, "home_city": None}),
    ],
)
def test_a_group_loads_into_columns_of_the_record(given: Any, loaded: Any) -> None:
    expected = {**loaded, "home_is_current": False}
    assert shape_of(Group(Place, prefix="home_")).load({"it": given}) == expected


def test_what_is_shown_may_load_under_another_name() -> None:
    field = GuidText(attribute="entry_ids", shows="entry_guids")
    assert shape_of(field).load({"it": ID}) == {"entry_ids": [ID]}
    assert field.shows == "entry_guids"


@pytest.mark.parametrize(("given", "loaded"), [(True, True), (False, False), (None, False)])
def test_a_command_loads_though_answers_are_constant(given: Any, loaded: bool) -> None:
    field = command(Flag(attribute="use_credit", load_default=False), False)
    assert shape_of(field).load({"it": given}) == {"use_credit": loaded}
    assert field.value is False


def test_a_renamed_word_documents_the_words_of_the_contract() -> None:
    field = Renamed({"Fee": "RegularItem"}, enum=("RegularItem", "InterestItem"))
    assert field.metadata["enum"] == ["RegularItem", "InterestItem"]
    with pytest.raises(ValidationError, match="Must be one of: RegularItem"):
        shape_of(field).load({"it": "InterestItem"})


def test_a_constant_ignores_what_is_sent() -> None:
    assert shape_of(always(Number(14, 2), 0)).load({"it": 99}) == {}


@pytest.mark.parametrize("given", [None, [], "contact", "Contact"])
def test_a_refusing_constant_takes_itself_and_nothing(given: Any) -> None:
    assert shape_of(always(Text(), "Contact", refuses="No.")).load({"it": given}) == {}


def test_a_refusing_constant_says_why_beside_other_mistakes() -> None:
    shape = Shape.from_dict({"it": always(Text(), None, refuses="There is no such thing."), "at": Moment()})()
    with pytest.raises(ValidationError) as caught:
        shape.load({"it": "x", "at": "x"})
    assert caught.value.messages == {"it": ["There is no such thing."], "at": [MOMENT]}
