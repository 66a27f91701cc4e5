"""What a service tells of its abilities in the words of the Capabilities and Core vocabularies, no more than true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odata.csdl_annotations import Annotations, PropertyPath
from odata.functions import FUNCTIONS
from odata.limits import Limits
from odata.metadata import Property

JSON = "application/json"
FORMATS = [
    *(f"{JSON};odata.metadata={level};IEEE754Compatible=false" for level in ("minimal", "full", "none")),
    *(f"{JSON};odata.metadata={level};IEEE754Compatible=true" for level in ("minimal", "full", "none")),
]
"""Those of the engine; a host may have more."""


def of_container(limits: Limits, formats: Iterable[str], *, batch: bool) -> Annotations:
    """What holds for the whole service.

    Args:
        formats: what the host gives besides the formats of the engine.
        batch: whether it takes `$batch`.
    """
    return {
        "Capabilities.SupportedFormats": [*FORMATS, *formats],
        "Capabilities.FilterFunctions": sorted(FUNCTIONS),
        "Capabilities.AsynchronousRequestsSupported": False,
        "Capabilities.BatchSupported": batch,
        "Capabilities.BatchContinueOnErrorSupported": batch,
        "Capabilities.CrossJoinSupported": False,
        "Capabilities.KeyAsSegmentSupported": True,
        "Capabilities.QuerySegmentSupported": False,
        "Capabilities.TopSupported": True,
        "Capabilities.SkipSupported": True,
        "Capabilities.CountRestrictions": {"Countable": True},
        "Capabilities.IndexableByKey": True,
        "Capabilities.ExpandRestrictions": {"Expandable": True, "MaxLevels": limits.max_expand},
        "Core.ConventionalIDs": True,
    }


def of_set(alternate_keys: Iterable[str], *, insert: bool, update: bool, delete: bool) -> Annotations:
    """What holds for one set.

    Args:
        alternate_keys: properties that identify an entity, each by itself.
        insert, update, delete: whether clients may do so.
    """
    keys: list[dict[str, Any]] = [
        {"Key": [{"Name": PropertyPath(name), "Alias": name}]} for name in alternate_keys
    ]
    return {
        "Capabilities.FilterRestrictions": {"Filterable": True},
        "Capabilities.SortRestrictions": {"Sortable": True},
        "Capabilities.InsertRestrictions": {"Insertable": insert},
        "Capabilities.UpdateRestrictions": {"Updatable": update},
        "Capabilities.DeleteRestrictions": {"Deletable": delete},
        "Capabilities.ChangeTracking": {"Supported": False},
        **({"Core.AlternateKeys": keys} if keys else {}),
    }


def of_property(member: Property) -> Annotations:
    """Whether clients can give the property, and change it."""
    if member.facets.computed:
        return {"Core.Computed": True}
    return {"Core.Immutable": True} if member.facets.fixed else {}
