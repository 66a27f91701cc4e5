"""Random typed filters over `library.py`, as texts: every kind of value and of condition that the engine answers.

What can be named differs from place to place: inside `any(…)` and `all(…)` a member is there too. Each place is
a `Scope`, and a `Writer` writes about one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

TEXTS = [
    "",
    "a",
    "b",
    "o",
    "off",
    "50",
    "5",
    "_",
    "%",
    "\\",
    "A",
    "É",
    "ß",
    "é",
    "It's",
    "a_b",
    "Ada",
    "good",
    " x ",
]
INTEGERS = [
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "-7",
    "10",
    "100",
    "250",
    "9223372036854775807",
    "-9223372036854775808",
]
DECIMALS = ["0.0", "0.1", "0.30", "1.10", "1.105", "-2.5", "0.3333", "10.0", "99.99", "1e3", "-0.5", "3.0"]
MOMENTS = [
    "2026-01-31T23:30:00Z",
    "2026-02-01T01:30:00.25+02:00",
    "2024-02-28T19:15:00-04:45",
    "1999-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00Z",
    "mindatetime()",
    "maxdatetime()",
]
DATES = ["2026-01-31", "2000-02-29", "1999-12-31", "9999-12-31", "0001-01-01"]
TIMES = ["23:30:00", "00:00:00", "23:59:59.999", "07:05"]
LENGTHS = ["PT0H", "PT1H", "PT24H", "P1D", "-P1DT2H30M", "PT0.000001S", "PT90000H", "P3650000D", "PT1.5S"]
PATTERNS = ["^5", "off$", "a.b", "[A-Z]", "\\\\d+", "É|ß", "^.{3,7}$", "[^a-z]", "(a|b)_?b", ""]
CODES = ["00000000-0000-0000-0000-000000000003", "00000000-0000-0000-0000-000000000009"]
WHOLE_TYPES = ["Edm.Int64", "Edm.Int32", "Edm.Int16", "Edm.Byte", "Edm.SByte"]

EQUALITY = ["eq", "ne"]
COMPARATORS = [*EQUALITY, "lt", "le", "gt", "ge"]
DEPTH = 5

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Scope:
    """What can be named in one place: paths by the kind of their values, and collections with what is in them."""

    texts: tuple[str, ...]
    integers: tuple[str, ...]
    decimals: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    truths: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Collections of texts."""
    members: Mapping[str, tuple[str, Scope]] = field(default_factory=dict)
    """For each collection a variable, and what can be named where that is one of its members."""
    counted: Mapping[str, Scope] = field(default_factory=dict)
    """For each collection what can be named in the filter of its `$count`."""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


LITERALS = {
    "texts": [*map(_quoted, TEXTS)],
    "integers": INTEGERS,
    "decimals": DECIMALS,
    "moments": MOMENTS,
    "dates": DATES,
    "times": TIMES,
    "durations": [f"duration'{length}'" for length in LENGTHS],
    "codes": CODES,
}


@st.composite
def filters(draw: Any) -> str:
    """Filters of books."""
    return Writer(lambda end: draw(_below(end)), BOOK).condition(draw(_below(DEPTH)) + 2)


@cache
def _below(end: int) -> Any:
    return st.integers(0, end - 1)


class Writer:
    """Writes random expressions about what a scope names, each no deeper than it is told.

    Args:
        choose: makes every choice: a number from 0 on that is less than the given one.
    """

    def __init__(self, choose: Callable[[int], int], scope: Scope) -> None:
        self._choose = choose
        self._scope = scope

    def _one(self, choices: Sequence[T]) -> T:
        return choices[self._choose(len(choices))]

    def _value(self, kind: str, depth: int, calls: Sequence[Callable[[int], str]]) -> str:
        """A path or a literal, sometimes null; where there is depth left, mostly something calculated."""
        choice = self._choose(12)
        if depth > 0 and choice >= 5:
            return self._one(calls)(depth - 1)
        if choice == 0:
            return "null"
        paths: Sequence[str] = getattr(self._scope, kind, ())
        return self._one(paths if paths and choice > 2 else LITERALS[kind])

    # Values

    def texts(self, depth: int) -> str:
        return self._value(
            "texts", depth, (self._text_made, self._text_part, self._spelled, self._chosen("texts"))
        )

    def _text_made(self, depth: int) -> str:
        name = self._one(("tolower", "toupper", "trim", "concat"))
        more = f",{self.texts(depth)}" if name == "concat" else ""
        return f"{name}({self.texts(depth)}{more})"

    def _text_part(self, depth: int) -> str:
        length = f",{self.integers(depth)}" if self._one((True, False)) else ""
        return f"substring({self.texts(depth)},{self.integers(depth)}{length})"

    def _spelled(self, depth: int) -> str:
        kinds = (self.integers, self.decimals, self.moments, self.dates, self.times, self.codes, self._truth)
        return f"cast({self._one(kinds)(depth)},Edm.String)"

    def integers(self, depth: int) -> str:
        calls = (
            self._arithmetic("integers", "integers", "add", "sub", "mul", "div", "mod"),
            lambda d: f"length({self.texts(d)})",
            lambda d: f"indexof({self.texts(d)},{self.texts(d)})",
            self._of_moment,
            self._of_date,
            self._of_time,
            self._count,
            lambda d: f"(-({self.integers(d)}))",
            lambda d: f"cast({self.numbers(d)},{self._one(WHOLE_TYPES)})",
            self._chosen("integers"),
        )
        return self._value("integers", depth, calls)

    def _of_moment(self, depth: int) -> str:
        names = ("year", "month", "day", "hour", "minute", "second", "totaloffsetminutes")
        return f"{self._one(names)}({self.moments(depth)})"

    def _of_date(self, depth: int) -> str:
        return f"{self._one(('year', 'month', 'day'))}({self.dates(depth)})"

    def _of_time(self, depth: int) -> str:
        return f"{self._one(('hour', 'minute', 'second'))}({self.times(depth)})"

    def _count(self, depth: int) -> str:
        path = self._one((*self._scope.members, *self._scope.words, *self._scope.counted) or (None,))
        if path is None:
            return self.integers(0)
        inside = self._scope.counted.get(path)
        if inside is None:
            return f"{path}/$count"
        return f"{path}/$count($filter={Writer(self._choose, inside).condition(depth)})"

    def decimals(self, depth: int) -> str:
        calls = (
            self._arithmetic("decimals", "numbers", "add", "sub", "mul", "div", "divby", "mod"),
            self._arithmetic("integers", "decimals", "add", "sub", "mul", "div", "divby", "mod"),
            self._arithmetic("integers", "integers", "divby"),
            lambda d: f"{self._one(('round', 'floor', 'ceiling'))}({self.numbers(d)})",
            lambda d: f"fractionalseconds({self._one((self.moments, self.times))(d)})",
            lambda d: f"totalseconds({self.durations(d)})",
            lambda d: f"(-({self.decimals(d)}))",
            lambda d: f"cast({self.numbers(d)},Edm.Decimal)",
            self._chosen("decimals", "numbers"),
        )
        return self._value("decimals", depth, calls)

    def numbers(self, depth: int) -> str:
        return self._one((self.integers, self.decimals))(depth)

    def moments(self, depth: int) -> str:
        calls = (
            self._arithmetic("moments", "durations", "add", "sub"),
            lambda d: f"cast({self.dates(d)},Edm.DateTimeOffset)",
            self._chosen("moments"),
        )
        return self._value("moments", depth, calls)

    def dates(self, depth: int) -> str:
        calls = (
            self._arithmetic("dates", "durations", "add", "sub"),
            lambda d: f"date({self.moments(d)})",
            lambda d: f"cast({self.moments(d)},Edm.Date)",
            self._chosen("dates"),
        )
        return self._value("dates", depth, calls)

    def times(self, depth: int) -> str:
        calls = (
            lambda d: f"time({self.moments(d)})",
            lambda d: f"cast({self.moments(d)},Edm.TimeOfDay)",
            self._chosen("times"),
        )
        return self._value("times", depth, calls)

    def durations(self, depth: int) -> str:
        calls = (
            self._arithmetic("durations", "durations", "add", "sub"),
            self._arithmetic("moments", "moments", "sub"),
            self._arithmetic("dates", "dates", "sub"),
            self._arithmetic("durations", "numbers", "mul", "div", "divby"),
            self._arithmetic("numbers", "durations", "mul"),
            lambda d: f"(-({self.durations(d)}))",
            self._chosen("durations"),
        )
        return self._value("durations", depth, calls)

    def codes(self, depth: int) -> str:
        return self._value("codes", depth, (self._chosen("codes"),))

    def _arithmetic(self, left: str, right: str, *operators: str) -> Callable[[int], str]:
        def write(depth: int) -> str:
            return f"({getattr(self, left)(depth)} {self._one(operators)} {getattr(self, right)(depth)})"

        return write

    def _chosen(self, first: str, second: str = "") -> Callable[[int], str]:
        def write(depth: int) -> str:
            start = f"case({self.condition(depth)}:{getattr(self, first)(depth)}"
            other = f",true:{getattr(self, second or first)(depth)}" if self._one((True, False)) else ""
            return f"{start}{other})"

        return write

    # Conditions

    def condition(self, depth: int) -> str:
        if depth <= 0:
            return self._one((self._compared, self._truth, self._asked, self._listed))(0)
        ways = (
            *(self._compared, self._compared, self._asked, self._listed, self._truth, self._truths_compared),
            *(self._members, self._members, self._words, self._combined, self._combined),
            lambda d: f"not {self.condition(d)}",
            self._chosen("condition"),
        )
        return self._one(ways)(depth - 1)

    def _kind(self) -> Callable[[int], str]:
        often = (self.texts, self.numbers, self.decimals, self.moments, self.dates, self.durations)
        return self._one((*often, self.times, self.codes, self.texts, self.numbers))

    def _compared(self, depth: int) -> str:
        kind = self._kind()
        return f"({kind(depth)} {self._one(COMPARATORS)} {kind(depth)})"

    def _truth(self, depth: int) -> str:
        truth = self._one((*self._scope.truths, *self._scope.truths, "true", "false"))
        return f"({truth}{self._one(('', '', ' eq null', ' ne null'))})"

    def _truths_compared(self, depth: int) -> str:
        return f"({self.condition(depth)} {self._one(EQUALITY)} {self.condition(depth)})"

    def _asked(self, depth: int) -> str:
        name = self._one(("contains", "startswith", "endswith", "matchesPattern"))
        second = _quoted(self._one(PATTERNS)) if name == "matchesPattern" else self.texts(depth)
        return f"{name}({self.texts(depth)},{second})"

    def _listed(self, depth: int) -> str:
        kind = self._kind()
        members = ",".join(kind(depth) for _ in range(self._choose(4)))
        return f"({kind(depth)} in ({members}))"

    def _combined(self, depth: int) -> str:
        return f"({self.condition(depth)} {self._one(('and', 'or'))} {self.condition(depth)})"

    def _members(self, depth: int) -> str:
        if not self._scope.members:
            return self._words(depth)
        path = self._one((*self._scope.members,))
        variable, inside = self._scope.members[path]
        question = self._one(("any", "all", "some"))
        if question == "some":
            return f"{path}/any()"
        return f"{path}/{question}({variable}:{Writer(self._choose, inside).condition(depth)})"

    def _words(self, depth: int) -> str:
        if not self._scope.words:
            return self._compared(depth)
        path = self._one(self._scope.words)
        if self._one((True, False)):
            return f"({self.texts(depth)} in {path})"
        return f"{path}/{self._one(('any', 'all'))}(w:w {self._one(COMPARATORS)} {self.texts(depth)})"


def _books(prefix: str, **more: Any) -> dict[str, Any]:
    """What is known of a book whose path is `prefix`."""
    names = {
        "texts": ("title", "note", "author/name", "editor/name"),
        "integers": ("id", "pages", "big"),
        "decimals": ("price", "weight"),
        "moments": ("lent_at",),
        "dates": ("printed",),
        "codes": ("code",),
        "truths": ("is_lent", "isof(pages,Edm.Int32)"),
    }
    found = {kind: tuple(_under(prefix, name) for name in paths) for kind, paths in names.items()}
    return {kind: (*paths, *more.get(kind, ())) for kind, paths in found.items()}


def _under(prefix: str, name: str) -> str:
    function, bracket, rest = name.rpartition("(")
    return f"{function}{bracket}{prefix}{rest}"


_INNERMOST = Scope(texts=("r/text", "b/title", "title"), integers=("r/stars", "r/id", "b/pages", "pages"))
"""In the reviews of a book of a review's reader, whose variable hides that of the review."""
_OF_READER = Scope(
    **_books("b/", texts=("r/text", "$it/note"), integers=("r/stars", "pages"), decimals=("price",)),
    members={"b/reviews": ("r", _INNERMOST)},
)
_OF_AUTHOR = Scope(**_books("b/", texts=("title",), integers=("$it/pages",)), words=("b/words",))
_REVIEW = Scope(
    texts=("r/text", "r/reader/name", "title", "$it/author/name"),
    integers=("r/stars", "r/id", "pages", "$it/id"),
    decimals=("price",),
    dates=("printed",),
    truths=("is_lent",),
    words=("words",),
    members={"r/reader/books": ("b", _OF_READER)},
)
_COUNTED = Scope(
    texts=("text", "$this/text", "reader/name", "$it/title"), integers=("stars", "$this/id", "$it/pages")
)
BOOK = Scope(
    **_books("", texts=("$it/title",)),
    words=("words",),
    members={"reviews": ("r", _REVIEW), "author/books": ("b", _OF_AUTHOR)},
    counted={"reviews": _COUNTED},
)
