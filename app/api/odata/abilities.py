"""What the door can do, read off its routes, so that `$metadata` says no more and no less."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app

from app.api.odata.formats import CSV, JSON, MULTIPART
from app.api.odata.links import ROOT
from app.api.odata.reader import ME, PEOPLE, Reader
from odata.annotations import Form
from odata.capabilities import Abilities, of_container, of_set, of_singleton
from odata.limits import Limits
from odata.service import Service
from schemas.fields import ENTITIES, NAMES, Navigates
from schemas.odata import ENTITY_TYPES


def described_service(reader: Reader) -> Service:
    """The service with all that it says of itself."""
    methods = _methods()
    limits: Limits = current_app.extensions["odata_limits"]
    restrictions = {ME: of_singleton(limits)}
    for name, known in reader.sets.items():
        of_one = methods.get(f"{ROOT}/{name}(<string:key>)", set())
        entity = known.set.entity
        abilities = Abilities(
            insert="POST" in methods.get(f"{ROOT}/{name}", set()),
            update="PATCH" in of_one,
            delete="DELETE" in of_one,
            alternate_keys=tuple(known.alternates),
            apart=_apart(entity.name),
            followed=True,
        )
        restrictions[name] = of_set(entity, abilities, limits, Form.version)
    return replace(
        reader.service,
        singletons={ME: PEOPLE},
        capabilities=of_container(
            [CSV], (JSON, MULTIPART) if "POST" in methods.get(f"{ROOT}/$batch", ()) else ()
        ),
        restrictions=restrictions,
    )


def _apart(entity_type: str) -> tuple[str, ...]:
    """The navigation properties under which a body carries no new entities."""
    fields = ENTITY_TYPES[entity_type]().fields.items()
    return tuple(
        name
        for name, field in fields
        if isinstance(field, Navigates) and field.takes not in (ENTITIES, NAMES)
    )


def _methods() -> dict[str, set[str]]:
    """The methods that each address takes."""
    found: dict[str, set[str]] = {}
    for rule in current_app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update(rule.methods or ())
    return found
