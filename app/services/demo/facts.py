"""What a developer needs to know of the demo firm, kept in `instance/demo.json` for the next start."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True)
class Facts:
    """The keys of the file."""

    base_url: str
    firm: str
    email: str
    password: str
    client_id: str
    client_secret: str
    redirect_uri: str
    redirect_uris: list[str]
    access_token: str
    """For the curl lines; it ends after a day, and every start puts a new one here."""


def read(path: Path) -> Facts | None:
    """The facts of an earlier start; None when there are none, or none that this version can read."""
    try:
        found: Any = orjson.loads(path.read_bytes())
        return Facts(**{field.name: found[field.name] for field in fields(Facts)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, facts: Facts) -> None:
    """Replace the file in one step. From its first byte it is its owner's alone (mode 0600): it has secrets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(orjson.dumps(asdict(facts), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
