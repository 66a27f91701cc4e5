"""What the door can do, read off its routes, so that `$metadata` says no more and no less."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app

from app.api.odata.formats import CSV
from app.api.odata.links import ROOT
from app.api.odata.reader import ME, PEOPLE, Reader
from odata.capabilities import of_container, of_set
from odata.limits import Limits
from odata.service import Service


def described_service(reader: Reader) -> Service:
    """The service with all that it says of itself."""
    methods = _methods()
    limits: Limits = current_app.extensions["odata_limits"]
    restrictions = {}
    for name, known in reader.sets.items():
        of_one = methods.get(f"{ROOT}/{name}(<string:key>)", set())
        restrictions[name] = of_set(
            known.alternates,
            insert="POST" in methods.get(f"{ROOT}/{name}", set()),
            update="PATCH" in of_one,
            delete="DELETE" in of_one,
        )
    return replace(
        reader.service,
        singletons={ME: PEOPLE},
        capabilities=of_container(limits, [CSV], batch="POST" in methods.get(f"{ROOT}/$batch", set())),
        restrictions=restrictions,
    )


def _methods() -> dict[str, set[str]]:
    """The methods that each address takes."""
    found: dict[str, set[str]] = {}
    for rule in current_app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update(rule.methods or ())
    return found
