"""What is asked for: eight queries, each with literals that change from one request to the next.

A server that kept whole answers, or plans for one literal only, would gain nothing by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from bench.data import LAST_NAMES

VARIANTS = 16
KEYS = 500
"""How many different entities W5 asks for."""

READABLE = "(),'$=/"
"""What may stand in a query string as it is."""

ENTITY_SET = "/odata/v4/TimeEntries"


NARROW = "id,date,hours,rate,description,is_billable,is_billed,created_at,updated_at,matter_id"
EXPANDED = "matter($expand=account)"
NARROW_EXPANDED = (
    "matter($select=id,number,name,status,open_date,created_at,updated_at;"
    "$expand=account($select=id,display_name,created_at,updated_at))"
)


@dataclass(frozen=True)
class Request:
    """One question in the words of both servers."""

    odata: str
    floor: str


@dataclass(frozen=True)
class Workload:
    """A kind of question, and its variants in the order in which they are asked."""

    name: str
    about: str
    requests: Sequence[Request]

    @property
    def of_floor(self) -> list[str]:
        return [request.floor for request in self.requests]

    @property
    def of_odata(self) -> list[str]:
        return [request.odata for request in self.requests]


def workloads(keys: Sequence[str]) -> list[Workload]:
    """W1 to W8.

    Args:
        keys: ids of time entries for W5.
    """
    return [
        Workload("W1", "a page of 50", [_list("w1", top=50)]),
        Workload("W2", "filtered, sorted, 50", _each(lambda i: _deposition("w2", i))),
        Workload("W3", "filter two joins away", _each(_of_client)),
        Workload("W4", "W2 with its count", _each(lambda i: _deposition("w4", i, count="true"))),
        Workload("W5", "one by its id", [Request(f"{ENTITY_SET}({key})", f"/w5?id={key}") for key in keys]),
        Workload("W6", "two levels expanded, 50", [_list("w6", expand=EXPANDED, top=50)]),
        Workload("W7", "from 100,000 on, 50", _each(_far_in)),
        Workload("W8", "a page of 1,000", [_list("w8", top=1_000)]),
    ]


def narrowed(workload: Workload) -> Workload:
    """The same, but asking Matterbase for just the columns that the floor shows."""
    requests = []
    for request in workload.requests:
        odata = request.odata.replace(EXPANDED, NARROW_EXPANDED)
        joint = "&" if "?" in odata else "?"
        requests.append(Request(f"{odata}{joint}$select={NARROW}", request.floor))
    return replace(workload, requests=requests)


def _each(make: Callable[[int], Request]) -> list[Request]:
    return [make(number) for number in range(VARIANTS)]


def _deposition(name: str, number: int, **more: str) -> Request:
    hours = f"{2 + number * 0.05:.2f}"
    condition = f"is_billable eq true and hours gt {hours} and contains(description,'deposition')"
    return _list(name, {"hours": hours}, filter=condition, orderby="date desc", top=50, **more)


def _of_client(number: int) -> Request:
    name = LAST_NAMES[number]
    condition = f"contains(matter/account/display_name,'{name}')"
    return _list("w3", {"name": name}, filter=condition, orderby="date desc", top=50)


def _far_in(number: int) -> Request:
    skip = 100_000 + number * 50
    return _list("w7", {"skip": skip}, skip=skip, top=50)


def _list(name: str, floor: dict[str, object] | None = None, **options: object) -> Request:
    asked = "&".join(f"${option}={quote(str(value), safe=READABLE)}" for option, value in options.items())
    return Request(f"{ENTITY_SET}?{asked}", f"/{name}" + (f"?{urlencode(floor)}" if floor else ""))
