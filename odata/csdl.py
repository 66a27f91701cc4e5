"""A service's description as a document: CSDL XML and CSDL JSON (OData CSDL 4.01)."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from odata.capabilities import of_property
from odata.csdl_annotations import annotate, annotations_as_json, reference_vocabularies, references_as_json
from odata.metadata import EntityType, Navigation, Property
from odata.service import KEY, Service, is_certain, is_nullable, referring_property
from odata.types import Edm

EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM = "http://docs.oasis-open.org/odata/ns/edm"
CONTAINER = "Container"
MILLISECONDS = 3


def facets(member: Property) -> dict[str, str | int]:
    """The facets of a property's type (CSDL 4.01, 7.2)."""
    found: dict[str, str | int] = {}
    if member.facets.max_length:
        found["MaxLength"] = member.facets.max_length
    if member.type is Edm.DATETIME:
        found["Precision"] = MILLISECONDS
    if member.type is Edm.DECIMAL:
        if member.facets.precision and member.facets.scale is not None:
            found |= {"Precision": member.facets.precision, "Scale": member.facets.scale}
        else:
            found["Scale"] = "variable"
    return found


def to_xml(service: Service, version: str = "4.01") -> bytes:
    """The service as CSDL XML.

    Args:
        version: 4.01, or 4.0 for clients that know no more.
    """
    root = Element("edmx:Edmx", {"xmlns:edmx": EDMX, "Version": version})
    reference_vocabularies(root)
    schema = SubElement(SubElement(root, "edmx:DataServices"), "Schema")
    schema.attrib = {"xmlns": EDM, "Namespace": service.namespace}
    for entity in service.types():
        _type_to_xml(service, entity, SubElement(schema, "EntityType", Name=entity.name))
    _container_to_xml(service, SubElement(schema, "EntityContainer", Name=CONTAINER))
    described: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return described


def _type_to_xml(service: Service, entity: EntityType, element: Element) -> None:
    if KEY in entity.properties:
        SubElement(SubElement(element, "Key"), "PropertyRef", Name=KEY)
    for name, member in entity.properties.items():
        written = {facet: str(value) for facet, value in facets(member).items()}
        nullable = {} if is_nullable(member) else {"Nullable": "false"}
        found = SubElement(
            element, "Property", {"Name": name, "Type": member.type.value, **nullable, **written}
        )
        annotate(found, of_property(member))
    for name, navigation in entity.navigations.items():
        target = service.type_name(navigation.target())
        kind = f"Collection({target})" if navigation.collection else target
        found = SubElement(element, "NavigationProperty", Name=name, Type=kind)
        if not navigation.collection and is_certain(navigation):
            found.set("Nullable", "false")
        if partner := service.partner(entity, name):
            found.set("Partner", partner)
        if own := referring_property(entity, navigation):
            SubElement(found, "ReferentialConstraint", Property=own, ReferencedProperty=KEY)


def _container_to_xml(service: Service, container: Element) -> None:
    for name, entity in service.sets.items():
        element = SubElement(container, "EntitySet", Name=name, EntityType=service.type_name(entity))
        _bindings_to_xml(service, entity, element)
        annotate(element, service.restrictions.get(name, {}))
    for name, of in service.singletons.items():
        entity = service.sets[of]
        element = SubElement(container, "Singleton", Name=name, Type=service.type_name(entity))
        _bindings_to_xml(service, entity, element)
        annotate(element, service.restrictions.get(name, {}))
    annotate(container, service.capabilities)


def _bindings_to_xml(service: Service, entity: EntityType, element: Element) -> None:
    for path, target in service.bindings(entity):
        SubElement(element, "NavigationPropertyBinding", Path=path, Target=target)


def to_json(service: Service) -> dict[str, Any]:
    """The service as CSDL JSON; the format is younger than OData 4.0 and says 4.01 always."""
    types = {entity.name: _type_to_json(service, entity) for entity in service.types()}
    return {
        "$Version": "4.01",
        "$EntityContainer": f"{service.namespace}.{CONTAINER}",
        "$Reference": references_as_json(),
        service.namespace: {**types, CONTAINER: _container_to_json(service)},
    }


def _type_to_json(service: Service, entity: EntityType) -> dict[str, Any]:
    described: dict[str, Any] = {"$Kind": "EntityType"}
    if KEY in entity.properties:
        described["$Key"] = [KEY]
    for name, member in entity.properties.items():
        written = {f"${facet}": value for facet, value in facets(member).items() if value != "variable"}
        kind = {} if member.type is Edm.STRING else {"$Type": member.type.value}
        nullable = {"$Nullable": True} if is_nullable(member) else {}
        described[name] = {**kind, **nullable, **written, **annotations_as_json(of_property(member))}
    for name, navigation in entity.navigations.items():
        described[name] = _navigation_to_json(service, entity, name, navigation)
    return described


def _navigation_to_json(
    service: Service, entity: EntityType, name: str, navigation: Navigation
) -> dict[str, Any]:
    target = service.type_name(navigation.target())
    described: dict[str, Any] = {"$Kind": "NavigationProperty", "$Type": target}
    if navigation.collection:
        described["$Collection"] = True
    elif not is_certain(navigation):
        described["$Nullable"] = True
    if partner := service.partner(entity, name):
        described["$Partner"] = partner
    if own := referring_property(entity, navigation):
        described["$ReferentialConstraint"] = {own: KEY}
    return described


def _container_to_json(service: Service) -> dict[str, Any]:
    described: dict[str, Any] = {"$Kind": "EntityContainer"}
    for name, entity in service.sets.items():
        described[name] = {
            "$Collection": True,
            "$Type": service.type_name(entity),
            "$NavigationPropertyBinding": dict(service.bindings(entity)),
            **annotations_as_json(service.restrictions.get(name, {})),
        }
    for name, of in service.singletons.items():
        entity = service.sets[of]
        bindings = dict(service.bindings(entity))
        described[name] = {
            "$Type": service.type_name(entity),
            "$NavigationPropertyBinding": bindings,
            **annotations_as_json(service.restrictions.get(name, {})),
        }
    return {**described, **annotations_as_json(service.capabilities)}
