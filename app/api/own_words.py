"""The words that a door has for pages and order besides OData's. Each is read once and taken out of the query."""

from __future__ import annotations

from app.errors import InvalidBody
from odata.limits import whole_number
from odata.options import Options


def taken(options: Options, word: str) -> list[str]:
    """The values of a parameter, in any letter case, which is then no longer there."""
    names = [name for name in options.custom if name.lower() == word]
    return [text for name in names for text in options.custom.pop(name)]


def once(options: Options, word: str) -> str:
    """The value of a parameter, which is then no longer there; empty where it is left out or blank.

    Raises:
        InvalidBody: it is there twice.
    """
    texts = [text.strip() for text in taken(options, word)]
    if len(texts) > 1:
        raise InvalidBody({word: ["Give this parameter once."]})
    return texts[0] if texts else ""


def counted(word: str, text: str, most: int) -> int:
    """The whole number that a parameter says, from 1.

    Raises:
        InvalidBody: it is no such number, or larger than `most`.
    """
    number = whole_number(text)
    if not number or number > most:
        raise InvalidBody({word: [f"Must be a whole number from 1 to {most}."]})
    return number
