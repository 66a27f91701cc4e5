"""Creating, changing, replacing and deleting the entities of one set (Protocol 4.01, 11.4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, current_app, g, request
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from app.api.bodies import in_words_of
from app.api.odata.keys import read_key
from app.api.odata_etags import etag_of
from app.api.odata_writes.answers import Pending, Written, answer_to
from app.api.odata_writes.bodies import BodyReader, Loaded, reader_of
from app.api.odata_writes.preconditions import check_preconditions
from app.api.odata_writes.strict_json import object_in
from app.api.reading import Source, options_for_one, query_options
from app.api.resources import Face, Resource
from app.errors import InvalidBody, NotFound, UnsupportedMediaType
from app.models.base import FirmRow
from app.services import records
from app.services.changes import act_as
from app.transactions import session, transactional
from schemas.base import texts_by_field
from schemas.fields import Navigates, Property

ANY_KEY = "00000000-0000-0000-0000-000000000000"
TRANSACTION = "matterbase.transaction"
"""Where in the environment an atomic group of a batch keeps the session that its writes share."""


class Writer:
    """The writing operations of one entity set.

    Args:
        resource, face: the row of the table, and its face at this door.
    """

    def __init__(self, resource: Resource, face: Face) -> None:
        self._resource = resource
        self._face = face
        self._shown = Source(resource, face, face.standard).set
        self._reader: BodyReader = reader_of(face.standard.__name__)
        self._columns = [
            str(about.attribute)
            for about in self._reader.shape.fields.values()
            if isinstance(about, Property)
            and not isinstance(about, Navigates)
            and not about.dump_only
            and about.attribute != "id"
        ]

    def create(self) -> Response:
        self._check_query()
        loaded = self._reader.load(body(), whole=True, updates=False)
        return self._written(lambda work: self._create(work, loaded))

    def merge(self, key: str) -> Response:
        return self._upsert(key, whole=False)

    def replace(self, key: str) -> Response:
        return self._upsert(key, whole=True)

    def delete(self, key: str) -> Response:
        self._check_query()
        return self._written(partial(self._delete, key=read_key(key, {})["id"]))

    def _upsert(self, text: str, *, whole: bool) -> Response:
        self._check_query()
        key, given = read_key(text, {})["id"], body()
        return self._written(partial(self._update, key=key, given=given, whole=whole))

    def _create(self, work: Session, loaded: Loaded) -> Written:
        self._check(loaded.values)
        row = records.create(work, g.caller, self._resource.model, self._resource.rules, loaded.values)
        return self._of(work, row, created=True)

    def _update(self, work: Session, key: str, given: dict[str, Any], whole: bool) -> Written:
        row = self._found(work, key)
        check_preconditions(row)
        if row is None:
            loaded = self._reader.load(given, whole=True, updates=False)
            loaded.values["id"] = key
            return self._create(work, loaded)
        loaded = self._reader.load(given, whole=whole, updates=True)
        self._keep_fixed(row, loaded.values)
        rules, columns = self._resource.rules, () if whole else self._columns
        values = records.merged(work, g.caller, row, rules, loaded.values, loaded.added, columns)
        self._check(values)
        records.replace(work, g.caller, row, rules, values)
        return self._of(work, row)

    def _delete(self, work: Session, key: str) -> Written:
        row = self._found(work, key)
        check_preconditions(row)
        if row is None:
            raise NotFound(f"There is no {self._resource.noun} with the id {key}.")
        records.delete(work, g.caller, row, self._resource.rules)
        return Written(self._face.path, key)

    def _found(self, work: Session, key: str) -> FirmRow | None:
        resource = self._resource
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
            current_app.extensions["engines"]["odata"].plan(self._shown, options, {"id": ANY_KEY})

    def _check(self, values: dict[str, Any]) -> None:
        try:
            self._reader.shape.check(values)
        except ValidationError as error:
            messages = error.normalized_messages()  # type: ignore[no-untyped-call]
            raise InvalidBody(texts_by_field(messages)) from None

    def _keep_fixed(self, row: FirmRow, values: dict[str, Any]) -> None:
        changed = [
            name
            for name in self._reader.shape.fixed
            if values.setdefault(name, getattr(row, name)) != getattr(row, name)
        ]
        if changed:
            raise InvalidBody({name: ["This does not change."] for name in changed})

    def _of(self, work: Session, row: FirmRow, *, created: bool = False) -> Written:
        work.flush()
        return Written(self._face.path, row.id, created, etag_of(row.id, row.updated_at))

    # Transactions

    def _written(self, write: Callable[[Session], Written]) -> Response:
        """Write within the group's transaction, or in one of its own."""
        shared: Session | None = request.environ.get(TRANSACTION)
        if shared is not None:
            return Pending(self._in_words(write, shared))
        return answer_to(self._alone(write))

    @transactional
    def _alone(self, write: Callable[[Session], Written]) -> Written:
        return self._in_words(write, session())

    def _in_words(self, write: Callable[[Session], Written], work: Session) -> Written:
        act_as(work, g.caller)
        try:
            return write(work)
        except InvalidBody as error:
            shape = self._reader.shape
            fields = {shape.in_its_words(name): texts for name, texts in error.fields.items()}
            raise InvalidBody(in_words_of(shape, fields), error.message) from None


def body() -> dict[str, Any]:
    """The request's body.

    Raises:
        UnsupportedMediaType: it is not sent as JSON.
        InvalidBody: it is no JSON object.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the entity as application/json.")
    return object_in(request.get_data())
