"""What `stats` and `overdue` come to. They are worked out, not records: these shapes are for the OpenAPI document."""

from __future__ import annotations

from marshmallow import Schema, fields

from schemas.praxis.cases import AGES


def _many(shape: type[Schema]) -> fields.List[object]:
    return fields.List(fields.Nested(shape), required=True)


class Counted(Schema):
    """How many there are."""

    count = fields.Integer(required=True)


class CasesOfStatus(Counted):
    status = fields.String(required=True)


class CasesOfPracticeArea(Counted):
    practiceArea = fields.String(required=True, allow_none=True)  # noqa: N815


class CasesOfAge(Counted):
    """From opening until closing, or until today."""

    age = fields.String(required=True, metadata={"enum": list(AGES)})


class CaseStats(Schema):
    """How many cases there are."""

    total = fields.Integer(required=True)
    byStatus = _many(CasesOfStatus)  # noqa: N815
    byPracticeArea = _many(CasesOfPracticeArea)  # noqa: N815
    byAge = _many(CasesOfAge)  # noqa: N815


class TimeSum(Schema):
    """What some time entries come to."""

    entries = fields.Integer(required=True)
    hours = fields.Float(required=True)
    value = fields.Float(required=True)


class TimeSums(Schema):
    """What can still be billed, what was, and what is not billable."""

    billable = fields.Nested(TimeSum, required=True)
    billed = fields.Nested(TimeSum, required=True)
    writtenOff = fields.Nested(TimeSum, required=True)  # noqa: N815


class TimeOfUser(TimeSums):
    userId = fields.UUID(required=True, allow_none=True)  # noqa: N815
    userName = fields.String(required=True, allow_none=True)  # noqa: N815


class TimeOfMonth(TimeSums):
    month = fields.String(required=True, metadata={"pattern": r"^\d{4}-\d{2}$"})


class TimeOfUserAndMonth(TimeOfUser, TimeOfMonth):
    pass


class TimeStats(Schema):
    """Hours and value."""

    total = fields.Nested(TimeSums, required=True)
    byUser = _many(TimeOfUser)  # noqa: N815
    byMonth = _many(TimeOfMonth)  # noqa: N815
    byUserAndMonth = _many(TimeOfUserAndMonth)  # noqa: N815


class OverdueForDays(Counted):
    days = fields.Integer(required=True)


class OverdueSummary(Schema):
    """How many deadlines are overdue, and for how many days."""

    total = fields.Integer(required=True)
    byDays = _many(OverdueForDays)  # noqa: N815
