"""The canonical functions, casts and arithmetic in plain Python, for `reference_evaluation.py`.

A decimal is a Fraction, a duration a Duration. What is null comes as None only where it is looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

PLACES = 12
BOUNDS = {
    "Edm.SByte": (-128, 127),
    "Edm.Byte": (0, 255),
    "Edm.Int16": (-(2**15), 2**15 - 1),
    "Edm.Int32": (-(2**31), 2**31 - 1),
    "Edm.Int64": (-(2**63), 2**63 - 1),
}
MIDNIGHT = dt.time()


@dataclass(frozen=True, order=True)
class Duration:
    """A length of time in microseconds."""

    length: Fraction

    def __neg__(self) -> Duration:
        return Duration(-self.length)


DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")


def duration_of(text: str) -> Duration:
    found = DURATION.fullmatch(text)
    assert found
    days, hours, minutes, seconds = (Fraction(part or 0) for part in found.groups()[1:])
    length = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 10**6
    return Duration(-length if found[1] else length)


# Arithmetic


def toward_zero(value: Any) -> int:
    return abs(value).__floor__() * (1 if value >= 0 else -1)


def away_from_zero(value: Any, places: int = 0) -> Fraction:
    """Rounded, a half away from zero."""
    cut = (abs(Fraction(value)) * 10**places + Fraction(1, 2)).__floor__()
    return Fraction(cut if value >= 0 else -cut, 10**places)


def divided(name: str, left: Any, right: Any, whole: bool) -> Any:
    """`div`, `divby` and `mod` of numbers; `whole` where both are declared as integers."""
    if right == 0:
        return None
    ratio = Fraction(left) / Fraction(right)
    if name == "Mod":
        return left - right * toward_zero(ratio)
    return toward_zero(ratio) if name == "Div" and whole else away_from_zero(ratio, PLACES)


def of_durations(name: str, left: Any, right: Any) -> Any:
    """Arithmetic with a duration, a date or a moment on either side."""
    if isinstance(left, Duration) and isinstance(right, Duration):
        return Duration(left.length + right.length if name == "Add" else left.length - right.length)
    if isinstance(left, dt.date):
        return (
            moved(left, right if name == "Add" else -right)
            if isinstance(right, Duration)
            else apart(left, right)
        )
    length, number = (left.length, right) if isinstance(left, Duration) else (right.length, left)
    if name == "Mult":
        return Duration(length * number)
    quotient = divided("DivBy", length, number, whole=False)
    return None if quotient is None else Duration(quotient)


def moved(moment: Any, by: Duration) -> Any:
    is_moment = isinstance(moment, dt.datetime)
    start = moment if is_moment else dt.datetime.combine(moment, MIDNIGHT)
    try:
        end = start + dt.timedelta(microseconds=int(away_from_zero(by.length)))
    except OverflowError:
        return None
    return end if is_moment else end.date()


def apart(later: Any, earlier: Any) -> Duration:
    return Duration(Fraction((later - earlier) // dt.timedelta(microseconds=1)))


# Casts


def cast(value: Any, to: str) -> Any:
    if to in BOUNDS:
        least, most = BOUNDS[to]
        whole = toward_zero(value)
        return whole if least <= whole <= most else None
    if to == "Edm.Decimal":
        return Fraction(value)
    if to == "Edm.String":
        return spelled(value)
    if to == "Edm.DateTimeOffset":
        return dt.datetime.combine(value, MIDNIGHT, dt.UTC) if type(value) is dt.date else value
    return value if not isinstance(value, dt.datetime) else value.date() if to == "Edm.Date" else value.time()


def spelled(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            with localcontext(prec=5_000):
                written = format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")
            return written if value else "0"
        case dt.datetime():
            return _trimmed(value.replace(tzinfo=None).isoformat()) + "Z"
        case dt.time():
            return _trimmed(value.isoformat())
    return str(value)


def _trimmed(text: str) -> str:
    return text.rstrip("0") if "." in text else text


# Functions


def _substring(text: str, start: int, length: int | None = None) -> str:
    rest = text[start:] if start >= 0 else text[-min(-start, len(text)) :] if text else ""
    return rest if length is None else rest[: max(length, 0)]


def _letters(fold: Any, simple: Any) -> Any:
    return lambda text: "".join(next(f for f in (fold(c), simple(c), c) if len(f) == 1) for c in text)


def _is_like(text: str, pattern: str) -> bool:
    return re.search(pattern.replace(r"\d", "[0-9]").replace("$", r"\Z"), text) is not None


FUNCTIONS: dict[str, Any] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
    "matchesPattern": _is_like,
    "indexof": str.find,
    "substring": _substring,
    "concat": lambda a, b: a + b,
    "length": len,
    "trim": lambda text: text.strip(" "),
    "tolower": _letters(str.lower, lambda letter: "i"),
    "toupper": _letters(str.upper, str.title),
    "year": lambda moment: moment.year,
    "month": lambda moment: moment.month,
    "day": lambda moment: moment.day,
    "hour": lambda moment: moment.hour,
    "minute": lambda moment: moment.minute,
    "second": lambda moment: moment.second,
    "fractionalseconds": lambda moment: Fraction(moment.microsecond, 10**6),
    "date": lambda moment: moment.date(),
    "time": lambda moment: moment.time(),
    "totaloffsetminutes": lambda moment: moment.utcoffset() // dt.timedelta(minutes=1),
    "mindatetime": lambda: dt.datetime.min.replace(tzinfo=dt.UTC),
    "maxdatetime": lambda: dt.datetime.max.replace(tzinfo=dt.UTC),
    "totalseconds": lambda duration: duration.length / 10**6,
    "round": away_from_zero,
    "floor": lambda value: Fraction(value.__floor__()),
    "ceiling": lambda value: Fraction(value.__ceil__()),
}
DECIMAL_FUNCTIONS = {"fractionalseconds", "totalseconds", "round", "floor", "ceiling"}
