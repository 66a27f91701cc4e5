"""The names of the system query options (Protocol 4.01, 11.2.1), however they are written."""

from __future__ import annotations

SYSTEM_OPTIONS = frozenset(
    {"apply", "compute", "count", "deltatoken", "expand", "filter", "format", "id", "index", "orderby"}
    | {"schemaversion", "search", "select", "skip", "skiptoken", "top"}
)
"""Those of a request; `levels` belongs only to an expanded property."""

_KNOWN = SYSTEM_OPTIONS | {"levels"}


def option_name(written: str, *, bare: bool) -> str | None:
    """The option's name in lower case without its `$`, or None where it is none.

    Args:
        written: the name as the client wrote it, in any letter case (Protocol 4.01, 11.2.1).
        bare: whether a name without `$` counts, as OData 4.01 has it; a service with parameters of its own
            that are called alike cannot do so.
    """
    name = written.lower()
    if name.startswith("$"):
        name = name[1:]
    elif not bare:
        return None
    return name if name in _KNOWN else None
