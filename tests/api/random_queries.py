"""Random queries that mean something at an address: made of the names that its entity type has there."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from app.api.reading import Source
from app.api.resources import faces
from odata.metadata import EntityType
from odata.types import Edm
from tests.odata.random_filters import Scope, Writer

DOORS = {"odata": "/odata/v4", "v2": "/api/v2", "v1": "/api"}
KINDS = {
    "texts": (Edm.STRING,),
    "integers": (Edm.INT32, Edm.INT64),
    "decimals": (Edm.DECIMAL,),
    "moments": (Edm.DATETIME,),
    "dates": (Edm.DATE,),
    "codes": (Edm.GUID,),
    "truths": (Edm.BOOLEAN,),
}
SEARCHES = ["deposition NOT draft", '"a b" OR (c AND d)', "straße", "%"]


@dataclass(frozen=True)
class Place:
    """An address of lists, and what can be named there."""

    address: str
    entity: EntityType


def places() -> list[Place]:
    """The lists of every door."""
    return [
        Place(f"{DOORS[door]}/{face.path}", Source(resource, face, face.standard).set.entity)
        for door in DOORS
        for resource, face in faces(door)
    ]


def scope_of(entity: EntityType, prefix: str = "", level: int = 0) -> Scope:
    """The properties of an entity and of what it refers to, and, one level deep, the members of its collections."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    _collect(found, entity, prefix)
    words = []
    members: dict[str, tuple[str, Scope]] = {}
    for name, navigation in entity.navigations.items():
        target = navigation.target()
        if not navigation.collection:
            _collect(found, target, f"{prefix}{name}/")
        elif navigation.value and target.properties[navigation.value].type is Edm.STRING:
            words.append(f"{prefix}{name}")
        elif level == 0:
            members[f"{prefix}{name}"] = ("x", scope_of(target, "x/", 1))
    return Scope(words=tuple(words), members=members, **{kind: tuple(names) for kind, names in found.items()})


def _collect(found: Mapping[str, list[str]], entity: EntityType, prefix: str) -> None:
    for kind, types in KINDS.items():
        found[kind] += [
            f"{prefix}{name}" for name, member in entity.properties.items() if member.type in types
        ]


class QueryWriter:
    """Writes queries for one address, most of them valid."""

    def __init__(self, place: Place, chance: random.Random) -> None:
        self._entity = place.entity
        self._chance = chance
        self._scope = scope_of(place.entity)
        self._values = Writer(chance.randrange, self._scope)

    def options(self) -> dict[str, str]:
        """Some of the options, by name."""
        chance = self._chance
        made: dict[str, str] = {}
        if chance.random() < 0.6:
            made["$filter"] = self._condition()
        for name, write, odds in (
            ("$apply", self._apply, 0.2),
            ("$orderby", self._order, 0.3),
            ("$expand", self._expand, 0.2),
            ("$compute", lambda: f"{self._value()} as made", 0.1),
            ("$search", lambda: chance.choice(SEARCHES), 0.1),
            ("$select", lambda: chance.choice([*self._entity.properties]), 0.1),
            ("$top", lambda: chance.choice(["0", "1", "50"]), 0.2),
            ("$skip", lambda: "1", 0.1),
            ("$count", lambda: "true", 0.2),
        ):
            if chance.random() < odds:
                made[name] = write()
        if chance.random() < 0.1:
            made["@p"] = self._value()
            made["$filter"] = f"{self._value()} eq @p"
        return made

    def _condition(self) -> str:
        return self._values.condition(self._chance.randrange(4))

    def _value(self) -> str:
        kind = self._chance.choice(
            ["texts", "integers", "decimals", "moments", "dates", "durations", "condition"]
        )
        text: str = getattr(self._values, kind)(self._chance.randrange(3))
        return text

    def _order(self) -> str:
        keys = [
            f"{self._value()}{self._chance.choice(['', ' asc', ' desc'])}"
            for _ in range(self._chance.randint(1, 2))
        ]
        return ",".join(keys)

    def _expand(self) -> str:
        if not self._entity.navigations:
            return "nothing"
        name, navigation = self._chance.choice([*self._entity.navigations.items()])
        if not navigation.collection or navigation.value:
            return name
        inside = Writer(self._chance.randrange, scope_of(navigation.target(), level=1)).condition(1)
        return f"{name}($filter={inside};$top=2;$count=true)"

    def _apply(self) -> str:
        group = self._chance.choice([*self._entity.properties])
        number = self._values.numbers(1)
        return self._chance.choice(
            [
                f"filter({self._condition()})/groupby(({group}),aggregate({number} with sum as s,$count as n))",
                f"groupby((rollup({group},id)),aggregate({number} with average as a))/filter(a gt 1)",
                f"concat(topcount(2,{number}),aggregate({self._values.texts(1)} with max as m))",
                f"compute({self._value()} as made)/topsum(100,{number})/orderby(made desc)/skip(1)/top(3)",
                f"groupby(({group}),toppercent(50,{number})/aggregate($count as n))",
                f"search(a OR b)/aggregate({self._value()} with countdistinct as d)",
            ]
        )
