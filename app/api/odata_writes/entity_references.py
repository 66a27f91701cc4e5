"""Entity references: the addresses by which a body names records that there are (Protocol 4.01, 4.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from flask import request
from marshmallow import ValidationError

from app.api.odata.links import ROOT, service_root
from app.api.resources import faces
from schemas.fields.base import refuse_too_many
from schemas.fields.links import MOST_LINKS

IDS = ("@id", "@odata.id")
MADE = "matterbase.made"
"""Where in the environment a batch keeps the addresses of what its requests made, by `$` and their id."""

GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
ADDRESS = re.compile(rf"(?P<set>\w+)(?:\((?:id=)?(?P<key>{GUID})\)|/(?P<segment>{GUID}))", re.A)


def entity_address(set_name: str, key: str) -> str:
    return f"{service_root()}/{set_name}({key})"


def made_before() -> Mapping[str, str]:
    """The addresses of what earlier requests of the batch made, such as `$1`."""
    found: Mapping[str, str] = request.environ.get(MADE, {})
    return found


def made_keys() -> dict[str, str]:
    """The keys of the same, by how a value names them: `$1` and `$1/id`."""
    keys = {name: _parsed(address)[1] for name, address in made_before().items()}
    return keys | {f"{name}/id": key for name, key in keys.items()}


def key_in(reference: Any, entity_type: str) -> str:
    """The key of the record that a reference names.

    Args:
        reference: an address: whole, from the service's root or relative to it, or `$` and the id of an
            earlier request; or an object that has it as `@id`.
        entity_type: what the record must be.

    Raises:
        ValidationError: it is no such reference.
    """
    if isinstance(reference, Mapping):
        reference = next((reference[name] for name in IDS if name in reference), None)
    if not isinstance(reference, str):
        raise ValidationError('Must be a reference, such as {"@id": "Accounts(…)"}.')
    set_name, key = _parsed(made_before().get(reference, reference))
    if set_name not in sets_of(entity_type):
        raise ValidationError(f"This is no address of one of the {' or '.join(sets_of(entity_type))}.")
    return key


def keys_in(references: Any, entity_type: str) -> list[str]:
    """The keys of several, each once.

    Raises:
        ValidationError: says which of them will not do.
    """
    if not isinstance(references, list):
        raise ValidationError("Must be an array of references.")
    refuse_too_many(references, MOST_LINKS)
    keys, problems = [], {}
    for index, reference in enumerate(references):
        try:
            keys.append(key_in(reference, entity_type))
        except ValidationError as error:
            problems[index] = error.messages
    if problems:
        raise ValidationError(problems)
    return list(dict.fromkeys(keys))


def is_reference(value: Any) -> bool:
    return isinstance(value, Mapping) and any(name in value for name in IDS)


def sets_of(entity_type: str) -> list[str]:
    """The entity sets that hold entities of a type."""
    return [face.path for _, face in faces("odata") if face.standard.__name__ == entity_type]


def _parsed(address: str) -> tuple[str, str]:
    """The set and the key in an address; two empty texts where it is none of ours."""
    root = service_root()
    for prefix in (f"{root}/", f"{ROOT}/"):
        if address.startswith(prefix):
            address = address.removeprefix(prefix)
    found = ADDRESS.fullmatch(unquote(address))
    return (found["set"], (found["key"] or found["segment"]).lower()) if found else ("", "")
