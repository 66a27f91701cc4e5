"""From text to tokens, and from text to its shape: the same text with the values of its literals taken out.

One regular expression does both. Quantifiers are possessive and every character is looked at a bounded number
of times, so that the time is linear in the length. Positions are 0-based offsets into the decoded text.

Two kindnesses go beyond the ABNF: a string may stand in typographic quotes, as word processors write them,
and the `+` of a time zone may have become a blank, as it does where a client forgets to encode it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from odata.errors import SyntaxProblem
from odata.lexer_errors import explain
from odata.limits import DEFAULT, Limits

_NAME = r"[^\W\d]\w*+"
_DOTTED = rf"{_NAME}(?:\.{_NAME})*+"
_HEX = "[0-9A-Fa-f]"
_DATE = r"-?(?:0[0-9]{3}|[1-9][0-9]{3,}+)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_HOUR_MINUTE = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = rf"{_HOUR_MINUTE}(?::(?:[0-5][0-9]|60)(?:\.[0-9]{{1,12}}+)?)?"
_INNER_SEARCH = r"""[^()"\x00-\x1f]|"[^"\x00-\x1f]*+\""""
for _ in range(3):
    _INNER_SEARCH = rf"{_INNER_SEARCH}|\((?:{_INNER_SEARCH})*+\)"

_KEPT = {
    "name": rf"(?!(?:INF|NaN)(?!\w)){_DOTTED}(?!['-])",
    "mark": r"[(),/:=;{}\[\]]|-(?![0-9]|INF(?!\w))",
    "search": rf"\$(?i:search)[ \t]*+=(?:'(?:[^'\x00-\x1f]|'')*+'|(?:(?!;)(?:{_INNER_SEARCH}))*+)",
    "dollar": rf"\${_NAME}",
    "at": rf"@{_DOTTED}(?:\#{_NAME})?",
    "json": rf'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u{_HEX}{{4}}))*+"',
    "enum": rf"{_NAME}(?:\.{_NAME})++'[+-]?\w++(?:,[ ]*+[+-]?\w++)*+'",
    "binary": "(?i:binary)'[A-Za-z0-9_-]*+={0,2}'",
    "geography": r"(?i:geography)'[^'\x00-\x1f]*+'",
    "geometry": r"(?i:geometry)'[^'\x00-\x1f]*+'",
}
_REPLACED = {
    "string": r"'[^']*+(?:''[^']*+)*+'(?!\w)|[\u2018\u2019][^\u2018\u2019]*+\u2019",
    "guid": rf"{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}(?![\w-])",
    "datetime": rf"{_DATE}[Tt]{_TIME}(?:[Zz]|[ +-]{_HOUR_MINUTE})?(?![\w:.+-])",
    "date": rf"{_DATE}(?![\w:.+-])",
    "time": rf"{_TIME}(?![\w:.-])",
    "decimal": r"[+-]?[0-9]++(?:\.[0-9]++(?:[Ee][+-]?[0-9]++)?|[Ee][+-]?[0-9]++)(?![\w.-])"
    r"|-?INF(?!\w)|NaN(?!\w)",
    "integer": r"[+-]?[0-9]++(?![\w.-])",
    "duration": r"(?i:duration)'-?P(?=[0-9T])(?:[0-9]++D)?(?:T(?=[0-9])(?:[0-9]++H)?(?:[0-9]++M)?"
    r"(?:[0-9]++(?:\.[0-9]++)?S)?)?'",
}
_ALTERNATIVES = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in (_KEPT | _REPLACED).items())
_matches = re.compile(rf"[ \t]*+(?:{_ALTERNATIVES}|(?P<wrong>(?s:.))|\Z)").finditer

INT64 = range(-(2**63), 2**63)
SHORT, LONG = 18, 40
"""Characters of an integer literal that is an Edm.Int64 for certain, and of one that is none but for its zeros."""

_LAST_KEPT = len(_KEPT)
_LAST_REPLACED = len(_KEPT) + len(_REPLACED)

LITERALS = frozenset(_REPLACED)
"""The kinds of literal that a shape leaves out, and that become parameters of a statement."""

SEPARATOR = "\x1f"
"""Between the tokens of a key: no token that is kept can contain a control character."""

# No token begins with a question mark, so that none can be taken for a marker.
_MARKERS = {kind: f"?{kind}" for kind in _REPLACED}


class Token(NamedTuple):
    """One word of the text.

    Args:
        kind: a literal's kind (`string guid integer decimal date datetime time duration enum binary geography
            geometry json`), or `name` (also a keyword, and with dots), `mark`, `dollar` (`$it`), `at` (`@p`),
            `search` (`$search=…` within `/$count(…)`), or `end`, the last of every list.
        text: as written; only a datetime's is brought to upper case, with its `+`.
        position: where it begins.
    """

    kind: str
    text: str
    position: int


class Shape:
    """A text without the values of its literals.

    Attributes:
        key: equal for two texts if and only if they have the same tokens apart from the values of their
            literals of the kinds in `LITERALS`; each of those stands in it as a marker of its kind.
        literals: the tokens of those literals, in order.
    """

    __slots__ = ("_limits", "_text", "key", "literals")

    def __init__(self, text: str, limits: Limits, key: str, literals: list[Token]) -> None:
        self._text = text
        self._limits = limits
        self.key = key
        self.literals = literals

    @property
    def tokens(self) -> list[Token]:
        """All tokens, for the parser; made anew on each call, as a known shape never needs them."""
        return tokenize(self._text, self._limits)


def shape(text: str, limits: Limits = DEFAULT) -> Shape:
    """The shape of an expression's text.

    Raises:
        SyntaxProblem: a piece of the text is no token.
        LimitExceeded: the text is too long.
    """
    _check(text, limits)
    parts: list[str] = []
    literals: list[Token] = []
    add = parts.append
    for match in _matches(text):
        group = match.lastindex
        if group is None:
            break
        if group <= _LAST_KEPT:
            add(match[group])
        elif group <= _LAST_REPLACED:
            token = _token(match)
            add(_MARKERS[token.kind])
            literals.append(token)
        else:
            raise explain(text, match.start(group))
    return Shape(text, limits, SEPARATOR.join(parts), literals)


def tokenize(text: str, limits: Limits = DEFAULT) -> list[Token]:
    """The tokens of an expression's text, and an `end` token at its end.

    Raises:
        SyntaxProblem: a piece of the text is no token.
        LimitExceeded: the text is too long.
    """
    _check(text, limits)
    tokens: list[Token] = []
    for match in _matches(text):
        group = match.lastindex
        if group is None:
            break
        if group > _LAST_REPLACED:
            raise explain(text, match.start(group))
        tokens.append(_token(match))
    tokens.append(Token("end", "", len(text)))
    return tokens


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or ""
    text, position = match[kind], match.start(kind)
    if kind == "datetime":
        text = text.upper().replace(" ", "+")
    elif kind == "integer" and len(text) > SHORT and (len(text) > LONG or int(text) not in INT64):
        kind = "decimal"  # which the ABNF lets it be as well
    return Token(kind, text, position)


def _check(text: str, limits: Limits) -> None:
    """What no text may contain, because no database stores it."""
    limits.check_length(text)
    if "\0" in text:
        position = text.index("\0")
        raise SyntaxProblem(f"The character NUL at position {position} is not allowed.", position=position)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise SyntaxProblem(
                f"The text at position {error.start} is not Unicode: it holds half of a surrogate pair.",
                position=error.start,
            ) from None
