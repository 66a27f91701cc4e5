"""What is done to one record by a POST to an address of its own: complete, bill, send, pay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from app.api.bodies import body_of_request, in_words_of, key_of_request, loaded
from app.api.crud import Crud
from app.api.dialects import Dialect
from app.api.resources import Face, Resource
from app.api.routes import add_route, may_be_off
from app.errors import InvalidBody
from app.extensions import database
from app.models.activities import COMPLETED
from app.services import time_entries
from app.services.money import paying, sending
from app.services.new_content import NewContent
from app.services.premium import UPDATE
from schemas import praxis as shapes


class Acts(Crud):
    """The acts on the records of a face; each answers with the record as it is then."""

    def complete(self, key: str) -> Response:
        return self._act(key, lambda work, row: self._change(work, row, {"status": COMPLETED}))

    def bill(self, key: str) -> Response:
        def mark(work: Session, row: Any) -> None:
            time_entries.refuse_to_bill(row)
            self._change(work, row, {"is_billed": True})

        return self._act(key, mark)

    def send(self, key: str) -> Response:
        """Print first, then keep: no transaction is open while the PDF is drawn and put away."""
        wanted = key_of_request(self._dialect.key, key)
        with database().session() as work:
            letter = sending.prepare(work, g.caller, self._found(work, wanted))
        if letter is None:
            return self._dialect.manner.record(self._detailed.one(g.caller, wanted))
        with NewContent(current_app.extensions["file_store"], g.caller.firm_id) as content:
            kept = sending.keep(content, letter)
            return self._act(key, lambda work, row: sending.send(work, g.caller, row, kept))

    def pay(self, key: str) -> Response:
        shape = shapes.Payment()
        given = loaded(shape, body_of_request() if request.get_data() else {})

        def write(work: Session, row: Any) -> None:
            try:
                paying.pay(work, g.caller, row, given)
            except InvalidBody as error:
                raise InvalidBody(in_words_of(shape, error.fields)) from None

        return self._act(key, write)

    def _act(self, key: str, act: Callable[[Session, Any], None]) -> Response:
        wanted = key_of_request(self._dialect.key, key)

        def write(work: Session) -> str:
            act(work, self._found(work, wanted))
            return wanted

        return self._written(g.caller, write)


SUMMARIES = {
    "complete": "Complete one deadline, now",
    "bill": "Mark one time entry as billed, without an invoice",
    "send": "Send one invoice: print it as a PDF, and lock it with what it bills",
    "pay": "Pay one invoice: what is due, today, unless the body says otherwise",
}


def acts(*names: str) -> Callable[[Blueprint, Resource, Face, Dialect], None]:
    """A function that adds the routes of these acts to a door's blueprint."""

    def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
        on = Acts(resource, face, dialect)
        shows = dialect.manner.schema(face.detailed, many=False)
        for name in names:
            address = f"{dialect.prefix}/{face.path}/<string:{dialect.key}>/{name}"
            document: dict[str, Any] = {"summary": SUMMARIES[name]}
            if name == "pay":
                content = {"application/json": {"schema": shapes.Payment}}
                document["requestBody"] = {"required": False, "content": content}
            write = f"{resource.area}:write"
            is_premium = may_be_off(resource, face, UPDATE)
            handler = getattr(on, name)
            add_route(
                blueprint, address, name, "POST", write, handler, shows, document, is_premium=is_premium
            )

    return add_routes
