"""Properties that are text in JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields, missing, validate

from schemas.fields.base import Value

NAME_LENGTH = 255
"""How long a name may be. Names are indexed, and PostgreSQL refuses index rows over 2,704 bytes: a display
name made of two names still fits, in any script."""

EMAIL_LENGTH = 254
"""RFC 5321 section 4.5.3.1.3: a path has at most 256 octets, two of them its brackets."""

LOOKS_LIKE_EMAIL = validate.Email(error="Must be a valid email address.")
GUID = re.compile(
    r"(?P<brace>\{)?(?P<guid>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?(brace)\})", re.I | re.A
)


class Text(Value, fields.String):
    """Text that the database can hold.

    Args:
        max_length: the most characters.
        blank: whether text of nothing but spaces will do.
        trimmed: whether spaces around the text are dropped.
    """

    default_error_messages = {
        "null_character": "Null characters are not allowed.",
        "surrogate": "Not valid Unicode text.",
        "blank": "Must not be blank.",
    }

    def __init__(
        self, *, max_length: int | None = None, blank: bool = True, trimmed: bool = False, **kwargs: Any
    ) -> None:
        checks = [validate.Length(max=max_length)] if max_length is not None else []
        super().__init__(validate=[*checks, *kwargs.pop("validate", [])], **kwargs)
        self.blank = blank
        self.trimmed = trimmed

    def read(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if "\0" in value:
            raise self.make_error("null_character")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.make_error("surrogate") from None
        if not self.blank and not value.strip():
            raise self.make_error("blank")
        return value.strip() if self.trimmed else value


class ExternalId(Text):
    """The id by which another system knows the record. Whoever has never heard of it leaves it as it is, also
    in a replacement: left out, it stays. Null takes it away, and so does a blank."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=NAME_LENGTH, trimmed=True, load_default=missing, allow_none=True, **kwargs
        )

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        loaded = None if value is None else super().deserialize(value, *args, **kwargs)
        return None if loaded == "" else loaded


class Email(Text):
    """An email address. An empty text means that there is none."""

    default_error_messages = {"email": LOOKS_LIKE_EMAIL.error}

    def read(self, value: Any) -> Any:
        address = super().read(value).strip()
        if len(address) > EMAIL_LENGTH:
            raise self.make_error("email")
        return LOOKS_LIKE_EMAIL(address) if address else None


class Guid(Value, fields.String):
    """A GUID in any letter case, with or without braces; loads as its 36-character lower-case text."""

    default_error_messages = {"invalid": "Not a valid GUID."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="uuid", **kwargs)

    def read(self, value: Any) -> Any:
        found = GUID.fullmatch(value) if isinstance(value, str) else None
        if not found:
            raise self.make_error("invalid")
        return found["guid"].lower()


class Choice(Value, fields.String):
    """One of a few words, in any letter case; loads as the word written here."""

    def __init__(self, *choices: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices
        self.metadata = {**self.metadata, "enum": list(choices)}

    def read(self, value: Any) -> Any:
        return chosen(value, {choice: choice for choice in self.choices})


class Renamed(Value, fields.String):
    """A stored word that the door calls by another name; loads as the stored word.

    Args:
        names: the stored words and what the door calls them.
        enum: the words that the published contract lists, where it lists them; there may be more than names.
    """

    def __init__(self, names: Mapping[str, str], *, enum: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names
        if enum:
            self.metadata = {**self.metadata, "enum": list(enum)}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return (self.names or {}).get(value)

    def read(self, value: Any) -> Any:
        return chosen(value, {shown: stored for stored, shown in (self.names or {}).items()})


def chosen(value: Any, meanings: Mapping[str, str]) -> str:
    """The meaning of a word.

    Raises:
        ValidationError: it is not among the words; the message lists them.
    """
    for word, meaning in meanings.items():
        if isinstance(value, str) and value.casefold() == word.casefold():
            return meaning
    raise ValidationError(f"Must be one of: {', '.join(meanings)}.")
