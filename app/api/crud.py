"""The operations on a row of the resource table: list, count, get, create, replace and delete at a door.

No branch here names a resource, and none names a door but by what its `Dialect` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, g, request
from sqlalchemy.orm import Session

from app.api.bodies import body_of_request, in_words_of, key_of_request, loaded
from app.api.dialects import Dialect, KeyIn, Said
from app.api.legalserver.criteria import Criteria
from app.api.parameters import Parameter, read_parameters
from app.api.reading import NO_OPTIONS, Source, options_for_one, query_options
from app.api.resources import Face, Resource
from app.auth import Caller
from app.errors import InvalidBody
from app.extensions import database
from app.models.base import FirmRow
from app.services import numbering, premium, records
from app.services.changes import act_as
from app.services.records import NONE
from app.transactions import session, transactional
from odata.options import Options
from schemas.base import Shape

IGNORED = "X-Ignored-Parameters"
UPSERT = "upsert"


class Crud:
    """The operations of one face.

    Args:
        resource, face: the row of the table, and which of its faces.
        dialect: how the face's door speaks.
    """

    def __init__(self, resource: Resource, face: Face, dialect: Dialect) -> None:
        self._resource = resource
        self._face = face
        self._dialect = dialect
        self._rules = face.rules or resource.rules
        self._standard = Source(resource, face, face.standard)
        self._detailed = Source(resource, face, face.detailed)
        self._body = face.detailed()
        self._search = face.search
        self._columns = columns_of(self._body, resource.model)

    def list(self) -> Response:
        return self._listed(self._search)

    def _listed(self, parameters: Sequence[Parameter], only: Mapping[str, Any] = NONE) -> Response:
        """
        Args:
            parameters: what the list can be asked for.
            only: values of further parameters, which the address says.
        """
        sources = self._standard, self._detailed
        listing = self._dialect.manner.listing(query_options(request.query_string), *sources)
        given, headers = self._given(listing.options, parameters)
        return listing.answer(self._standard, g.caller, {**given, **only}, headers)

    def count(self) -> Response:
        options, given, headers = self._query(self._search)
        total = self._standard.count(g.caller, options, given)
        return Response(str(total), mimetype="text/plain", headers=headers)

    def get(self, key: str) -> Response:
        shown, headers = self._asked_of_one()
        found = self._detailed.one(g.caller, key_of_request(self._dialect.key, key), shown)
        return self._dialect.manner.record(found, headers)

    def create(self) -> Response:
        self._refuse_unless_enabled(premium.CREATE)
        said = self._said(self._search if self._face.upserts else ())
        if said.criteria is not None:
            return self._upserted(said, said.criteria)
        values = self._loaded(said.body)
        return self._written(
            g.caller, lambda work: self._create(work, values), said.shown, self._dialect.created
        )

    def replace(self, key: str | None = None) -> Response:
        self._refuse_unless_enabled(premium.UPDATE)
        said = self._said()
        values = self._loaded(said.body, whole=not self._dialect.changes)
        if self._dialect.key_in is not KeyIn.PATH:
            in_body = self._dialect.key_in is KeyIn.BODY
            key = values.get("id") if in_body else request.args.get(self._dialect.key)
        write = self._merge if self._dialect.changes else self._replace
        wanted = key_of_request(self._dialect.key, key)
        return self._written(g.caller, lambda work: write(work, wanted, values), said.shown)

    def delete(self, key: str | None = None) -> Response:
        self._refuse_unless_enabled(premium.DELETE)
        given = request.args.get(self._dialect.key) if key is None else key
        wanted = key_of_request(self._dialect.key, given)
        shown = self._detailed.one(g.caller, wanted)
        self._in_transaction(g.caller, lambda work: self._delete(work, wanted))
        return self._dialect.manner.record(shown)

    def _asked_of_one(self) -> tuple[Options, dict[str, str]]:
        """What a request for one object wants to see of it, and a header that names the unknown parameters."""
        options = self._dialect.manner.shown(query_options(request.query_string), self._detailed)
        _, headers = self._given(options, ())
        return options_for_one(options), headers

    def _query(self, parameters: Sequence[Parameter]) -> tuple[Options, dict[str, Any], dict[str, str]]:
        """The request's options, the values of its parameters, and a header that names the unknown ones."""
        options = query_options(request.query_string)
        return options, *self._given(options, parameters)

    def _given(
        self, options: Options, parameters: Sequence[Parameter]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """The values of the request's parameters, and a header that names the unknown ones."""
        given, strangers = read_parameters(parameters, options.custom)
        return given, {IGNORED: ", ".join(map(quote, strangers))} if strangers else {}

    def _said(self, search: Sequence[Parameter] | None = None) -> Said:
        """The body of the request, and what it says beside the record.

        Args:
            search: the parameters of an upsert; None where a body cannot ask for one.
        """
        return self._dialect.manner.said(body_of_request(), self._body, self._detailed, search)

    def _loaded(self, body: dict[str, Any], *, whole: bool = True) -> dict[str, Any]:
        """
        Args:
            whole: whether it is all of the record, rather than what changes of it.
        """
        return loaded(self._body, body, partial=None if whole else self._body.optional)

    # Writing

    def _refuse_unless_enabled(self, operation: str) -> None:
        """The rules of records refuse it, too, but only once there is a body that will do."""
        only_type = self._face.only.get("type")
        premium.refuse_unless_enabled(g.caller, self._resource.model, operation, only_type)

    def _upserted(self, said: Said, criteria: Criteria) -> Response:
        """Update the record that the criteria find, or make one that they would have found.

        Two who upsert at the same moment wait for each other, or both would find none. The second one looks
        once the first has committed: it reads on a connection with no transaction of its own.
        """

        def write(work: Session) -> str:
            numbering.take(work, g.caller.firm_id, f"{UPSERT}.{self._resource.model.__name__}", 0)
            database().restart_clock(g.reader)
            key = criteria.find(self._standard, g.caller)
            if key is None:
                return self._create(work, self._loaded({**criteria.copied, **said.body}))
            return self._merge(work, key, self._loaded(said.body, whole=False))

        return self._written(g.caller, write, said.shown)

    def _written(
        self,
        caller: Caller,
        write: Callable[[Session], str],
        shown: Options = NO_OPTIONS,
        status: int = 200,
    ) -> Response:
        """Write, commit, and answer with the record as a read finds it."""
        key = self._in_transaction(caller, write)
        database().restart_clock(g.reader)  # what is written is written, however long it took
        return self._dialect.manner.record(self._detailed.one(caller, key, shown), status=status)

    @transactional
    def _in_transaction(self, caller: Caller, write: Callable[[Session], str]) -> str:
        act_as(session(), caller, request.remote_addr)
        try:
            return write(session())
        except InvalidBody as error:
            raise InvalidBody(in_words_of(self._body, error.fields), error.message) from None

    def _create(self, work: Session, values: dict[str, Any]) -> str:
        values |= self._face.only
        return records.create(work, g.caller, self._resource.model, self._rules, values).id

    def _replace(self, work: Session, key: str, values: dict[str, Any]) -> str:
        values |= self._face.only
        records.replace(work, g.caller, self._found(work, key), self._rules, values)
        return key

    def _merge(self, work: Session, key: str, values: dict[str, Any]) -> str:
        self._change(work, self._found(work, key), {**values, **self._face.only})
        return key

    def _change(self, work: Session, row: FirmRow, values: dict[str, Any]) -> None:
        """Change some values of a record; the others stay."""
        whole = records.merged(work, g.caller, row, self._rules, values, {}, self._columns)
        records.replace(work, g.caller, row, self._rules, whole)

    def _delete(self, work: Session, key: str) -> str:
        records.delete(work, g.caller, self._found(work, key), self._rules)
        return key

    def _found(self, work: Session, key: str) -> FirmRow:
        model, noun = self._resource.model, self._detailed.noun
        return records.find(work, g.caller, model, key, noun, self._rules, self._face.only)


def columns_of(shape: Shape, model: type[FirmRow]) -> list[str]:
    """The columns, but the id, that a body of this shape writes."""
    return [
        str(field.attribute)
        for field in shape.load_fields.values()
        if str(field.attribute) in model.__table__.c and field.attribute != "id"
    ]
