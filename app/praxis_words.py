"""What the Praxis door calls a thing that the rules call otherwise.

The rules serve every door and know none, and so their sentences speak of accounts and matters.
"""

from __future__ import annotations

import re

NOUNS = {
    "account": "client",
    "accounts": "clients",
    "matter": "case",
    "matters": "cases",
    "tasks": "deadlines",
}
"""A task by itself stays: in the rules it is a kind of UTBMS code."""
QUOTED = r"(?<!\w)'.*?'(?!\w)"
OF_A_BANK = r"\b(?:bank|operating|trust) accounts?\b"
WORD = re.compile(rf"{QUOTED}|{OF_A_BANK}|\b({'|'.join(NOUNS)})\b")


def at_praxis(sentence: str) -> str:
    """A sentence of the rules in the words of the Praxis door; what it quotes stays.

    >>> at_praxis("Name the account, or a matter that has one.")
    'Name the client, or a case that has one.'
    >>> at_praxis("The trust account holds 5.00 for the account in general.")
    'The trust account holds 5.00 for the client in general.'
    >>> at_praxis("This needs the scope 'matters:write'; it is the account's.")
    "This needs the scope 'matters:write'; it is the client's."
    """
    return WORD.sub(lambda found: NOUNS.get(found[1], found[0]), sentence)
