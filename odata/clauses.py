"""$select and $expand: lists of paths, each with options of its own in parentheses.

Options within parentheses stay text, with the position at which it begins; whoever carries them out parses
them with the same functions, and adds that position to what goes wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from odata.errors import InvalidOption, SyntaxProblem, UnknownOption, excerpt, suggest
from odata.limits import DEFAULT, Limits
from odata.names import option_name
from odata.splitting import Piece, split

_NAME = r"[^\W\d]\w*+"
_DOTTED = rf"{_NAME}(?:\.{_NAME})*+"
_segment = re.compile(rf"{_DOTTED}(?:\.\*)?|@{_DOTTED}(?:#{_NAME})?|\*|\$(?:ref|count|value)").fullmatch
_alias = re.compile(rf"@{_NAME}").fullmatch
_levels = re.compile(r"[1-9][0-9]{0,8}|max", re.IGNORECASE).fullmatch

_COUNT_OPTIONS = frozenset({"filter", "search"})
_REF_OPTIONS = _COUNT_OPTIONS | {"orderby", "skip", "top", "count"}
_STAR_OPTIONS = frozenset({"levels"})
_EXPAND_OPTIONS = _REF_OPTIONS | {"select", "expand", "compute", "levels"}


@dataclass(frozen=True, slots=True)
class SelectItem:
    """One item of $select.

    Args:
        path: its segments; also `*`, `Ns.*`, a type's qualified name or an annotation.
        options: the text in its parentheses, or None; of a function, the names of its parameters.
        position: where the item begins.
    """

    path: tuple[str, ...]
    options: str | None
    position: int


@dataclass(frozen=True, slots=True)
class ExpandItem:
    """One item of $expand.

    Args:
        path: its segments, without `$ref` and `$count`; also `*` and `$value`.
        options: the texts of its options by name, as `odata.options` names them; aliases with their `@`.
        position: where the item begins.
        count_only: it ended in `/$count`.
        ref: it ended in `/$ref`.
        option_positions: where the text of each option begins.
    """

    path: tuple[str, ...]
    options: dict[str, str]
    position: int
    count_only: bool = False
    ref: bool = False
    option_positions: dict[str, int] = field(default_factory=dict)

    @property
    def aliases(self) -> dict[str, str]:
        """The values of parameter aliases that hold within it."""
        return {name: text for name, text in self.options.items() if name.startswith("@")}


def parse_select(text: str, limits: Limits = DEFAULT) -> list[SelectItem]:
    """Parse the text of $select.

    Raises:
        SyntaxProblem: an item is no path, or quotes or brackets do not match.
        LimitExceeded: it is too long, too deep or has too many items.
    """
    limits.check_length(text)
    found = []
    for piece in split(text, ",", limits):
        path, options = _path_and_options(piece)
        if path[-1].startswith("$"):
            raise SyntaxProblem(f"{excerpt(path[-1])} cannot be selected.", position=piece.position)
        if options is not None:
            split(options.text, ";", limits, options.position)
        found.append(SelectItem(path, None if options is None else options.text, piece.position))
    return found


def parse_expand(text: str, limits: Limits = DEFAULT) -> list[ExpandItem]:
    """Parse the text of $expand.

    Raises:
        SyntaxProblem: an item is no path, or quotes or brackets do not match.
        UnknownOption: an option in parentheses does not exist or is not allowed there.
        InvalidOption: such an option stands twice, or `$levels` is neither a positive number nor `max`.
        LimitExceeded: it is too long, too deep or has too many items.
    """
    limits.check_length(text)
    return [_expand_item(piece, limits) for piece in split(text, ",", limits)]


def _expand_item(piece: Piece, limits: Limits) -> ExpandItem:
    path, within = _path_and_options(piece)
    last = path[-1]
    if last in ("$ref", "$count"):
        path = path[:-1]
    allowed = _allowed(path, last)
    if not path or (last == "$count" and path[-1] == "*") or path[-1].endswith(".*"):
        raise SyntaxProblem(f"{excerpt(piece.text)} cannot be expanded.", position=piece.position)
    options: dict[str, str] = {}
    positions: dict[str, int] = {}
    for option in split(within.text, ";", limits, within.position) if within and within.text else ():
        name, value = _option(option, allowed)
        if name in options:
            raise InvalidOption(
                f"The option '{name}' stands twice, again at position {option.position}.",
                position=option.position,
            )
        options[name], positions[name] = value
    return ExpandItem(path, options, piece.position, last == "$count", last == "$ref", positions)


def _allowed(path: tuple[str, ...], last: str) -> frozenset[str]:
    if last == "$count":
        return _COUNT_OPTIONS
    if last == "$ref":
        return _REF_OPTIONS if path and path[-1] != "*" else frozenset()
    if last == "$value":
        return frozenset()
    return _STAR_OPTIONS if last == "*" else _EXPAND_OPTIONS


def _option(option: Piece, allowed: frozenset[str]) -> tuple[str, Piece]:
    """The name and the value of one `name=value`."""
    written, equals, value = option.text.partition("=")
    position = option.position
    if not equals or not written:
        raise SyntaxProblem(f"Expected an option such as $top=5 at position {position}.", position=position)
    name = written if _alias(written) and allowed is _EXPAND_OPTIONS else option_name(written, bare=True)
    if name is None or (name not in allowed and not name.startswith("@")):
        hint = suggest(written.lstrip("$"), allowed)
        raise UnknownOption(
            f"The option {excerpt(written)} at position {position} cannot be used there{hint}",
            position=position,
        )
    if name == "levels" and not _levels(value):
        raise InvalidOption(
            f"$levels at position {position} must be a positive number or 'max', not {excerpt(value)}.",
            position=position,
        )
    return name, Piece(value, position + len(written) + 1)


def _path_and_options(piece: Piece) -> tuple[tuple[str, ...], Piece | None]:
    """The segments of an item's path, and what stands in parentheses behind it."""
    head, bracket, tail = piece.text.partition("(")
    options: Piece | None = None
    if bracket:
        if not tail.endswith(")"):
            at = piece.position + len(piece.text)
            raise SyntaxProblem(f"Expected ',' or the end after ')' before position {at}.", position=at)
        options = Piece(tail[:-1], piece.position + len(head) + 1)
    segments = tuple(head.rstrip(" \t").split("/"))
    position = piece.position
    for index, segment in enumerate(segments):
        rest = segments[index + 1 :]
        # A star or a symbol such as $count ends a path; only */$ref goes on.
        ends = segment[:1] == "$" or segment[-1:] == "*"
        if not _segment(segment) or (ends and rest and (segment, rest) != ("*", ("$ref",))):
            found = excerpt(segment) if segment else "nothing"
            raise SyntaxProblem(
                f"Expected a property at position {position}, but found {found}.", position=position
            )
        position += len(segment) + 1
    return segments, options
