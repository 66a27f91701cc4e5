"""`stats` and `overdue`: sums over a list, each of one statement of the query engine.

So they see what the list sees, of one moment, whoever writes meanwhile. The statement groups; what is folded here is
only its few rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import Response, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from app.api.crud import Crud
from app.api.dialects import Dialect
from app.api.documentation import list_parameters
from app.api.praxis.envelope import Page, envelope_of, enveloped
from app.api.praxis.paging import Pagination, read_paging
from app.api.reading import planned, query_options, refuse_options
from app.api.resources import Face, Resource
from app.api.routes import add_route
from odata.options import Options
from schemas.praxis import sums as sums_of
from schemas.praxis.cases import AGES

Row = Mapping[str, Any]
Fold = Callable[[list[Row]], dict[str, Any]]
AddRoutes = Callable[[Blueprint, Resource, Face, Dialect], None]

BY_STATE = {"Billable": "billable", "Billed": "billed", "Paid": "billed", "NotBillable": "writtenOff"}
"""What becomes of a time entry's value: it can still be billed, it was, or it never will be."""
OF_CASES = "groupby((status,practiceArea,age),aggregate($count as count))"
OF_TIME = (
    "compute(year(date) as year,month(date) as month)/groupby((userId,user/name,year,month,status),"
    "aggregate(hours with sum as hours,amount with sum as value,$count as count))"
)
OF_OVERDUE = "groupby((daysOverdue),aggregate($count as count))"
LONGEST_FIRST = "dueDate,id"
NOT_OF_SUMS = (
    "orderby",
    "search",
    "apply",
    "top",
    "skip",
    "skiptoken",
    "select",
    "expand",
    "compute",
    "count",
)


def fold_cases(rows: list[Row]) -> dict[str, Any]:
    """How many cases there are by status, by practice area and by age."""
    return {
        "total": sum(row["count"] for row in rows),
        "byStatus": _counted(rows, "status"),
        "byPracticeArea": _counted(rows, "practiceArea"),
        "byAge": sorted(_counted(rows, "age"), key=lambda each: AGES.index(each["age"])),
    }


def fold_time(rows: list[Row]) -> dict[str, Any]:
    """Hours and value, billable, billed and written off: in all, by user and by month."""
    named = [
        {
            **row,
            "month": f"{row['year']:04}-{row['month']:02}",
            "userName": (row.get("user") or {}).get("name"),
        }
        for row in rows
    ]
    return {
        "total": _summed(named),
        "byUser": _grouped(named, ("userId", "userName")),
        "byMonth": _grouped(named, ("month",)),
        "byUserAndMonth": _grouped(named, ("userId", "userName", "month")),
    }


def fold_overdue(rows: list[Row]) -> dict[str, Any]:
    """How many deadlines are overdue, and for how many days."""
    days = sorted((row["daysOverdue"], row["count"]) for row in rows)
    return {
        "total": sum(count for _, count in days),
        "byDays": [{"days": number, "count": count} for number, count in days],
    }


def _counted(rows: Iterable[Row], name: str) -> list[dict[str, Any]]:
    counts: dict[Any, int] = defaultdict(int)
    for row in rows:
        counts[row[name]] += row["count"]
    return [
        {name: value, "count": counts[value]} for value in sorted(counts, key=lambda word: str(word or ""))
    ]


def _grouped(rows: Iterable[Row], names: tuple[str, ...]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    ordered = sorted(groups, key=lambda key: tuple(str(part or "") for part in reversed(key)))
    return [{**dict(zip(names, key, strict=True)), **_summed(groups[key])} for key in ordered]


def _summed(rows: Iterable[Row]) -> dict[str, Any]:
    nothing = {"entries": 0, "hours": Decimal(0), "value": Decimal(0)}
    sums: dict[str, dict[str, Any]] = {state: dict(nothing) for state in BY_STATE.values()}
    for row in rows:
        total = sums[BY_STATE[row["status"]]]
        total["entries"] += row["count"]
        for name in ("hours", "value"):
            total[name] += Decimal(str(row[name]))
    return {
        state: {"entries": total["entries"], "hours": float(total["hours"]), "value": float(total["value"])}
        for state, total in sums.items()
    }


class Sums(Crud):
    """The sums over the records of a face."""

    def stats(self, apply: str, fold: Fold) -> Response:
        """What a list comes to; its own parameters and `$filter` narrow it down."""
        options, given, headers = self._query(self._face.parameters)
        refuse_options(options, NOT_OF_SUMS, "means nothing here; the sums are as they are")
        return enveloped(fold(self._rows(options, given, apply)), headers)

    def overdue(self) -> Response:
        """The list, the longest overdue first; beside it how many there are for how many days."""
        page = Page(*read_paging(query_options(request.query_string)))
        given, headers = self._given(page.options, self._face.parameters)
        if page.options.orderby is None and page.options.apply is None:
            page = replace(page, options=replace(page.options, orderby=LONGEST_FIRST))
        summary = fold_overdue(self._rows(page.options, given, OF_OVERDUE))
        return page.answer(self._standard, g.caller, given, headers, summary=summary)

    def _rows(self, options: Options, given: Mapping[str, Any], apply: str) -> list[Row]:
        if options.filter is not None:
            # It has to be a filter by itself, so that it stays within the parentheses.
            alone = Options(filter=options.filter, aliases=options.aliases)
            planned(self._face.door, g.caller, self._standard.set, alone, {**given, **self._face.only})
            apply = f"filter({options.filter})/{apply}"
        rows, _ = self._standard.list(g.caller, Options(apply=apply, aliases=options.aliases), given)
        return rows


def stats(apply: str, fold: Fold, shape: type[Schema], summary: str) -> AddRoutes:
    """A function that adds the route `stats` of a face.

    Args:
        apply, fold: the statement, and what becomes of its rows.
        shape: what they come to, in the OpenAPI document.
    """

    def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
        sums = Sums(resource, face, dialect)
        address, read = f"{dialect.prefix}/{face.path}/stats", f"{resource.area}:read"
        parameters = list_parameters(face)["parameters"][: len(face.parameters) + 1]
        document = {"summary": summary, "parameters": parameters}
        shows = envelope_of(f"{shape.__name__}Answer", fields.Nested(shape))
        add_route(blueprint, address, "stats", "GET", read, lambda: sums.stats(apply, fold), shows, document)

    return add_routes


def overdue(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the route `overdue` of a face."""
    late = replace(face, path=f"{face.path}/overdue", only={**face.only, "is_overdue": True})
    sums = Sums(resource, late, dialect)
    page = fields.Nested(Pagination)
    many = fields.List(fields.Nested(face.standard))
    shows = envelope_of(
        f"Overdue{face.standard.__name__}Page",
        many,
        pagination=page,
        summary=fields.Nested(sums_of.OverdueSummary),
    )
    summary = "List the overdue deadlines, the longest overdue first"
    document = {"summary": summary, **list_parameters(face, dialect.manner)}
    address, read = f"{dialect.prefix}/{late.path}", f"{resource.area}:read"
    add_route(blueprint, address, "overdue", "GET", read, sums.overdue, shows, document)
