"""What records are called when another one points at them (behaviour of the live API, `display_name`)."""

from __future__ import annotations


def user_name(first: str | None, last: str | None) -> str:
    """
    >>> user_name("Ada", "Lovelace")
    'Ada Lovelace'
    """
    return _joined(first, last)


def contact_name(first: str | None, middle: str | None, last: str | None) -> str:
    """
    >>> contact_name("Ada", "King", "Lovelace")
    'Ada K. Lovelace'
    """
    return _joined(first, _initial(middle), last)


def full_name(first: str | None, middle: str | None, last: str | None, suffix: str | None) -> str:
    """The whole name of somebody whom the firm does not work for.

    >>> full_name("Ada", "King", "Lovelace", None)
    'Ada King Lovelace'
    """
    return _joined(first, middle, last, suffix)


def account_name(company: str | None, first: str | None, middle: str | None, last: str | None) -> str:
    """A company by its name, a person as a filing cabinet has it.

    >>> account_name(None, "Ada", "King", "Lovelace")
    'Lovelace, Ada K.'
    >>> account_name("Analytical Engines Ltd.", "Ada", None, "Lovelace")
    'Analytical Engines Ltd.'
    """
    if company and company.strip():
        return company.strip()
    given = _joined(first, _initial(middle))
    return ", ".join(part for part in (_joined(last), given) if part)


def matter_name(number: int, name: str) -> str:
    """
    >>> matter_name(7, "Estate of Lovelace")
    '7 - Estate of Lovelace'
    """
    return f"{number} - {name}"


def _joined(*parts: str | None) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())


def _initial(name: str | None) -> str | None:
    name = (name or "").strip()
    return f"{name[0]}." if name else None
