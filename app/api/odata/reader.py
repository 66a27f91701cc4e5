"""What can be read at the OData door: its sets, and the lists that begin at one entity. Row policies and scopes
hold on every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import g

from app.api import streams
from app.api.odata.alternate_keys import alternate_keys
from app.api.reading import BY_KEY, Source, planned
from app.api.resources import faces
from app.api.searching import searchable
from app.errors import InsufficientScope
from app.extensions import database
from oauth.scopes import allows
from odata.annotations import Form, Level, reference
from odata.metadata import EntityType, Navigation, Shape
from odata.options import Options
from odata.origins import ORIGIN, Origin
from odata.plans import Plan
from odata.runner import Page, count, fetch_page
from odata.selection import structural
from odata.service import Service
from odata.sets import EntitySet
from odata.typed import Preset

DOOR = "odata"
NAMESPACE = "Matterbase"
ME, PEOPLE = "Me", "Users"
"""The singleton, and the set that its entity is in."""

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Known:
    """A set of the door: what it is to the engine, what one of it is called, the scope area that guards it, and
    what the log of changes calls it."""

    set: EntitySet
    noun: str
    area: str
    alternates: Mapping[str, Preset]
    kind: str


class Reader:
    """The sets of the door, and the ways between them."""

    def __init__(self) -> None:
        self.sets: dict[str, Known] = {}
        for resource, face in faces("odata"):
            source = Source(resource, face, face.standard)
            alternates = alternate_keys(source.set.entity)
            presets = {**source.set.presets, **alternates}
            known = replace(source.set, name=face.path, presets=presets)
            kind = resource.model.__name__
            self.sets[face.path] = Known(known, resource.noun, resource.area, alternates, kind)
        self.service = Service(NAMESPACE, {name: known.set.entity for name, known in self.sets.items()})
        self._along: dict[tuple[str, str], EntitySet] = {}
        self._references: dict[str, EntitySet] = {}
        self._forms = {
            (level, exact, tagged): Form(self.service, level, exact, tagged)
            for level in Level
            for exact in (False, True)
            for tagged in (False, True)
        }

    def form(self, level: Level, exact_numbers: bool, *, tagged: bool = False) -> Form:
        """The form of answers; asked for twice, it is the same, so that plans are found again."""
        return self._forms[level, exact_numbers, tagged]

    def along(self, owner: EntityType, navigation: Navigation) -> EntitySet:
        """What a navigation property leads to.

        Raises:
            InsufficientScope: the token may not read such things.
        """
        target = navigation.target()
        name = self.service.set_with(target)
        if name:
            self.check_scope(name)
        key = (owner.name, navigation.name)
        if key not in self._along:
            shape = self.sets[name].set.shape if name else structural(target)
            alternates = self.sets[name].alternates if name else {}
            self._along[key] = EntitySet(
                "/".join(key),
                target,
                shape,
                {**alternates, "id": BY_KEY},
                target,
                Origin(owner, navigation),
                searchable(target),
            )
        return self._along[key]

    def references(self, of: EntitySet) -> EntitySet | None:
        """The same list, but showing only where its entities are; None where these have no address."""
        name = self.service.set_with(of.entity)
        if name and of.name not in self._references:
            shape = reference(name, of.entity)
            self._references[of.name] = replace(of, name=f"{of.name}/$ref", shape=shape)
        return self._references.get(of.name)

    def showing(self, of: EntitySet, *properties: str) -> EntitySet:
        """The same list, but showing only these properties."""
        shown = Shape(tuple(member for member in structural(of.entity).members if member.name in properties))
        return replace(of, name=f"{of.name}/{','.join(properties)}", shape=shown)

    def check_scope(self, name: str) -> None:
        """Raises InsufficientScope where the token may not read a set."""
        scope = f"{self.sets[name].area}:read"
        if not allows(g.caller.scopes, scope):
            raise InsufficientScope(scope)

    # Reading

    def page(
        self,
        of: EntitySet,
        options: Options,
        given: Mapping[str, Any] = NOTHING,
        *,
        size: int | None = None,
        form: Form | None = None,
    ) -> tuple[Plan, Page]:
        """A page, with the total where the options ask for it, and the plan behind it.

        Args:
            given: the values of presets, the origin's key among them.
            size: how many objects it may have.
        """
        plan, values = planned(DOOR, g.caller, of, options, given, page=size, form=form)
        return plan, fetch_page(plan, values, g.reader)

    def stream(
        self,
        of: EntitySet,
        options: Options,
        given: Mapping[str, Any],
        *,
        form: Form,
        size: int | None = None,
    ) -> Iterator[Page]:
        """The same in chunks, and without the total: a page that is too long for memory, or all pages in one."""
        options = replace(options, count=False)
        return streams.read(*planned(DOOR, g.caller, of, options, given, page=size, form=form), database())

    def count(self, of: EntitySet, options: Options, given: Mapping[str, Any]) -> int:
        """How many entities there are, without regard to paging."""
        return count(*planned(DOOR, g.caller, of, options, given, count_only=True), g.reader)

    def key_of(self, of: EntitySet, given: Mapping[str, Any]) -> str | None:
        """The key of the one entity that the presets leave; None where there is none."""
        _, page = self.page(self.showing(of, "id"), Options(), given)
        return page.objects[0]["id"] if page.objects else None


def from_origin(key: str) -> dict[str, Any]:
    return {ORIGIN: key}
