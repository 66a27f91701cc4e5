"""The format of an answer, from `$format` or the `Accept` header (Protocol 4.01, 8.2.1 and 11.2.12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import request
from werkzeug.http import parse_options_header

from odata.annotations import Level
from odata.errors import NotAcceptable, excerpt

JSON, XML, CSV, TEXT = "application/json", "application/xml", "text/csv", "text/plain"
MULTIPART = "multipart/mixed"
SHORT = {"json": JSON, "xml": XML, "csv": CSV}
"""What `$format` may say for short."""

LEVELS = {level.value: level for level in Level}


@dataclass(frozen=True)
class Format:
    """How an answer is written.

    Args:
        level: how many annotations it has; exact_numbers: `IEEE754Compatible=true`. Both are for JSON.
        names_charset: whether the client spoke of the character encoding; then the answer does, too.
    """

    media: str
    level: Level = Level.MINIMAL
    exact_numbers: bool = False
    names_charset: bool = False

    @property
    def content_type(self) -> str:
        if self.media != JSON:
            return f"{self.media};charset=utf-8" if self.media != XML else self.media
        exact = ";IEEE754Compatible=true" if self.exact_numbers else ""
        charset = ";charset=utf-8" if self.names_charset else ""
        return f"{JSON};odata.metadata={self.level.value}{exact}{charset}"


def format_of_request(option: str | None, *offered: str) -> Format:
    """The format that the client likes best among those offered.

    Args:
        option: the value of `$format`; it counts more than the header.
        offered: media types, the usual one first.

    Raises:
        NotAcceptable: none of them will do.
    """
    if option is not None:
        return _negotiated(SHORT.get(option.strip().lower(), option), "$format", offered)
    return _negotiated(request.environ.get("HTTP_ACCEPT", ""), "Accept", offered)


@lru_cache(maxsize=256)
def _negotiated(accepted: str, where: str, offered: Sequence[str]) -> Format:
    if not accepted.strip():
        return Format(offered[0])
    found = max(_candidates(accepted, offered), key=lambda candidate: candidate[0], default=(0.0, None))
    if found[1] is None:
        raise NotAcceptable(
            f"{excerpt(accepted)} cannot be given here; ask for {' or '.join(offered)}.", target=where
        )
    return found[1]


def _candidates(accepted: str, offered: Sequence[str]) -> Iterator[tuple[float, Format]]:
    """Each thing that the client takes and that there is, with how much it is liked.

    What a client wants not at all (`q=0`) no wildcard brings back (RFC 9110, 12.5.1).
    """
    refused = set(_refused(accepted))
    for item in accepted.split(","):
        media, parameters = parse_options_header(item.strip())
        media, given = media.lower(), {name.lower(): value.lower() for name, value in parameters.items()}
        quality = _quality(given.get("q", "1"))
        level = LEVELS.get(given.get("odata.metadata") or given.get("metadata") or "minimal")
        exact = given.get("ieee754compatible", "false")
        charset = given.get("charset")
        if quality and level and exact in ("true", "false") and charset in (None, "utf-8", "us-ascii", "*"):
            for known in offered:
                if known not in refused and media in (known, "*/*", f"{known.partition('/')[0]}/*"):
                    yield quality, Format(known, level, exact == "true", charset is not None)
                    break


def _refused(accepted: str) -> Iterator[str]:
    for item in accepted.split(","):
        media, parameters = parse_options_header(item.strip())
        if list(parameters) == ["q"] and not _quality(parameters["q"]):
            yield media.lower()


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
