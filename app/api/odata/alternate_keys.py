"""Other keys than the id: what is unique in a firm, such as `Matters(number=7)` (URL Conventions 4.01, 4.3.5)."""

from __future__ import annotations

from sqlalchemy import Index

from app.models.base import live
from odata.metadata import EntityType
from odata.typed import Preset

ALL_LIVE = str(live()["sqlite_where"])


def alternate_keys(entity: EntityType) -> dict[str, Preset]:
    """The properties that a unique index of a firm's rows holds alone, as conditions by name."""
    found: dict[str, Preset] = {}
    for index in sorted(entity.table.indexes, key=lambda index: str(index.name)):
        columns = [column.name for column in index.columns]
        if (
            len(columns) == 2
            and columns[0] == "firm_id"
            and columns[1] in entity.properties
            and _holds(index)
        ):
            name = columns[1]
            found[name] = Preset(name, f"{name} eq @value", entity.properties[name].type)
    return found


def _holds(index: Index) -> bool:
    """Whether it is unique for all rows that are not deleted, and not only for some of these."""
    return index.unique and str(index.dialect_options["sqlite"]["where"]) in ("None", ALL_LIVE)
