"""When two ways of writing a name, an email address or a phone number mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

COUNTRY_DIGITS = 3
"""How long a country's calling code is at most (ITU-T E.164)."""
NATIONAL_DIGITS = 9
"""With fewer digits in common, two numbers of different length can well be of two people."""

FORMS = """
ab ag as bhd bv bvba co company corp corporation cv eirl gbr gmbh inc incorporated kft kg kgaa lc limited llc llp lp ltd
ltda mbh nv ohg oy oyj pc plc pllc pty pte sa sarl sas sc sdn se sl spa sprl srl ug vof
"""
LEGAL_FORMS = frozenset(FORMS.split())
"""What says how a company is made up, and not which one it is."""
ADDRESSED_AS = frozenset(["dr", "herr", "frau", "madame", "miss", "mister", "mr", "mrs", "ms", "prof", "sir"])
AFTER_NAMES = frozenset(["esq", "ii", "iii", "iv", "jr", "md", "phd", "sr"])

INITIALS = re.compile(r"\b(?:\w\.){2,}|\b\w(?:/\w)+\b")
"""Such as `B.V.`, `S.p.A` or `A/S`: one word, though there are dots in it."""
BETWEEN_WORDS = re.compile(r"[\W_]+")
WITHIN_WORDS = re.compile("['\u2019`]")
VERSUS = re.compile(r"\s+(?:v|vs|versus)\.?\s+|\s*/\s*", re.I)
CASE_WORDS = re.compile(
    r"\b(?:in re|in the matter of|matter of|estate of|ex parte|et al\.?)(?=\s|$)[:,]?", re.I
)
EXTENSION = re.compile(r"(?:ext\.?|x|#|;).*$", re.I)
TRUNK_IN_BRACKETS = re.compile(r"\(0\)")

LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
"""Letters that Unicode takes for letters of their own, and not for others with an accent."""


def folded(text: str) -> str:
    """The text without letter case and accents (Unicode, Normalization Form KD).

    >>> folded("Müller-STRASSE Øst")
    'muller-strasse ost'
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in parts if not unicodedata.combining(mark)).casefold().translate(LETTERS)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a folded text without punctuation; an apostrophe parts no word.

    >>> words_of("j.r. o'brien & sons")
    ('j', 'r', 'obrien', 'sons')
    """
    return tuple(BETWEEN_WORDS.sub(" ", WITHIN_WORDS.sub("", text)).split())


def person(name: str) -> tuple[str, ...]:
    """The words of a person's name, surname last, without titles.

    >>> person("Lovelace, Ada K."), person("Dr. Ada K Lovelace"), person("King, Jr., Martin L.")
    (('ada', 'k', 'lovelace'), ('ada', 'k', 'lovelace'), ('martin', 'l', 'king'))
    """
    surname, comma, given = folded(name).partition(",")
    turned = (*words_of(given), *words_of(surname)) if comma else words_of(surname)
    kept = tuple(word for word in turned if word not in ADDRESSED_AS and word not in AFTER_NAMES)
    return kept or turned


def company(name: str) -> tuple[str, ...]:
    """The words of a company's name, without an article before it and the legal forms after it.

    >>> company("The Acme Bolt Company, Inc."), company("Bolt GmbH & Co. KG"), company("AG")
    (('acme', 'bolt'), ('bolt',), ('ag',))
    >>> company("Bolt B.V."), company("Bolt, S.p.A."), company("Bolt and Sons A/S")
    (('bolt',), ('bolt',), ('bolt', 'sons'))
    """
    joined = INITIALS.sub(lambda found: re.sub("[./]", "", found[0]) + " ", folded(name))
    words = tuple(word for word in words_of(joined) if word != "and")
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return words


def parties_of_case(title: str) -> Iterator[str]:
    """The names in the title of a matter, the title itself first.

    >>> list(parties_of_case("Estate of Roe v. Bolt Ltd."))
    ['Estate of Roe v. Bolt Ltd.', 'Roe', 'Bolt Ltd.']
    """
    yield title
    for side in VERSUS.split(title):
        bare = CASE_WORDS.sub("", side).strip()
        if bare and bare != title:
            yield bare


def mailbox(address: str) -> str:
    """An email address without letter case, and without what is behind a plus in its first half.

    >>> mailbox(" Ada+Bills@Example.com ")
    'ada@example.com'
    """
    local, _, host = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def digits(number: str) -> str:
    """The digits of a phone number, without an extension and without the zeros that are dialled before it.

    >>> digits("+44 (0)20 7946-0958 ext. 12"), digits("020 7946 0958")
    ('442079460958', '2079460958')
    """
    bare = TRUNK_IN_BRACKETS.sub("", EXTENSION.sub("", unicodedata.normalize("NFKC", number)))
    return "".join(sign for sign in bare if sign in "0123456789").lstrip("0")


def is_same_number(one: str, other: str) -> bool:
    """Whether two numbers, as `digits` has them, differ by a country's calling code at most.

    >>> is_same_number("442079460958", "2079460958"), is_same_number("15035550100", "16035550100")
    (True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer:
        return bool(shorter)
    ends_alike = longer.endswith(shorter) and len(longer) - len(shorter) <= COUNTRY_DIGITS
    return ends_alike and len(shorter) >= NATIONAL_DIGITS
