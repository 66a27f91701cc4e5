"""What an address means: a list, an entity or a property, and what of it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from odata.metadata import Property
from odata.options import Options
from odata.sets import EntitySet


class Part(Enum):
    """What of a place is asked for."""

    ALL = ""
    COUNT = "$count"
    VALUE = "$value"
    REFERENCE = "$ref"


@dataclass(frozen=True)
class Place:
    """Where an address leads.

    Args:
        of: the list that it is, or that the one entity is in.
        given: the values of the list's presets; for an entity they leave one.
        context: what the context URL calls the list, or the singleton.
        one: whether it is one entity rather than a list.
        singleton: whether the entity is one by its own name.
        may_be_missing: whether there may rightly be nothing, as at the end of a reference that is null.
        noun: what one of the entities is called in a sentence.
        property: the property of the entity that is meant.
        filters: conditions that the address itself puts on the list, `/$filter(…)`.
    """

    of: EntitySet
    given: Mapping[str, Any] = field(default_factory=dict)
    context: str = ""
    one: bool = False
    singleton: bool = False
    may_be_missing: bool = False
    noun: str = "entity"
    property: Property | None = None
    part: Part = Part.ALL
    filters: tuple[str, ...] = ()

    def narrow(self, options: Options) -> Options:
        """The options with the conditions of the address in front (URL Conventions 4.01, 4.12)."""
        if self.filters and options.apply:
            steps = [f"filter({text})" for text in self.filters]
            return replace(options, apply="/".join([*steps, options.apply]))
        conditions = [f"({text})" for text in (*self.filters, options.filter) if text]
        return replace(options, filter=" and ".join(conditions)) if self.filters else options
