"""The filter of the audit trail, as it stands in the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request

from app.services.audit import ACTIONS
from app.services.audit_trail import Filter

FIELDS = ("action", "user", "app", "from", "to")
DAY = dt.timedelta(days=1)
LAST_DAY = dt.datetime(9_000, 1, 1, tzinfo=dt.UTC)
GROUPS = {
    "sign_in": "all sign-ins",
    "second_factor": "all of the second factor",
    "recovery_code": "all of recovery codes",
    "app": "all about registering apps",
    "access": "all requests for access",
    "grant": "all grants",
    "token": "all tokens",
    "user": "all about users",
    "webhook": "all about webhooks",
}
"""The first words of several actions, which stand for all of them."""


@dataclass
class AuditForm:
    """What was chosen, and what is wrong with it.

    Args:
        typed: the fields that are filled in.
        filter: what they mean; nothing is to be shown where something is wrong.
    """

    typed: dict[str, str]
    filter: Filter
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def query(self, **more: str) -> str:
        """The filter as a query string, to be had again."""
        return urlencode({**self.typed, **more})


def of_request() -> AuditForm:
    """The filter of this request; days are those of UTC, and the last one is included."""
    typed = {name: request.args[name].strip() for name in FIELDS if request.args.get(name, "").strip()}
    wrong: dict[str, list[str]] = {}
    since, until = (_day(typed, name, wrong) for name in ("from", "to"))
    chosen = Filter(
        action=typed.get("action"),
        user_id=typed.get("user"),
        client_id=typed.get("app"),
        since=since,
        until=until and until + DAY,
        before=request.args.get("before"),
    )
    return AuditForm(typed, chosen, wrong)


def actions() -> list[tuple[str, str]]:
    """What can be chosen, and how it reads."""
    return sorted([*GROUPS.items(), *ACTIONS.items()], key=lambda pair: (pair[0].split(".")[0], pair))


def _day(typed: dict[str, str], name: str, wrong: dict[str, list[str]]) -> dt.datetime | None:
    """The moment at which the day begins; None where there is none, and `wrong` says so where it is no day."""
    if name not in typed:
        return None
    try:
        day = dt.datetime.strptime(typed[name], "%Y-%m-%d").replace(tzinfo=dt.UTC)
    except ValueError:
        wrong[name] = ["A day is written as 2026-11-22."]
        return None
    return min(day, LAST_DAY)
