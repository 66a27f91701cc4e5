"""Where the requests of a batch go: within the service, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from app.api.odata.links import ROOT, service_root
from app.errors import InvalidBody

ASCII = "".join(map(chr, range(33, 127)))


def path_of(address: str, made: Mapping[str, str]) -> str:
    """The path and the query that an address means.

    Args:
        made: the addresses of what earlier requests made, by `$` and their id; the first segment of a
            relative address may be one of these (JSON Format 4.01, 19.1).

    Raises:
        InvalidBody: it leads out of the service, or is no address.
    """
    root = service_root()
    segment, slash, rest = address.partition("/")
    name, question, query = segment.partition("?")
    if name in made:
        address = f"{made[name]}{question}{query}{slash}{rest}"
    if address.startswith(f"{root}/"):
        address = ROOT + address.removeprefix(root)
    elif not address.startswith("/") and "://" not in address.partition("?")[0]:
        address = f"{ROOT}/{address}"
    if not address.startswith(f"{ROOT}/"):
        raise InvalidBody({"url": [f"A batch reaches what is under {ROOT}/."]})
    try:
        return quote(address, safe=ASCII)
    except UnicodeEncodeError:
        raise InvalidBody({"url": ["Not valid Unicode text."]}) from None
