"""Annotations in both forms of CSDL (CSDL XML 4.01, section 14; CSDL JSON 4.01, section 14).

A value is a truth value, a number, a text, an `EnumMember`, a `PropertyPath`, a list of values, or a record: a
dict by property.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, SubElement

Annotations: TypeAlias = Mapping[str, Any]
"""Values by the term's name, which begins with the alias of a vocabulary."""

VOCABULARIES = {
    "Core": "Org.OData.Core.V1",
    "Capabilities": "Org.OData.Capabilities.V1",
    "Validation": "Org.OData.Validation.V1",
}
"""By alias: the namespace."""

DESCRIBED_AT = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/"


class EnumMember(str):
    """A member of an enumeration type, as `Type/Member`, or several with blanks between."""

    __slots__ = ()


class PropertyPath(str):
    """The path of a property of the entity that an annotation is about."""

    __slots__ = ()


def reference_vocabularies(root: Element) -> None:
    """Say in an XML document where the vocabularies are."""
    for alias, namespace in VOCABULARIES.items():
        found = SubElement(root, "edmx:Reference", Uri=f"{DESCRIBED_AT}{namespace}.xml")
        SubElement(found, "edmx:Include", Namespace=namespace, Alias=alias)


def references_as_json() -> dict[str, Any]:
    """The same for a JSON document."""
    return {
        f"{DESCRIBED_AT}{namespace}.json": {"$Include": [{"$Namespace": namespace, "$Alias": alias}]}
        for alias, namespace in VOCABULARIES.items()
    }


def annotate(element: Element, annotations: Annotations) -> None:
    """Add annotations to an XML element."""
    for term, value in annotations.items():
        _write(SubElement(element, "Annotation", Term=term), value)


def annotations_as_json(annotations: Annotations, target: str = "") -> dict[str, Any]:
    """Annotations as members of the JSON object that they are about, or of a property's owner."""
    return {f"{target}@{term}": _plain(value) for term, value in annotations.items()}


def _write(element: Element, value: Any) -> None:
    """A plain value is an attribute of the element, a list or a record an element inside."""
    match value:
        case bool():
            element.set("Bool", str(value).lower())
        case int():
            element.set("Int", str(value))
        case EnumMember():
            element.set("EnumMember", value)
        case PropertyPath():
            element.set("PropertyPath", value)
        case str():
            element.set("String", value)
        case list():
            _write_list(SubElement(element, "Collection"), value)
        case dict():
            _write_record(element, value)


def _write_list(collection: Element, values: list[Any]) -> None:
    for value in values:
        if isinstance(value, dict):
            _write_record(collection, value)
        else:
            kind = type(value).__name__ if isinstance(value, PropertyPath) else "String"
            SubElement(collection, kind).text = value


def _write_record(element: Element, values: Mapping[str, Any]) -> None:
    record = SubElement(element, "Record")
    for name, value in values.items():
        _write(SubElement(record, "PropertyValue", Property=name), value)


def _plain(value: Any) -> Any:
    if isinstance(value, EnumMember):
        return ",".join(member.rpartition("/")[2] for member in value.split())
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {name: _plain(item) for name, item in value.items()} if isinstance(value, dict) else value
