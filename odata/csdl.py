"""What a service says of itself: its entity types and sets, as CSDL XML and CSDL JSON (OData CSDL 4.01)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from odata.metadata import EntityType, Navigation, Property
from odata.types import Edm

EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM = "http://docs.oasis-open.org/odata/ns/edm"
KEY = "id"
FACETS: dict[Edm, dict[str, str | int]] = {
    Edm.DECIMAL: {"Scale": "variable"},
    Edm.DATETIME: {"Precision": 3},
}


@dataclass(frozen=True)
class Service:
    """What is described.

    Args:
        namespace: what the names of its types begin with.
        sets: its entity sets by name; every type that a navigation property leads to is described as well.
    """

    namespace: str
    sets: Mapping[str, EntityType]

    def types(self) -> list[EntityType]:
        """Every entity type that can be reached, each once."""
        found: dict[str, EntityType] = {}
        pending = list(self.sets.values())
        while pending:
            entity = pending.pop(0)
            if entity.name not in found:
                found[entity.name] = entity
                pending += (navigation.target() for navigation in entity.navigations.values())
        return [found[name] for name in sorted(found)]

    def type_name(self, entity: EntityType) -> str:
        return f"{self.namespace}.{entity.name}"

    def set_of(self, navigation: Navigation) -> str | None:
        """The set that a navigation property's entities are in."""
        target = navigation.target().name
        return next((name for name, entity in self.sets.items() if entity.name == target), None)

    def bindings(self, entity: EntityType) -> Iterator[tuple[str, str]]:
        """Each navigation property of a type whose entities are in a set, and that set."""
        for name, navigation in entity.navigations.items():
            target = self.set_of(navigation)
            if target:
                yield name, target


def is_nullable(member: Property) -> bool:
    return member.name != KEY and (member.nullable or bool(member.steps))


def to_xml(service: Service) -> bytes:
    """The service as CSDL XML (OData CSDL XML 4.01)."""
    root = Element("edmx:Edmx", {"xmlns:edmx": EDMX, "Version": "4.01"})
    schema = SubElement(SubElement(root, "edmx:DataServices"), "Schema")
    schema.attrib = {"xmlns": EDM, "Namespace": service.namespace}
    for entity in service.types():
        _type_to_xml(service, entity, SubElement(schema, "EntityType", Name=entity.name))
    container = SubElement(schema, "EntityContainer", Name="Container")
    for name, entity in service.sets.items():
        entity_set = SubElement(container, "EntitySet", Name=name, EntityType=service.type_name(entity))
        for path, target in service.bindings(entity):
            SubElement(entity_set, "NavigationPropertyBinding", Path=path, Target=target)
    described: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return described


def _type_to_xml(service: Service, entity: EntityType, element: Element) -> None:
    if KEY in entity.properties:
        SubElement(SubElement(element, "Key"), "PropertyRef", Name=KEY)
    for name, member in entity.properties.items():
        facets = {facet: str(value) for facet, value in FACETS.get(member.type, {}).items()}
        nullable = {} if is_nullable(member) else {"Nullable": "false"}
        SubElement(element, "Property", {"Name": name, "Type": member.type.value, **nullable, **facets})
    for name, navigation in entity.navigations.items():
        target = service.type_name(navigation.target())
        kind = f"Collection({target})" if navigation.collection else target
        SubElement(element, "NavigationProperty", Name=name, Type=kind)


def to_json(service: Service) -> dict[str, Any]:
    """The service as CSDL JSON (OData CSDL JSON 4.01)."""
    types = {entity.name: _type_to_json(service, entity) for entity in service.types()}
    sets = {
        name: {
            "$Collection": True,
            "$Type": service.type_name(entity),
            "$NavigationPropertyBinding": dict(service.bindings(entity)),
        }
        for name, entity in service.sets.items()
    }
    return {
        "$Version": "4.01",
        "$EntityContainer": f"{service.namespace}.Container",
        service.namespace: {**types, "Container": {"$Kind": "EntityContainer", **sets}},
    }


def _type_to_json(service: Service, entity: EntityType) -> dict[str, Any]:
    described: dict[str, Any] = {"$Kind": "EntityType"}
    if KEY in entity.properties:
        described["$Key"] = [KEY]
    for name, member in entity.properties.items():
        facets = {f"${facet}": value for facet, value in FACETS.get(member.type, {}).items()}
        kind = {} if member.type is Edm.STRING else {"$Type": member.type.value}
        described[name] = {**kind, **({"$Nullable": True} if is_nullable(member) else {}), **facets}
    for name, navigation in entity.navigations.items():
        collection = {"$Collection": True} if navigation.collection else {"$Nullable": True}
        described[name] = {
            "$Kind": "NavigationProperty",
            "$Type": service.type_name(navigation.target()),
            **collection,
        }
    return described
