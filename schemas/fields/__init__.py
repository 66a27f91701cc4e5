"""The kinds of properties that a shape is made of.

A property loads JSON into what the columns take, and tells the projection where its value comes from. These
attributes are the same on every kind; those that do not apply are None:

- `attribute`: the column or computed value behind it, perhaps behind a link (`account.display_name`). A load
  files the value under this name. Kinds that write linked rows file it under their link's name.
- `shows`: the column or computed value that it shows, where that is not the `attribute` it loads as.
- `link`: the model's link to the rows that it shows, perhaps in steps (`account.tags`; then it is read-only).
- `schema`: the shape of the nested object, or of the objects in the list.
- `of`: for lists of plain values (`Names`, `Ids`), the column of the linked rows.
- `prefix`: for a `Group`, what the columns of its properties begin with. `present_if`: the column without
  which the whole group is null.
- `names`: for a `Renamed`, the stored values and what the door calls them.
- `value`: what the property always is, or `VARIES`. `refuses`: what to say when a body says otherwise.
- `instead_of`: the Python name of the property that writes what this one shows. A body may carry either; the
  one that writes wins. In a shape without it, this property is read-only.
- `to`, `many`, `takes`: for `Navigates`, the entity type at the other end, whether there are several, and what
  a body may carry there.

`data_key` is the name in JSON where it differs from the name in Python; a `dump_only` property is read-only.
For every property that can be written, null means the same as leaving it out; but for an `ExternalId`.
"""

from schemas.fields.base import VARIES, Property, always, command, wire_name
from schemas.fields.links import (
    ENTITIES,
    NAMES,
    REFERENCES,
    GuidText,
    Ids,
    Names,
    Navigates,
    Reference,
    References,
)
from schemas.fields.lookups import Chosen, Lookup
from schemas.fields.numbers import Number, Whole
from schemas.fields.parts import Group, Owned, OwnedList
from schemas.fields.texts import Choice, Email, ExternalId, Guid, Renamed, Text
from schemas.fields.values import Flag, Moment

__all__ = [
    "ENTITIES",
    "NAMES",
    "REFERENCES",
    "VARIES",
    "Choice",
    "Chosen",
    "Email",
    "ExternalId",
    "Flag",
    "Group",
    "Guid",
    "GuidText",
    "Ids",
    "Lookup",
    "Moment",
    "Names",
    "Navigates",
    "Number",
    "Owned",
    "OwnedList",
    "Property",
    "Reference",
    "References",
    "Renamed",
    "Text",
    "Whole",
    "always",
    "command",
    "wire_name",
]
