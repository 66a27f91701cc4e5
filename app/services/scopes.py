"""The scopes of this API, and how people read them.

Each area is one of the resource table's, but for `webhooks` (a test compares the two).
"""

from __future__ import annotations

from oauth.scopes import FULL, READ, READING, Catalogue, allows, parse

AREAS = {
    "accounts": "accounts: the firm's clients and their companies",
    "activities": "activities: tasks, events, emails, calls and notes",
    "bankaccounts": "bank accounts and their balances",
    "calllogs": "call logs",
    "conflictchecks": "conflict checks: whether names are among the firm's clients, contacts, parties and matters",
    "contacts": "contacts",
    "customfields": "custom fields and what they are set to",
    "emails": "emails",
    "events": "events of the calendar",
    "expensecategories": "expense categories",
    "expenses": "expenses",
    "files": "files and what is in them",
    "flatfees": "flat fees",
    "invoices": "invoices",
    "items": "items of the price list",
    "lookups": "lookups: the lists that values are chosen from",
    "matters": "matters",
    "messages": "messages",
    "notes": "notes",
    "payments": "payments",
    "relationships": "relationships between people and matters",
    "salestaxes": "sales taxes",
    "tags": "tags",
    "tasks": "tasks",
    "timeentries": "time entries",
    "users": "users: the people who work at the firm",
    "webhooks": "webhooks: the addresses that are told of changes",
}
"""What each area holds, as it stands after a verb."""
CATALOGUE = Catalogue(AREAS)

EVERYTHING = {
    FULL: ("Read, add, change and delete", "everything that you can reach in your firm's records."),
    READ: ("Read", "everything that you can see in your firm's records, without changing it."),
}


def in_words(scope: str) -> list[tuple[str, str]]:
    """What a scope allows: verbs and objects, a pair for each line. What another line contains is left out."""
    have = parse(scope)
    lines = []
    for part in CATALOGUE.scopes:
        if part in have and not allows(have - {part}, part):
            lines.append(EVERYTHING.get(part) or _of_area(part))
    return lines


def _of_area(scope: str) -> tuple[str, str]:
    area = scope.partition(":")[0]
    return ("Read" if scope.endswith(READING) else "Add, change and delete", f"{AREAS[area]}.")
