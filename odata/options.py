"""From the query string to its options: what is asked, before any of it is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field

from odata.errors import InvalidOption, LimitExceeded, UnknownOption, excerpt, suggest
from odata.limits import DEFAULT, LARGEST, Limits, whole_number
from odata.names import SYSTEM_OPTIONS, option_name
from odata.percent import decode

_TEXTS = SYSTEM_OPTIONS - {"top", "skip", "count", "index"}
# Names as clients mostly write them, so that a request costs one look-up for each.
_EXACT = {f"{dollar}{name}": name for name in SYSTEM_OPTIONS for dollar in ("$", "%24")}
_TRUTH = {"true": True, "false": False}


@dataclass(slots=True)
class Options:
    """The options of one request; what is not asked for is None, or False, or empty.

    Args:
        aliases: values of parameter aliases, by name with the `@`, undecoded as expressions.
        custom: all other parameters, by name, each with its values in order.
    """

    filter: str | None = None
    orderby: str | None = None
    select: str | None = None
    expand: str | None = None
    search: str | None = None
    compute: str | None = None
    apply: str | None = None
    format: str | None = None
    skiptoken: str | None = None
    deltatoken: str | None = None
    schemaversion: str | None = None
    id: str | None = None
    top: int | None = None
    skip: int | None = None
    index: int | None = None
    count: bool = False
    aliases: dict[str, str] = field(default_factory=dict)
    custom: dict[str, list[str]] = field(default_factory=dict)


def parse_options(query_string: str | bytes, limits: Limits = DEFAULT, *, bare: bool = False) -> Options:
    """Read a raw query string.

    Args:
        query_string: what follows the `?`, still percent-encoded; as bytes where it comes from the wire.
        limits: what it may cost.
        bare: whether `filter` means `$filter`, as OData 4.01 has it. Without it such names are custom ones.

    Raises:
        UnknownOption: a name begins with `$` and is no option.
        InvalidOption: an option is repeated or has a value outside its range, or the text cannot be decoded.
        LimitExceeded: there are too many parameters, or one is too long.
    """
    text = _text(query_string)
    options = Options()
    if not text:
        return options
    parameters = text.split("&")
    if len(parameters) > limits.max_terms:
        raise LimitExceeded(f"The query has {len(parameters)} parameters; max_terms is {limits.max_terms}.")
    seen: set[str] = set()
    for parameter in parameters:
        if parameter:
            _read(parameter, options, seen, limits, bare)
    return options


def _text(query_string: str | bytes) -> str:
    """The query string as text without NUL, which no database stores."""
    try:
        if isinstance(query_string, bytes):
            query_string = query_string.decode()
        elif not query_string.isascii():
            query_string.encode()
    except UnicodeError:
        raise InvalidOption("The query string is not UTF-8; percent-encode it.") from None
    if "%00" in query_string or "\0" in query_string:
        raise InvalidOption("The query string holds the character NUL, which is not allowed.")
    return query_string


def _read(parameter: str, options: Options, seen: set[str], limits: Limits, bare: bool) -> None:
    """Put one `name=value` where it belongs."""
    written, equals, raw = parameter.partition("=")
    value = decode(raw)
    name = _EXACT.get(written)
    if name is None:
        written = decode(written)
        name = option_name(written, bare=bare)
        if name is None or name not in SYSTEM_OPTIONS:
            _other(written, value, options)
            return
    if name in seen:
        raise InvalidOption(f"The option ${name} is given more than once.", target=f"${name}")
    seen.add(name)
    if not equals:
        raise InvalidOption(f"The option ${name} has no value; write ${name}=….", target=f"${name}")
    if name in _TEXTS:
        if len(value) > limits.max_length:
            limits.check_length(value, f"${name}")
        setattr(options, name, value)
    else:
        setattr(options, name, _READERS[name](name, value))


def _other(name: str, value: str, options: Options) -> None:
    """An alias or a custom parameter; a name with `$` can be neither."""
    if name.startswith("$"):
        hint = suggest(name, [f"${known}" for known in SYSTEM_OPTIONS])
        raise UnknownOption(f"Unknown query option {excerpt(name)}{hint}", target=name)
    if not name.startswith("@"):
        options.custom.setdefault(name, []).append(value)
    elif name in options.aliases:
        raise InvalidOption(f"The parameter alias {excerpt(name)} is given more than once.", target=name)
    else:
        options.aliases[name] = value


def _number(name: str, value: str) -> int:
    number = whole_number(value)
    if number is None:
        raise InvalidOption(
            f"${name} must be a whole number from 0 to {LARGEST}, not {excerpt(value)}.", target=f"${name}"
        )
    return number


def _signed(name: str, value: str) -> int:
    return -_number(name, value[1:]) if value.startswith("-") else _number(name, value)


def _truth(name: str, value: str) -> bool:
    truth = _TRUTH.get(value.lower())
    if truth is None:
        raise InvalidOption(f"${name} must be true or false, not {excerpt(value)}.", target=f"${name}")
    return truth


_READERS = {"top": _number, "skip": _number, "index": _signed, "count": _truth}
