"""Records are found by what they have in the fields of their firm."""

from __future__ import annotations

from tests.api.custom_field_steps import (
    define,
    furnished_account,
    given,
    open_matter,
    other_contact,
)
from tests.contract.samples import account
from tests.firms import Workplace

V2_ANY = "{0}/any(v: v/custom_field_ref/label eq '{1}' and v/{2})"
V1_ANY = "customFieldValues/any(v: v/customField/name eq '{0}' and v/{1})"


def found(place: Workplace, path: str, condition: str, key: str = "id") -> list[str]:
    """The ids that a filter finds, after a look at whether $count says the same."""
    answer = place.get(path, query_string={"$filter": condition, "$count": "true"})
    assert answer.status_code == 200, answer.text
    rows = [row[key] for row in answer.get_json()]
    assert int(answer.headers["OData-Count"]) == len(rows) == len(set(rows))
    assert int(place.get(f"{path}/$count", query_string={"$filter": condition}).text) == len(rows)
    return sorted(rows)


def test_matters_are_found_by_their_values(workplace: Workplace, other_workplace: Workplace) -> None:
    court, judge = define(workplace, "matter"), define(workplace, "matter", "Judge")
    docket = define(workplace, "matter", "Docket", "Number")
    southern, hand = given(court, value_string="Southern District"), given(judge, value_string="Hand")
    first = open_matter(workplace, southern, hand, given(docket, value_number=42))["id"]
    second = open_matter(workplace, southern, given(docket, value_number=7.5))["id"]
    third = open_matter(
        workplace, given(court, value_string="O'Hare"), given(judge, value_string="Southern District")
    )["id"]
    none = open_matter(workplace)["id"]
    theirs = define(other_workplace, "matter")
    open_matter(other_workplace, given(theirs, value_string="Southern District"))
    cases = [
        ("Court", "value_string eq 'Southern District'", [first, second]),
        ("Judge", "value_string eq 'Southern District'", [third]),
        ("Court", "value_string eq 'O''Hare'", [third]),
        ("Docket", "value_number gt 7.49", [first, second]),
        ("Docket", "value_number gt 7.5", [first]),
        ("Court", "value_number ne null", []),
    ]
    for label, condition, expected in cases:
        v2 = V2_ANY.format("custom_field_values", label, condition)
        assert found(workplace, "/api/v2/matters", v2) == sorted(expected)
        camel = condition.replace("value_string", "valueString").replace("value_number", "valueNumber")
        assert found(workplace, "/api/project", V1_ANY.format(label, camel), "guid") == sorted(expected)
    both = " and ".join(
        V2_ANY.format("custom_field_values", label, f"value_string eq '{text}'")
        for label, text in (("Court", "Southern District"), ("Judge", "Hand"))
    )
    assert found(workplace, "/api/v2/matters", both) == [first]
    assert found(workplace, "/api/v2/matters", f"not ({both})") == sorted([second, third, none])
    assert found(workplace, "/api/v2/matters", "not custom_field_values/any()") == [none]
    assert found(workplace, "/api/v2/matters", "custom_field_values/any()") == sorted([first, second, third])


def test_companies_and_contacts_are_found_by_their_values(workplace: Workplace) -> None:
    made = furnished_account(workplace)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    founded = V2_ANY.format("company_custom_field_values", "Founded", "value_number eq 1987")
    assert found(workplace, "/api/v2/accounts", founded) == [made["id"]]
    vip = V2_ANY.format("custom_field_values", "VIP", "value_boolean")
    assert found(workplace, "/api/v2/contacts", vip) == [other_contact(made, "Al")["id"]]
    person = define(workplace, "matter", "Expert", "Contact")
    case = open_matter(workplace, given(person, contact_ref={"id": made["primary_contact"]["id"]}))
    expert = V2_ANY.format("custom_field_values", "Expert", "contact_ref/display_name eq 'Jo'")
    assert found(workplace, "/api/v2/matters", expert) == [case["id"]]
