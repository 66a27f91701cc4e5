"""What a service tells of its abilities in the words of the Capabilities and Core vocabularies, no more than true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from odata.csdl_annotations import Annotations, EnumMember, PropertyPath
from odata.functions import FUNCTIONS
from odata.limits import Limits
from odata.metadata import EntityType, Property
from odata.own_rows import is_of_row

JSON = "application/json"
FORMATS = [
    *(f"{JSON};odata.metadata={level};IEEE754Compatible=false" for level in ("minimal", "full", "none")),
    *(f"{JSON};odata.metadata={level};IEEE754Compatible=true" for level in ("minimal", "full", "none")),
]
"""Those of the engine; a host may have more."""

LEVEL = EnumMember("Capabilities.ConformanceLevelType/Intermediate")
"""What the engine and its door meet (Protocol 4.01, section 13)."""

UPDATES = EnumMember("Capabilities.HttpMethod/PATCH Capabilities.HttpMethod/PUT")


@dataclass(frozen=True)
class Abilities:
    """What can be done with one set.

    Args:
        insert, update, delete: whether clients may do so.
        alternate_keys: properties that identify an entity, each by itself.
        apart: navigation properties whose entities are not made together with the one that has them.
        followed: whether its changes can be asked for.
    """

    insert: bool
    update: bool
    delete: bool
    alternate_keys: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    followed: bool = False


def of_container(formats: Iterable[str], batch_formats: Iterable[str]) -> Annotations:
    """What holds for the whole service.

    Args:
        formats: what the host gives besides the formats of the engine.
        batch_formats: those in which it takes `$batch`; none where it does not.
    """
    batch = [*batch_formats]
    return {
        "Core.ODataVersions": "4.0 4.01",
        "Capabilities.ConformanceLevel": LEVEL,
        "Capabilities.SupportedFormats": [*FORMATS, *formats],
        "Capabilities.FilterFunctions": sorted(FUNCTIONS),
        "Capabilities.AsynchronousRequestsSupported": False,
        "Capabilities.BatchSupported": bool(batch),
        "Capabilities.BatchContinueOnErrorSupported": bool(batch),
        "Capabilities.BatchSupport": {
            "Supported": bool(batch),
            "ContinueOnErrorSupported": bool(batch),
            "ReferencesInRequestBodiesSupported": bool(batch),
            "ReferencesAcrossChangeSetsSupported": bool(batch),
            "EtagReferencesSupported": bool(batch),
            "RequestDependencyConditionsSupported": bool(batch),
            "SupportedFormats": batch,
        },
        "Capabilities.CrossJoinSupported": False,
        "Capabilities.KeyAsSegmentSupported": True,
        "Capabilities.QuerySegmentSupported": False,
        "Core.ConventionalIDs": True,
    }


def of_set(entity: EntityType, abilities: Abilities, limits: Limits, version: str) -> Annotations:
    """What holds for one set.

    Args:
        version: the property that entity tags are made of.
    """
    keys: list[dict[str, Any]] = [
        {"Key": [{"Name": PropertyPath(name), "Alias": name}]} for name in abilities.alternate_keys
    ]
    apart = [PropertyPath(name) for name in abilities.apart]
    found: dict[str, Any] = {
        "Capabilities.FilterRestrictions": {"Filterable": True},
        "Capabilities.SortRestrictions": {"Sortable": True},
        "Capabilities.SearchRestrictions": {"Searchable": True},
        "Capabilities.CountRestrictions": {"Countable": True},
        "Capabilities.TopSupported": True,
        "Capabilities.SkipSupported": True,
        "Capabilities.ComputeSupported": True,
        "Capabilities.IndexableByKey": True,
        "Capabilities.ExpandRestrictions": {"Expandable": True, "MaxLevels": limits.max_expand},
        "Capabilities.InsertRestrictions": {"Insertable": abilities.insert}
        | ({"NonInsertableNavigationProperties": apart} if abilities.insert and apart else {}),
        "Capabilities.UpdateRestrictions": {"Updatable": abilities.update}
        | ({"Upsertable": abilities.insert, "UpdateMethod": UPDATES} if abilities.update else {}),
        "Capabilities.DeleteRestrictions": {"Deletable": abilities.delete},
        "Capabilities.ChangeTracking": _tracking(entity, abilities),
    }
    if version in entity.properties:
        found["Core.OptimisticConcurrency"] = [PropertyPath(version)]
    return {**found, "Core.AlternateKeys": keys} if keys else found


def _tracking(entity: EntityType, abilities: Abilities) -> dict[str, Any]:
    """A filter is followed where it asks only what changes together with the row."""
    if not abilities.followed:
        return {"Supported": False}
    own = [
        PropertyPath(name)
        for name, member in entity.properties.items()
        if not member.steps and is_of_row(entity.table, member.column(entity.table))
    ]
    return {"Supported": True, "FilterableProperties": own}


def of_singleton(limits: Limits) -> Annotations:
    """What holds for a singleton that is only read."""
    return {
        "Capabilities.ExpandRestrictions": {"Expandable": True, "MaxLevels": limits.max_expand},
        "Capabilities.UpdateRestrictions": {"Updatable": False},
    }


def of_property(member: Property) -> Annotations:
    """Whether clients can give the property and change it, and what values it can have."""
    found: dict[str, Any] = {}
    if member.facets.computed:
        found["Core.Computed"] = True
    elif member.facets.fixed:
        found["Core.Immutable"] = True
    elif member.facets.defaulted:
        found["Core.ComputedDefaultValue"] = True
    if member.facets.allowed:
        found["Validation.AllowedValues"] = [{"Value": value} for value in member.facets.allowed]
    return found
