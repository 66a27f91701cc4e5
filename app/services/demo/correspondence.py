"""The demo firm's calls, notes and emails, with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from app.models.activities import CALL, EMAIL, NOTE
from app.services.demo.brief import Brief, Row
from app.services.demo.happenings import Happening
from app.services.demo.words import email
from app.services.emails import Address, written

MINUTES = tuple(Decimal(minutes) for minutes in (2, 4, 5, 8, 12, 15, 25, 40))


def calls(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.kind == CALL:
            yield {
                **each.row(brief),
                "contact_id": each.contact_id,
                "date": each.at,
                "call_direction": each.dice.choice(("Inbound", "Outbound")),
                "duration": each.dice.choice(MINUTES),
            }


def notes(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.kind == NOTE:
            yield {**each.row(brief), "date": each.at}


def emails(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.kind == EMAIL:
            sender, recipients, copied = _parties(brief, each)
            yield {
                **each.row(brief),
                "contact_id": each.contact_id,
                "date": each.at,
                "body_html": f"<p>{escape(each.text)}</p>",
                "from_line": written([sender]),
                "to_line": written(recipients),
                "cc_line": written(copied),
                "external_message_id": f"<{each.id}@example.com>",
                "external_thread_id": f"thread-{each.matter}",
            }


def addresses(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.kind == EMAIL:
            sender, recipients, copied = _parties(brief, each)
            for role, some in (("From", [sender]), ("To", recipients), ("Cc", copied)):
                for position, address in enumerate(some):
                    yield {
                        "id": brief.id(f"{role} of {each.id}", position),
                        "activity_id": each.id,
                        "role": role,
                        "position": position,
                        **address,
                        "created_at": each.made,
                    }


def _parties(brief: Brief, each: Happening) -> tuple[Address, list[Address], list[Address]]:
    """Who sent it, to whom, and with a copy to whom: by turns from the firm and from the client."""
    client = each.client
    name = f"{client.first_name} {client.last_name}"
    theirs = _address(name, email(client.first_name, client.last_name))
    ours = _address(each.colleague.name, each.colleague.email)
    if each.id < "8":
        return theirs, [ours], []
    administrator = brief.administrator
    if each.id > "d" and administrator != each.colleague:
        return ours, [theirs], [_address(administrator.name, administrator.email)]
    return ours, [theirs], []


def _address(name: str, address: str) -> Address:
    mailbox, _, host = address.rpartition("@")
    return {"address": address, "display_name": name, "mailbox": mailbox, "host": host}
