"""`$deltatoken`: since when changes are asked for, and what stands for an entity that is gone (Protocol 4.01, 11.3.1;
JSON Format 4.01, 15.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from odata.errors import InvalidOption
from odata.options import Options
from odata.seals import Seal
from odata.sets import EntitySet

FORM = b"deltatoken 1"


@dataclass(frozen=True)
class Since:
    """Where a delta link, or a next link between changes, goes on.

    Args:
        number: of the last change that the client knows.
        size: how many changes a page has, where the client has said so and pages follow.
    """

    number: int
    size: int | None = None


class Deltatokens:
    """Writes and reads the tokens; `secret` is what the processes that serve one service share."""

    def __init__(self, secret: bytes) -> None:
        self._seal = Seal(secret, FORM)

    def write(self, since: Since, of: EntitySet, options: Options, whose: str) -> str:
        """The token for following a query.

        Args:
            of: the set; options: those of the query. The token holds only for what they ask.
            whose: who may use it, in the host's words.
        """
        text = orjson.dumps([since.number, since.size])
        return self._seal.close(text, _about(of, options, whose))

    def read(self, token: str, of: EntitySet, options: Options, whose: str) -> Since:
        """What a token means.

        Raises:
            InvalidOption: it was not made here, or for another query, or for somebody else.
        """
        text = self._seal.open(token, _about(of, options, whose))
        if text is None:
            raise InvalidOption(
                "The $deltatoken does not belong to this request; follow @odata.deltaLink as it is.",
                target="$deltatoken",
            )
        return Since(*orjson.loads(text))


def _about(of: EntitySet, options: Options, whose: str) -> str:
    beyond = (options.expand, options.compute, options.apply)
    asked = [whose, of.name, options.filter, options.search, sorted(options.aliases.items()), beyond]
    return orjson.dumps(asked).decode()


def removed(address: str, key: str, *, deleted: bool, full: bool = False) -> dict[str, Any]:
    """What is told of an entity that is no more in the result.

    Args:
        address: its own, relative to the service's.
        deleted: whether it is gone altogether, or only does not match any more.
        full: whether it is told all annotations.
    """
    identity = {"@odata.id": address} if full else {}
    return {"@removed": {"reason": _reason(deleted)}, **identity, "id": key}


def removed_before_401(context: str, address: str, *, deleted: bool) -> dict[str, Any]:
    """The same for a client of OData 4.0 (JSON Format 4.0, 14.2).

    Args:
        context: the context URL of the set, up to its name.
    """
    return {"@odata.context": f"{context}/$deletedEntity", "id": address, "reason": _reason(deleted)}


def _reason(deleted: bool) -> str:
    return "deleted" if deleted else "changed"
