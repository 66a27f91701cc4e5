"""The service document and `$metadata`: well-formed, true to their names, and true to what the door does."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.firms import Workplace

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
EDMX = "{http://docs.oasis-open.org/odata/ns/edmx}"


@pytest.fixture
def described(workplace: Workplace) -> ElementTree.Element:
    answer = workplace.get("/odata/v4/$metadata")
    assert answer.mimetype == "application/xml"
    return ElementTree.fromstring(answer.data)  # noqa: S314 - our own answer


@pytest.fixture
def as_json(workplace: Workplace) -> Any:
    return workplace.ok("GET", "/odata/v4/$metadata?$format=json")


def test_the_service_document_lists_what_there_is(
    workplace: Workplace, described: ElementTree.Element
) -> None:
    for address in ("/odata/v4", "/odata/v4/"):
        listed = workplace.ok("GET", address)
        assert listed["@odata.context"] == "http://localhost/odata/v4/$metadata"
        kinds = {(entry["kind"], entry["name"]) for entry in listed["value"]}
        assert kinds == {
            (kind, element.get("Name"))
            for kind in ("EntitySet", "Singleton")
            for element in described.iter(f"{EDM}{kind}")
        }
    assert ("Singleton", "Me") in kinds


def test_every_name_in_the_metadata_leads_somewhere(described: ElementTree.Element) -> None:
    types = {f"Matterbase.{element.get('Name')}" for element in described.iter(f"{EDM}EntityType")}
    sets = {element.get("Name") for element in described.iter(f"{EDM}EntitySet")}
    for element in described.iter(f"{EDM}NavigationProperty"):
        assert (element.get("Type") or "").removeprefix("Collection(").removesuffix(")") in types
    for kind, attribute in (("EntitySet", "EntityType"), ("Singleton", "Type")):
        for element in described.iter(f"{EDM}{kind}"):
            assert element.get(attribute) in types
            of = next(
                t
                for t in described.iter(f"{EDM}EntityType")
                if element.get(attribute, "").endswith(f".{t.get('Name')}")
            )
            navigations = {n.get("Name") for n in of.iter(f"{EDM}NavigationProperty")}
            for binding in element.iter(f"{EDM}NavigationPropertyBinding"):
                assert binding.get("Path") in navigations
                assert binding.get("Target") in sets
    for entity in described.iter(f"{EDM}EntityType"):
        names = [p.get("Name") for p in entity if p.tag in (f"{EDM}Property", f"{EDM}NavigationProperty")]
        assert len(names) == len(set(names))
        key = entity.find(f"{EDM}Key/{EDM}PropertyRef")
        assert key is not None, entity.get("Name")
        assert key.get("Name") in names


def test_references_say_by_which_property_and_what_leads_back(described: ElementTree.Element) -> None:
    types = {str(element.get("Name")): element for element in described.iter(f"{EDM}EntityType")}
    seen = 0
    for owner in types.values():
        properties = {str(p.get("Name")): p for p in owner.iter(f"{EDM}Property")}
        for way in owner.iter(f"{EDM}NavigationProperty"):
            kind = str(way.get("Type"))
            target = types[kind.removeprefix("Collection(").removesuffix(")").partition(".")[2]]
            partner = way.get("Partner")
            if partner:
                back = target.find(f"{EDM}NavigationProperty[@Name='{partner}']")
                assert back is not None
                assert back.get("Partner") == way.get("Name")
                assert f"Matterbase.{owner.get('Name')}" in str(back.get("Type"))
                seen += 1
            for constraint in way.iter(f"{EDM}ReferentialConstraint"):
                own = properties[str(constraint.get("Property"))]
                assert not kind.startswith("Collection(")
                assert (own.get("Type"), constraint.get("ReferencedProperty")) == ("Edm.Guid", "id")
                assert own.get("Nullable") == way.get("Nullable")
                seen += 1
    assert seen > 80
    account = types["Matter"].find(f"{EDM}NavigationProperty[@Name='account']")
    assert account is not None
    assert account.get("Partner") == "matters"


IDENTIFIER = re.compile(r"[A-Za-z_]\w{0,127}", re.A)
INSIDE = {
    f"{EDMX}Edmx": {f"{EDMX}Reference", f"{EDMX}DataServices"},
    f"{EDMX}Reference": {f"{EDMX}Include"},
    f"{EDMX}DataServices": {f"{EDM}Schema"},
    f"{EDM}Schema": {f"{EDM}EntityType", f"{EDM}EntityContainer"},
    f"{EDM}EntityType": {f"{EDM}Key", f"{EDM}Property", f"{EDM}NavigationProperty"},
    f"{EDM}Key": {f"{EDM}PropertyRef"},
    f"{EDM}Property": {f"{EDM}Annotation"},
    f"{EDM}NavigationProperty": {f"{EDM}ReferentialConstraint"},
    f"{EDM}EntityContainer": {f"{EDM}EntitySet", f"{EDM}Singleton", f"{EDM}Annotation"},
    f"{EDM}EntitySet": {f"{EDM}NavigationPropertyBinding", f"{EDM}Annotation"},
    f"{EDM}Singleton": {f"{EDM}NavigationPropertyBinding", f"{EDM}Annotation"},
    f"{EDM}Annotation": {f"{EDM}Collection", f"{EDM}Record"},
    f"{EDM}Collection": {f"{EDM}String", f"{EDM}PropertyPath", f"{EDM}Record"},
    f"{EDM}Record": {f"{EDM}PropertyValue"},
    f"{EDM}PropertyValue": {f"{EDM}Collection", f"{EDM}Record"},
}
"""What may stand inside what (CSDL XML 4.01)."""


def test_the_document_has_the_form_of_csdl(described: ElementTree.Element) -> None:
    for element in described.iter():
        assert {inner.tag for inner in element} <= INSIDE.get(element.tag, set()), element.tag
        if element.get("Name") and element.tag != f"{EDMX}Include":
            assert IDENTIFIER.fullmatch(str(element.get("Name")))
    for owner in described.iter(f"{EDM}EntitySet"):
        of = str(owner.get("EntityType")).partition(".")[2]
        entity = described.find(f".//{EDM}EntityType[@Name='{of}']")
        assert entity is not None
        names = {member.get("Name") for member in entity}
        paths = [e.text for e in owner.iter(f"{EDM}PropertyPath")]
        paths += [e.get("PropertyPath") for e in owner.iter() if e.get("PropertyPath")]
        assert set(paths) <= names, of


def test_every_term_is_of_a_vocabulary_that_is_referred_to(described: ElementTree.Element) -> None:
    aliases = {element.get("Alias") for element in described.iter(f"{EDMX}Include")}
    terms = {(element.get("Term") or "").partition(".")[0] for element in described.iter(f"{EDM}Annotation")}
    assert terms == aliases == {"Core", "Capabilities", "Validation"}


def test_both_forms_tell_the_same(described: ElementTree.Element, as_json: Any) -> None:
    schema = as_json["Matterbase"]
    for entity in described.iter(f"{EDM}EntityType"):
        told = schema[entity.get("Name")]
        for element in entity.iter(f"{EDM}Property"):
            member = told[element.get("Name")]
            assert member.get("$Type", "Edm.String") == element.get("Type")
            assert member.get("$Nullable", False) == (element.get("Nullable") != "false")
            assert str(member.get("$MaxLength")) == str(element.get("MaxLength"))
            assert member.get("@Core.Computed", False) == (
                element.find(f"{EDM}Annotation[@Term='Core.Computed']") is not None
            )
    for element in described.iter(f"{EDM}EntitySet"):
        assert schema["Container"][element.get("Name")]["$Type"] == element.get("EntityType")
    assert schema["Container"]["Me"]["$Type"] == "Matterbase.User"
    assert schema["Container"]["Me"]["@Capabilities.UpdateRestrictions"] == {"Updatable": False}
    assert schema["Matter"]["account"]["$ReferentialConstraint"] == {"account_id": "id"}
    assert {"Value": "Archived"} in schema["Matter"]["status"]["@Validation.AllowedValues"]
    assert schema["Matter"]["number"]["@Core.ComputedDefaultValue"] is True


def test_abilities_are_those_of_the_routes(app: Flask, as_json: Any) -> None:
    container = as_json["Matterbase"]["Container"]
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update(rule.methods or ())
    assert container["@Capabilities.BatchSupported"] == ("/odata/v4/$batch" in methods)
    for name, told in container.items():
        if isinstance(told, dict) and told.get("$Collection"):
            insertable = told["@Capabilities.InsertRestrictions"]["Insertable"]
            assert insertable == ("POST" in methods[f"/odata/v4/{name}"]), name


def test_versions_and_ways_to_write_are_told(as_json: Any) -> None:
    matters = as_json["Matterbase"]["Container"]["Matters"]
    assert matters["@Core.OptimisticConcurrency"] == ["updated_at"]
    assert matters["@Capabilities.UpdateRestrictions"] == {
        "Updatable": True,
        "Upsertable": True,
        "UpdateMethod": "PATCH,PUT",
    }
    apart = matters["@Capabilities.InsertRestrictions"]["NonInsertableNavigationProperties"]
    assert "time_entries" in apart
    assert not {"tags", "custom_field_values"} & set(apart)
    tags = as_json["Matterbase"]["Container"]["Tags"]
    assert tags["@Capabilities.UpdateRestrictions"] == {"Updatable": False}


def test_a_name_in_a_set_or_singleton_leads_somewhere(workplace: Workplace, as_json: Any) -> None:
    container = as_json["Matterbase"]["Container"]
    for path in container["Me"]["$NavigationPropertyBinding"]:
        empty = {204} if path in ("office", "program") else set()
        assert workplace.get(f"/odata/v4/Me/{path}").status_code in {200, *empty}, path


def test_alternate_keys_are_told(workplace: Workplace, as_json: Any) -> None:
    container = as_json["Matterbase"]["Container"]
    for name, told in container.items():
        for key in told.get("@Core.AlternateKeys", []) if isinstance(told, dict) else []:
            alias = key["Key"][0]["Alias"]
            value = "'x'" if alias == "name" else "99"
            answer = workplace.get(f"/odata/v4/{name}({alias}={value})")
            assert answer.status_code == 404, (name, alias)
    assert container["Matters"]["@Core.AlternateKeys"] == [{"Key": [{"Name": "number", "Alias": "number"}]}]


@pytest.mark.parametrize("version", ["4.0", "4.01"])
def test_the_document_is_of_the_version_that_the_client_takes(workplace: Workplace, version: str) -> None:
    answer = workplace.get("/odata/v4/$metadata", headers={"OData-MaxVersion": version})
    assert ElementTree.fromstring(answer.data).get("Version") == version  # noqa: S314 - our own answer


def test_every_set_can_be_followed_by_what_is_its_own(as_json: Any) -> None:
    container = as_json["Matterbase"]["Container"]
    tracking = {
        name: about["@Capabilities.ChangeTracking"]
        for name, about in container.items()
        if isinstance(about, dict) and about.get("$Collection")
    }
    assert len(tracking) > 15
    assert all(told["Supported"] and "id" in told["FilterableProperties"] for told in tracking.values())
    of_invoices = tracking["Invoices"]["FilterableProperties"]
    assert "total" in of_invoices
    assert not {"status", "is_overdue"} & set(of_invoices)
    assert "status" not in tracking["Contacts"]["FilterableProperties"]
