"""Conflict checks: what one asks for, how it is listed, and what it answers."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Property, Reference, Text, Whole
from schemas.fields.base import refuse_too_many
from schemas.v2.references import UserReference, to_matter

LONGEST = 200
"""Characters of a value that is sought."""
MOST = 100
"""Values in one list."""


class Values(Property, fields.List[Any]):
    """Texts, each once, as they are compared with what is known."""

    is_column = False

    def __init__(self, **kwargs: Any) -> None:
        text = Text(required=True, max_length=LONGEST, blank=False, trimmed=True)
        super().__init__(text, load_default=list, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_too_many(value, MOST)
        return list(dict.fromkeys(super()._deserialize(value, *args, **kwargs)))


class ConflictCheckRequest(Shape):
    """What to look for: 100 values at most in all."""

    id = Guid()
    names = Values(doc="Of people or companies, as `Jane Q. Roe` or `Roe, Jane`.")
    companies = Values(doc="Of companies.")
    emails = Values()
    phones = Values()
    matter_ref = to_matter(doc="The matter that the check is made for.")
    threshold = Whole(
        validate=[validate.Range(0, 100)], doc="The least score of a match, 0 to 100. Left out, 85."
    )


class ConflictCheckInList(Shape):
    """A check that was made, without what was found."""

    id = Guid(dump_only=True)
    checked_at = Moment(attribute="created_at", dump_only=True)
    checked_by = Reference(UserReference, attribute="created_by_id", link="created_by", dump_only=True)
    matter_ref = to_matter(dump_only=True)
    threshold = Whole(dump_only=True)
    match_count = Whole(dump_only=True)
    is_cut = Flag(dump_only=True, doc="Whether there were more matches; the best 500 are told.")


class RecordedCheck(ConflictCheckInList):
    """The same with what was asked and found, as it is kept: each a JSON text."""

    asked = Text(dump_only=True)
    matches = Text(dump_only=True)


class FoundRecord(Schema):
    """The record that a match is in."""

    kind = fields.String(
        metadata={"enum": ["account", "contact", "relationship", "party", "litigation", "matter"]}
    )
    id = fields.String(allow_none=True, metadata={"format": "uuid"})
    display_name = fields.String()


class MatchedValue(Schema):
    """The value of the record that agrees with what was sought."""

    field = fields.String(allow_none=True)
    value = fields.String(allow_none=True)


class SoughtValue(Schema):
    """What was sought."""

    sort = fields.String(metadata={"enum": ["name", "company", "email", "phone"]})
    value = fields.String()


class ConcernedMatter(Schema):
    """A matter that the record has to do with; closed ones, too."""

    id = fields.String(allow_none=True, metadata={"format": "uuid"})
    display_name = fields.String()
    status = fields.String(allow_none=True)


class ConflictMatch(Schema):
    """A record that agrees with something that was sought."""

    record = fields.Nested(FoundRecord)
    matched = fields.Nested(MatchedValue)
    sought = fields.Nested(SoughtValue)
    kind = fields.String(metadata={"enum": ["exact", "normalized", "fuzzy"]})
    score = fields.Integer(metadata={"minimum": 0, "maximum": 100})
    reason = fields.String()
    matters = fields.List(fields.Nested(ConcernedMatter))
    matter_count = fields.Integer(metadata={"description": "How many there are; at most 20 are listed."})


class SoughtValues(Schema):
    """What was sought, list by list."""

    names = fields.List(fields.String())
    companies = fields.List(fields.String())
    emails = fields.List(fields.String())
    phones = fields.List(fields.String())


class ConflictCheck(ConflictCheckInList):
    """A check with all that was asked and found, the best matches first."""

    asked = fields.Nested(SoughtValues)
    matches = fields.List(fields.Nested(ConflictMatch))
