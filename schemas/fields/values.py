"""Truth values and moments."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from marshmallow import fields

from schemas.fields.base import Value

MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"([T ]([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.A,
)


class Flag(Value, fields.Boolean):
    """True or false. Form posts carry text, so the two words will do."""

    default_error_messages = {"invalid": "Must be true or false."}

    def read(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        word = value.lower() if isinstance(value, str) else None
        if word not in ("true", "false"):
            raise self.make_error("invalid")
        return word == "true"


class Moment(Value, fields.DateTime):
    """A date and time, or a date alone, which means its midnight. Without an offset it is UTC.

    Loads as an aware datetime in UTC.
    """

    default_error_messages = {
        "invalid": "Not a valid date and time; write it as 2026-04-30T14:05:00Z.",
        "out_of_range": "The date is out of range.",
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value.replace(tzinfo=None).isoformat() if isinstance(value, dt.datetime) else value

    def read(self, value: Any) -> Any:
        text = value.upper() if isinstance(value, str) else ""
        if not MOMENT.fullmatch(text):
            raise self.make_error("invalid")
        try:
            moment = dt.datetime.fromisoformat(text)
            return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        except ValueError:
            raise self.make_error("invalid") from None
        except OverflowError:
            raise self.make_error("out_of_range") from None
