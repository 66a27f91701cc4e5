"""Creating, changing, replacing and deleting the entities of one set (Protocol 4.01, 11.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from flask import Response, current_app, g, request
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from app.api.bodies import in_words_of
from app.api.excluded import refuse_if_excluded
from app.api.odata.alternate_keys import alternate_keys
from app.api.odata.keys import read_key
from app.api.odata_etags import etag_of
from app.api.odata_writes.answers import Pending, Written, answer_to
from app.api.odata_writes.bodies import BodyReader, Loaded, reader_of
from app.api.odata_writes.groups import shared_session
from app.api.odata_writes.incoming import body
from app.api.odata_writes.preconditions import check_preconditions
from app.api.reading import Source, options_for_one, query_options
from app.api.resources import CREATE, DELETE, REPLACE, RESOURCES, Face, Resource
from app.errors import Gone, InvalidBody, NotFound
from app.models.base import FirmRow
from app.services import records
from app.services.changes import act_as
from app.services.scoping import owned
from app.transactions import session, transactional
from schemas.base import texts_by_field
from schemas.fields import Navigates, Property

Within: TypeAlias = Callable[[Session], Mapping[str, str]]
Say: TypeAlias = Callable[[Session, Any], Loaded]


def operations_on(resource: Resource) -> set[str]:
    """What the other doors can do with such records by the same rules."""
    return {
        operation
        for other in RESOURCES
        if other.model is resource.model
        for face in other.faces
        if face.door != "odata" and face.rules is None
        for operation in face.operations & {CREATE, REPLACE, DELETE}
    }


class Writer:
    """The writing operations of one entity set.

    Args:
        resource, face: the row of the table, and its face at this door.
    """

    def __init__(self, resource: Resource, face: Face) -> None:
        self.resource = resource
        self.path = face.path
        self.operations = operations_on(resource)
        self.shown = Source(resource, face, face.standard).set
        self._alternates = alternate_keys(self.shown.entity)
        self.reader: BodyReader = reader_of(face.standard.__name__)
        self.shape = self.reader.shape
        self._columns = [
            str(about.attribute)
            for about in self.shape.fields.values()
            if isinstance(about, Property)
            and not isinstance(about, Navigates)
            and not about.dump_only
            and about.attribute != "id"
        ]

    def create(self, within: Within | None = None) -> Response:
        """Make an entity.

        Args:
            within: the properties that the address gives, such as the matter that a time entry is made in.
        """
        self._check_query()
        given = body()

        def write(work: Session) -> Written:
            fixed = within(work) if within else {}
            if any(given.get(name, value) != value for name, value in fixed.items()):
                raise InvalidBody({name: ["The address says something else."] for name in fixed})
            return self._create(work, self.reader.load({**given, **fixed}, whole=True, updates=False))

        return self._written(write)

    def merge(self, key: str) -> Response:
        return self._upsert(key, whole=False)

    def replace(self, key: str) -> Response:
        return self._upsert(key, whole=True)

    def delete(self, key: str) -> Response:
        self._check_query()
        return self._written(partial(self._delete, wanted=self._key(key)))

    def change(self, key: str, say: Say) -> Response:
        """Change something of an entity that must be there; the answer shows nothing.

        Args:
            say: what changes, given the session and the entity as it is.
        """
        return self._written(partial(self._change, wanted=self._key(key), say=say))

    def takes(self, name: str) -> bool:
        """Whether a body may change a property."""
        field = self.shape.fields.get(name)
        return field is not None and not field.dump_only and field.attribute != "id"

    def id_of(self, work: Session, key: str) -> str:
        """The id of the entity with this key.

        Raises:
            NotFound: there is none.
        """
        wanted = self._key(key)
        found = self._id(work, wanted)
        if found is None:
            raise self._missing(wanted)
        return found

    def _id(self, work: Session, wanted: dict[str, Any]) -> str | None:
        model = self.resource.model
        return work.scalar(owned(model, g.caller).filter_by(**wanted).with_only_columns(model.id))

    def _key(self, text: str) -> dict[str, Any]:
        return read_key(text, self._alternates)

    def _upsert(self, text: str, *, whole: bool) -> Response:
        self._check_query()
        return self._written(partial(self._update, wanted=self._key(text), given=body(), whole=whole))

    def _create(self, work: Session, loaded: Loaded) -> Written:
        self._check(loaded.values)
        row = records.create(work, g.caller, self.resource.model, self.resource.rules, loaded.values)
        return self._of(work, row, created=True)

    def _update(self, work: Session, wanted: dict[str, Any], given: dict[str, Any], whole: bool) -> Written:
        row = self._found(work, wanted)
        check_preconditions(row)
        if row is None:
            return self._create_at(work, wanted, given, whole)
        return self._save(work, row, self.reader.load(given, whole=whole, updates=True), whole)

    def _create_at(
        self, work: Session, wanted: dict[str, Any], given: dict[str, Any], whole: bool
    ) -> Written:
        """An upsert of what is not there (Protocol 4.01, 11.4.4). `EMPTY` is no key that a record can have."""
        if CREATE not in self.operations or wanted.get("id") in (None, records.EMPTY):
            raise self._missing(wanted)
        present = work.get(self.resource.model, (g.caller.firm_id, wanted["id"]))
        if present is not None and present.deleted_at is None:
            if self._found(work, wanted) is None:
                raise self._missing(wanted)  # it is there, but not for this caller
            return self._update(work, wanted, given, whole)  # another request made it since we looked
        if present is not None:
            raise Gone(f"The {self.resource.noun} with this id was deleted; its id is not given again.")
        loaded = self.reader.load(given, whole=True, updates=False)
        loaded.values["id"] = wanted["id"]
        return self._create(work, loaded)

    def _change(self, work: Session, wanted: dict[str, Any], say: Say) -> Written:
        row = self._present(work, wanted)
        return replace(self._save(work, row, say(work, row), whole=False), is_shown=False)

    def _save(self, work: Session, row: FirmRow, loaded: Loaded, whole: bool) -> Written:
        self._keep_fixed(row, loaded.values)
        rules, columns = self.resource.rules, self.reader.references if whole else self._columns
        before = {name: getattr(row, name) for name in loaded.cleared}
        values = records.merged(work, g.caller, row, rules, loaded.values, loaded.added, columns)
        self._check(values)
        records.replace(work, g.caller, row, rules, values)
        _see_cleared(row, before)
        return self._of(work, row)

    def _delete(self, work: Session, wanted: dict[str, Any]) -> Written:
        row = self._present(work, wanted)
        records.delete(work, g.caller, row, self.resource.rules)
        return Written(self.path, row.id)

    def _present(self, work: Session, wanted: dict[str, Any]) -> FirmRow:
        row = self._found(work, wanted)
        check_preconditions(row)
        if row is None:
            raise self._missing(wanted)
        return row

    def _missing(self, wanted: dict[str, Any]) -> NotFound:
        refuse_if_excluded(g.caller, self.shown.entity.table, wanted)
        name, value = next(iter(wanted.items()))
        return NotFound(f"There is no {self.resource.noun} with the {name} {value}.")

    def _found(self, work: Session, wanted: dict[str, Any]) -> FirmRow | None:
        resource = self.resource
        key = wanted.get("id") or self._id(work, wanted)
        if key is None:
            return None
        try:
            return records.find(work, g.caller, resource.model, key, resource.noun, resource.rules)
        except NotFound:
            return None

    def _check_query(self) -> None:
        """Refuse a query that could not be answered before anything is written.

        Raises:
            ODataError: an option is wrong, or means nothing for one entity.
        """
        if request.query_string:
            options = options_for_one(query_options(request.query_string, bare=True))
            options.format = None
            current_app.extensions["engines"]["odata"].plan(self.shown, options, {"id": records.EMPTY})

    def _check(self, values: dict[str, Any]) -> None:
        try:
            self.shape.check(values)
        except ValidationError as error:
            messages = error.normalized_messages()  # type: ignore[no-untyped-call]
            raise InvalidBody(texts_by_field(messages)) from None

    def _keep_fixed(self, row: FirmRow, values: dict[str, Any]) -> None:
        changed = [
            name
            for name in self.shape.fixed
            if values.setdefault(name, getattr(row, name)) != getattr(row, name)
        ]
        if changed:
            raise InvalidBody({name: ["This does not change."] for name in changed})

    def _of(self, work: Session, row: FirmRow, *, created: bool = False) -> Written:
        work.flush()
        return Written(self.path, row.id, created, etag_of(row.id, row.updated_at))

    # Transactions

    def _written(self, write: Callable[[Session], Written]) -> Response:
        """Write within the group's transaction, or in one of its own."""
        shared = shared_session()
        if shared is not None:
            return Pending(self._in_words(write, shared))
        return answer_to(self._alone(write))

    @transactional
    def _alone(self, write: Callable[[Session], Written]) -> Written:
        return self._in_words(write, session())

    def _in_words(self, write: Callable[[Session], Written], work: Session) -> Written:
        act_as(work, g.caller, request.remote_addr)
        try:
            return write(work)
        except InvalidBody as error:
            fields = {self.shape.in_its_words(name): texts for name, texts in error.fields.items()}
            raise InvalidBody(in_words_of(self.shape, fields), error.message) from None


def _see_cleared(row: FirmRow, before: Mapping[str, Any]) -> None:
    """What a body says is null, and the rules do not let be so, is not passed over (Protocol 4.01, 11.4.3).

    Raises:
        InvalidBody: a value is still there.
    """
    kept = [name for name, value in before.items() if value is not None and getattr(row, name) == value]
    if kept:
        raise InvalidBody({name: ["This cannot be null here."] for name in kept})
