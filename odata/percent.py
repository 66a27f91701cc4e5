"""Percent-decoding of a query string, strictly: what is no UTF-8 is refused and not replaced."""

from __future__ import annotations

import re

from odata.errors import InvalidOption, excerpt

_stray = re.compile("%(?![0-9A-Fa-f]{2})").search
_escapes = re.compile("(?:%[0-9A-Fa-f]{2})+")
_ASCII = {f"{code:02{case}}": chr(code) for code in range(128) for case in "xX"}
"""What the two digits of an escape stand for, where that is a character of its own."""


def decode(raw: str) -> str:
    """The text that a name or a value stands for; `+` is a blank (WHATWG URL, urlencoded parsing).

    Raises:
        InvalidOption: an escape is incomplete, or the bytes are not UTF-8.
    """
    if "+" in raw:
        raw = raw.replace("+", " ")
    if "%" not in raw:
        return raw
    # Most escapes are blanks, and a percent sign begins nothing but an escape.
    text = raw.replace("%20", " ")
    if "%" not in text:
        return text
    head, *rest = text.split("%")
    try:
        return head + "".join([_ASCII[piece[:2]] + piece[2:] for piece in rest])
    except KeyError:
        return _decode_any(text)


def _decode_any(text: str) -> str:
    """The same for all of Unicode, and the place where errors are found."""
    if _stray(text):
        raise InvalidOption(f"{excerpt(text)} has an incomplete escape; write a percent sign as %25.")
    try:
        return _escapes.sub(_octets, text)
    except UnicodeDecodeError:
        raise InvalidOption(f"{excerpt(text)} is not UTF-8 once it is decoded.") from None


def _octets(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode()
