"""The addresses of an email, kept twice: one a row, and as the line of its header (RFC 5322 section 3.4).

A door writes the one or the other. Whichever it writes, the other is worked out from it; what comes back as it
was stays as it was, however it was once spelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.utils import getaddresses
from typing import Any

from app.errors import InvalidBody
from app.services.records import Values

Address = dict[str, Any]

LINES = {
    "sender": "from_line",
    "recipients": "to_line",
    "copied": "cc_line",
    "blind_copied": "bcc_line",
}
"""The links to addresses, and the columns that hold the same as a line."""

LONGEST = 20_000
"""Of a line, in characters: some hundred addresses."""

MOST_ESCAPES = 500
"""Backslashes on a line; the parser looks at the rest of the line for each."""

QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')


def settle_addresses(email: Any, values: Values) -> None:
    """Complete addresses by their line, and lines by their addresses.

    Args:
        email: as it is so far.
        values: links of `LINES` with dicts of `address` and `display_name`, or their lines. Where both are
            there, a line that is not as it was is what the client changed.

    Raises:
        InvalidBody: names the line or the address that cannot be read.
    """
    for link, line in LINES.items():
        given = (values[line] or "").strip() or None if line in values else getattr(email, line)
        if given != getattr(email, line):
            found = _read(line, given)
            if link == "sender" and len(found) > 1:
                raise InvalidBody({line: ["An email is from one address."]})
            values[line] = given
            values[link] = _as_linked(link, found)
        elif link in values:
            addresses = [_complete(link, address) for address in _as_list(values[link])]
            values[link] = _as_linked(link, addresses)
            values[line] = _line_of(addresses, so_far=given)
        elif line in values:
            values[line] = given


def refuse_addresses(values: Values) -> None:
    """What is not an email has no addresses.

    Raises:
        InvalidBody: the client gives some.
    """
    given = [name for name in (*LINES, *LINES.values()) if values.get(name)]
    if given:
        raise InvalidBody({name: ["Only an email has addresses."] for name in given})


def parse(line: str | None) -> list[Address]:
    """The addresses on a line.

    Raises:
        ValueError: it cannot be read.

    >>> parse('Ada Lovelace <ada@example.com>, bob@example.com')[0]
    {'address': 'ada@example.com', 'display_name': 'Ada Lovelace', 'mailbox': 'ada', 'host': 'example.com'}
    """
    line = (line or "").strip(" ,")
    if not line:
        return []
    if len(line) > LONGEST or line.count("\\") > MOST_ESCAPES:
        raise ValueError("too long")
    try:
        found = getaddresses([line])
    except RecursionError:  # of comments within comments
        raise ValueError("too deep") from None
    # Older parsers take an address out of a name that has no quotes: one that nobody wrote (CVE-2023-27043).
    plain = QUOTED.sub("", line)
    if not plain.count("@") == plain.count(",") + 1 == len(found):
        raise ValueError("an @ or a comma too many")
    return [_address(address, name) for name, address in found]


def written(addresses: Iterable[Address]) -> str | None:
    """The addresses as a line; unlike `email.utils.formataddr` it leaves names as people read them.

    >>> written([{"address": "ada@example.com", "display_name": "Lovelace, Ada"}, {"address": "b@example.com"}])
    '"Lovelace, Ada" <ada@example.com>, b@example.com'
    """
    return ", ".join(_written(each["address"], each.get("display_name")) for each in addresses) or None


def _written(address: str, name: str | None) -> str:
    if not name:
        return address
    escaped = " ".join(name.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def _address(address: str, name: str | None) -> Address:
    mailbox, _, host = address.rpartition("@")
    if not mailbox or not host or any(character.isspace() for character in host):
        raise ValueError(address)
    shown = " ".join((name or "").split()) or None  # a line break would be another header's in an email
    return {"address": address, "display_name": shown, "mailbox": mailbox, "host": host}


def _read(line: str, given: str | None) -> list[Address]:
    try:
        return parse(given)
    except ValueError:
        raise InvalidBody({line: ["Not a list of email addresses, with commas between."]}) from None


def _complete(link: str, given: Address) -> Address:
    try:
        return _address(given.get("address") or "", given.get("display_name"))
    except ValueError:
        raise InvalidBody(
            {link: ["Every address needs a mailbox and a host, as in ada@example.com."]}
        ) from None


def _line_of(addresses: Sequence[Address], so_far: str | None) -> str | None:
    """The line that the email has, where it says the same."""
    try:
        return so_far if parse(so_far) == addresses else written(addresses)
    except ValueError:
        return written(addresses)


def _as_list(linked: Any) -> list[Address]:
    return [linked] if isinstance(linked, dict) else list(linked or ())


def _as_linked(link: str, addresses: list[Address]) -> Any:
    """Of the sender there is one or none, of the others a list."""
    if link == "sender":
        return addresses[0] if addresses else None
    return addresses
