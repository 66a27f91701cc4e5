"""Mutated query strings at every reading door: answered or refused, in time, and never with another firm's rows.

`QUERY_MUTATIONS` in the environment says how many for each database; `QUERY_SEED` makes them others.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from typing import Any
from urllib.parse import quote

from tests.api.random_queries import QueryWriter, places
from tests.firms import Workplace

HOW_MANY = int(os.environ.get("QUERY_MUTATIONS", "400"))
SEED = os.environ.get("QUERY_SEED", "4")
SECONDS = 30
"""The time limit of a statement is as long; a query that is only mutated comes nowhere near it."""

OWN = [
    "account_id=11111111-1111-4111-8111-111111111111&created_since=2026-01-01",
    "date_to=2026-01-31&status=open",
]
PIECES = [
    *"()',/:=&%$@*;\"\\[]{}+-._ !<>|~#?\x00\x01\x7f\u00e9\u2603\U0001f600", "''", "null", "true", "NaN", "INF",
    "1e999", "9" * 40, "-1", "0", "1.5", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30",
    "2026-01-31", "24:00", "any(", "all(x:", "x/", "$it/", "$this", "$root/", "$count", "$filter=", "cast(",
    "Edm.Int32", ",Edm.String)", " eq ", " ne ", " lt ", " in ", " in (", " and ", " or ", "not ", " add ",
    " mul ", " div ", " mod ", " divby ", " has ", "((((((((((", "))))", "case(", ":", "true:", "password_hash",
    "firm_id", "tenant", "hours", "matter/", "id", "name", "duration'P1D'", "duration'-P99999D'", "binary'AA'",
    "geography'SRID=0;Point(1 2)'", "@p", "@q", "now()", "mindatetime()", "maxdatetime()",
    "11111111-1111-4111-8111-111111111111", "'%_\\'", " as x", " with sum as y", "groupby((", "aggregate(", "/",
    "rollup(", "topcount(", "identity", "$levels=max", "$expand=", "$select=", "$top=1",
]  # fmt: skip


def mutated(writer: QueryWriter, chance: random.Random) -> str:
    """A query, as it was made or with some pieces of it replaced, dropped or moved."""
    text = "&".join(f"{name}={value}" for name, value in writer.options().items())
    if chance.random() < 0.05:
        text += f"&{chance.choice(OWN)}"
    if chance.random() < 0.02:
        name, piece = (
            chance.choice(["$filter=", "$orderby=", "$apply=", "$search=", "@p="]),
            chance.choice(PIECES),
        )
        return f"{name}{piece * chance.choice((50, 500, 3000))}&{text}"
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        at = chance.randrange(len(text) + 1)
        until = min(len(text), at + chance.choice((0, 0, 0, 1, 3, 12)))
        cut = chance.randrange(len(text) + 1)
        middle = chance.choice(
            [chance.choice(PIECES), chance.choice(PIECES), text[cut : cut + chance.randint(1, 40)]]
        )
        text = text[:at] + middle + text[until:]
    return text


def sent(text: str, chance: random.Random) -> str:
    """As the wire carries it: mostly encoded as it should be, sometimes as a careless client leaves it."""
    if chance.random() < 0.9:
        return quote(text, safe="&=$@(),:;/'*", errors="surrogatepass")
    return text.encode("latin-1", "replace").decode("latin-1").replace("#", "%23").replace("\x00", "%00")


GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def ids_of(place: Workplace) -> set[str]:
    """Every id that the firm shows to anybody in it."""
    found: set[str] = {place.user_id}
    for each in places():
        if each.address.startswith("/odata"):
            found |= set(GUID.findall(place.get(each.address).text))
    return found


def test_mutated_queries(full_practice: Workplace, other_full_practice: Workplace) -> None:
    workplace = full_practice
    foreign = ids_of(other_full_practice) - ids_of(workplace)  # some were chosen by the samples
    assert len(foreign) > 20
    chance = random.Random(SEED)
    client = workplace.app.test_client()
    headers = {"Authorization": f"Bearer {workplace.token}", "Prefer": "track-changes"}
    writers = [(place.address, QueryWriter(place, chance)) for place in places()]
    seen: Counter[Any] = Counter()
    for _ in range(HOW_MANY):
        address, writer = chance.choice(writers)
        address += chance.choice(["", "", "", "", "/$count"])
        text = sent(mutated(writer, chance), chance)
        began = time.monotonic()
        answer = client.get(address, query_string=text, headers=headers)
        body = answer.text
        told = (answer.status_code, address, text, body[:300])
        assert answer.status_code < 500 or answer.status_code == 501, told
        assert time.monotonic() - began < SECONDS, told
        assert foreign.isdisjoint(GUID.findall(body)), told
        seen[answer.status_code] += 1
        if '"@odata.deltaLink"' in body:
            link = answer.get_json()["@odata.deltaLink"]
            assert client.get(link, headers=headers).status_code == 200, link
            seen["followed"] += 1
    print(workplace.app.extensions["database"].name, dict(seen))  # shown where pytest is asked to
    assert seen[200] > HOW_MANY // 5
    assert seen[400] > HOW_MANY // 5
    assert seen["followed"] > HOW_MANY // 100
