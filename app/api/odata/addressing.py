"""From an address to the place that it means, segment by segment (URL Conventions 4.01, section 4).

Each navigation costs one small statement, which finds the key that the next step begins at. It asks the row
policy like every other, so that no way leads around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import g, request

from app.api.excluded import refuse_if_excluded
from app.api.odata.keys import id_in, read_key, segments, split_key
from app.api.odata.places import Part, Place
from app.api.odata.reader import ME, PEOPLE, Reader, from_origin
from app.errors import NotFound
from odata.errors import NotSupported, SyntaxProblem, UnknownSegment, excerpt, suggest
from odata.metadata import EntityType, Navigation

NOT_BUILT = ("$all", "$batch", "$crossjoin", "$each", "$entity", "$filter", "$query")
LONGEST = 30
"""Segments of an address."""


def resolve(reader: Reader, address: str) -> Place:
    """The place at an address below the service's root.

    Raises:
        UnknownSegment: a segment leads nowhere; the sentence says which.
        NotFound: an entity on the way does not exist, or not for this caller.
        InsufficientScope: the token may not read what is on the way.
    """
    first, *further = segments(address)
    if len(further) > LONGEST:
        raise UnknownSegment(f"The address has more than {LONGEST} segments.")
    name, key = split_key(first)
    place = _keyed(reader, _start(reader, name), key, first)
    for segment in further:
        place = _step(reader, place, segment)
    return place


def _start(reader: Reader, name: str) -> Place:
    if name == ME:
        reader.check_scope(PEOPLE)
        known = reader.sets[PEOPLE]
        return Place(known.set, {"id": g.caller.user_id}, ME, one=True, singleton=True, noun=known.noun)
    if name in NOT_BUILT:
        raise NotSupported(f"{excerpt(name)} cannot be part of an address here.", target=name)
    if name not in reader.sets:
        raise _unknown(name, "the service", [*reader.sets, ME])
    reader.check_scope(name)
    known = reader.sets[name]
    return Place(known.set, {}, name, noun=known.noun)


def _keyed(reader: Reader, place: Place, key: str | None, segment: str) -> Place:
    """The entity with this key, where a key is given."""
    if key is None:
        return place
    if place.one:
        raise SyntaxProblem(f"{excerpt(segment)} is one entity and takes no key.", target=segment)
    known = reader.sets.get(place.context)
    given = read_key(key, known.alternates if known else {})
    return replace(place, given={**place.given, **given}, one=True)


def _step(reader: Reader, place: Place, segment: str) -> Place:
    if place.part is not Part.ALL:
        raise UnknownSegment(f"Nothing can follow {place.part.value}.", target=segment)
    if segment in (part.value for part in Part if part.value):
        return _part(place, Part(segment))
    if segment.startswith("$filter("):
        return _filtered(place, segment)
    if place.filters:
        raise NotSupported("Only $count, $ref and another $filter can follow $filter here.", target=segment)
    if segment.startswith("$"):
        if split_key(segment)[0] in NOT_BUILT:
            raise NotSupported(f"{excerpt(segment)} cannot be part of an address here.", target=segment)
        raise _unknown(segment, "the address", [part.value for part in Part])
    if place.property is not None:
        raise UnknownSegment(
            f"The property '{place.property.name}' is a plain value; {excerpt(segment)} leads nowhere.",
            target=segment,
        )
    if segment == reader.service.type_name(place.of.entity):
        return place  # a cast to what it is already
    return _from_entity(reader, place, segment) if place.one else _from_list(place, segment)


def _filtered(place: Place, segment: str) -> Place:
    """`$filter(…)` is for lists that are read (URL Conventions 4.01, 4.12)."""
    _, condition = split_key(segment)
    if place.one:
        raise UnknownSegment("$filter cannot follow one entity.", target=segment)
    if request.method not in ("GET", "HEAD"):
        raise NotSupported(
            "What $filter leaves of a list can be read, but not changed at once.", target=segment
        )
    return replace(place, filters=(*place.filters, condition or ""))


def _part(place: Place, part: Part) -> Place:
    """`$count` is for lists, `$value` for properties, `$ref` for what has an address."""
    fits = {
        Part.COUNT: not place.one,
        Part.VALUE: place.property is not None,
        Part.REFERENCE: place.property is None,
    }
    if not fits[part]:
        what = "a property" if place.property else "one entity" if place.one else "a list"
        raise UnknownSegment(f"{part.value} cannot follow {what}.", target=part.value)
    return replace(place, part=part)


def _from_list(place: Place, segment: str) -> Place:
    key = id_in(segment)
    if key is None:
        raise UnknownSegment(f"{excerpt(segment)} cannot follow a list; an id or $count can.", target=segment)
    return replace(place, given={**place.given, "id": key}, one=True)


def _from_entity(reader: Reader, place: Place, segment: str) -> Place:
    entity = place.of.entity
    name, key = split_key(segment)
    if name in entity.properties and key is None:
        return replace(place, property=entity.properties[name])
    navigation = navigation_named(entity, name)
    if navigation is None:
        raise _unknown(name, entity.name, entity.names())
    of = reader.along(entity, navigation)
    owner = reader.key_of(place.of, place.given)
    if owner is None:
        refuse_if_excluded(g.caller, entity.table, place.given)
        raise NotFound(f"There is no such {place.noun}.")
    target = navigation.target()
    set_name = reader.service.set_with(target)
    found = Place(
        of,
        from_origin(owner),
        set_name or _type_context(reader, navigation),
        one=not navigation.collection,
        singleton=set_name is None,
        may_be_missing=not navigation.collection,
        noun=reader.sets[set_name].noun if set_name else "entity",
    )
    return _keyed(reader, found, key, segment)


def navigation_named(entity: EntityType, name: str) -> Navigation | None:
    """By its name, or by the name written as sets are: `TimeEntries` for `time_entries`."""
    if name in entity.navigations:
        return entity.navigations[name]
    folded = {known.replace("_", ""): navigation for known, navigation in entity.navigations.items()}
    return folded.get(name.lower()) if name[:1].isupper() else None


def _type_context(reader: Reader, navigation: Navigation) -> str:
    name = reader.service.type_name(navigation.target())
    return f"Collection({name})" if navigation.collection else name


def _unknown(name: str, owner: str, candidates: Iterable[str]) -> UnknownSegment:
    hint = suggest(name, candidates)
    return UnknownSegment(f"{excerpt(name)} is not known to {owner}{hint}", target=name)
