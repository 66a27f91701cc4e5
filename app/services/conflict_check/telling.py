"""Puts matches into words, and keeps from the asker what is on matters that they may not see.

A conflict there must be told all the same, or the check would be worth nothing; so it says that there is one, and
neither on which matter nor with whom (docs/decisions/0017 says what is out of sight).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.services.conflict_check.candidates import Known, Record
from app.services.conflict_check.comparing import Match

HIDDEN = "a matter that you may not see"
HIDDEN_RECORD = {"kind": "matter", "id": None, "display_name": HIDDEN}
HIDDEN_MATTER = {"id": None, "display_name": HIDDEN, "status": None}
NOT_SHOWN = {"field": None, "value": None}
ASK = "Ask somebody who sees all of the firm's matters."

MOST_MATTERS = 20
"""How many matters one match lists; it tells how many there are."""


def told(matches: Iterable[Match], known: Known) -> list[dict[str, Any]]:
    """The matches as the answer has them. What is hidden is told once for each value that is sought."""
    found: dict[Any, dict[str, Any]] = {}
    for match in matches:
        if is_hidden(match.candidate.record, known):
            found.setdefault(match.sought, _told_of_hidden(match))
        else:
            found[match.sought, match.candidate.record] = _told(match, known)
    return list(found.values())


def is_hidden(record: Record, known: Known) -> bool:
    return record.on_matter and known.seen is not None and not known.seen.issuperset(record.matter_ids)


def _told(match: Match, known: Known) -> dict[str, Any]:
    candidate, record = match.candidate, match.candidate.record
    return {
        "record": {"kind": record.kind, "id": record.id, "display_name": record.display_name},
        "matched": {"field": candidate.field, "value": candidate.text},
        **_how(match),
        "reason": match.verdict.reason,
        **_matters(record.matter_ids, known),
    }


def _told_of_hidden(match: Match) -> dict[str, Any]:
    return {
        "record": HIDDEN_RECORD,
        "matched": NOT_SHOWN,
        **_how(match),
        "reason": f"This has to do with {HIDDEN}. {ASK}",
        "matters": [HIDDEN_MATTER],
        "matter_count": 1,
    }


def _how(match: Match) -> dict[str, Any]:
    return {
        "sought": {"sort": match.sought.sort, "value": match.sought.text},
        "kind": match.verdict.kind,
        "score": match.verdict.score,
    }


def _matters(ids: Iterable[str], known: Known) -> dict[str, Any]:
    """The matters of a record; all those that are hidden are one."""
    matters = []
    hidden = False
    for key in ids:
        if known.seen is not None and key not in known.seen:
            hidden = True
        else:
            name, status = known.matters[key]
            matters.append({"id": key, "display_name": name, "status": status})
    matters.sort(key=lambda matter: (matter["display_name"], matter["id"]))
    listed: list[dict[str, Any]] = [*([HIDDEN_MATTER] if hidden else []), *matters]
    return {"matters": listed[:MOST_MATTERS], "matter_count": len(listed)}
