"""Carries out the requests of a batch, one after the other, each as if it had come by itself.

A group's writes share one session, and nothing is read through any other while it is open; so SQLite's only
writer never waits for itself. Its answers are made after the commit.
"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request

from app.api.odata_batch.conditions import holds
from app.api.odata_batch.parts import Outcome, Part, Results, Unit
from app.api.odata_batch.places import path_of
from app.api.odata_writes.answers import Pending, answer_to
from app.api.odata_writes.entity_references import MADE, entity_address
from app.api.odata_writes.groups import TRANSACTION
from app.errors import InvalidBody, MatterbaseError
from app.extensions import database
from app.idempotency import HEADER
from app.inside import dispatch, environ_for
from odata.errors import ODataError

ENTITY_HEADERS = ("Location", "OData-EntityId")
VERSIONS = ("odata-version", "odata-maxversion")
"""Headers that a request has of its batch where it has none of its own (Protocol 4.01, 8.1.5 and 8.2.7)."""


class FailedDependency(MatterbaseError):
    """Something that the request depends on did not succeed (RFC 4918 section 11.4)."""

    status = 424
    code = "failed_dependency"


class Runner:
    """Carries out one batch.

    Args:
        goes_on: whether the requests after a failed one are carried out too.
    """

    def __init__(self, *, goes_on: bool) -> None:
        self._goes_on = goes_on
        self._made: dict[str, str] = {}
        self._etags: dict[str, str] = {}
        self._succeeded: dict[str, bool] = {}

    def run(self, units: list[Unit]) -> Results:
        """Carry out the units until one fails, or all."""
        results: Results = []
        for unit in units:
            outcomes = self._group(unit) if unit.is_group else [self._single(unit.parts[0])]
            for outcome in outcomes:
                self._note(outcome)
            if unit.is_group:
                self._succeeded[str(unit.parts[0].group)] = all(each.succeeded for each in outcomes)
            results.append((unit, outcomes))
            failed = any(not (each.succeeded or each.is_skipped or each.is_undone) for each in outcomes)
            if failed and not self._goes_on:
                break
        return results

    def _note(self, outcome: Outcome) -> None:
        name = outcome.part.id
        self._succeeded[name] = outcome.succeeded
        # What a group made before it failed is not there.
        self._made.pop(f"${name}", None)
        self._etags.pop(f"${name}", None)
        if name and outcome.succeeded and outcome.made:
            self._made[f"${name}"] = outcome.made
        if name and (etag := outcome.response.headers.get("ETag")):
            self._etags[f"${name}"] = etag

    def _single(self, part: Part) -> Outcome:
        if (refusal := self._refusal(part)) is not None:
            return refusal
        try:
            environ = self._environ(part)
        except InvalidBody as error:
            return Outcome(part, _error(error))
        response = dispatch(environ)
        return Outcome(part, response, self._address(environ, response))

    def _address(self, environ: dict[str, Any], response: Response) -> str:
        """Of the entity that the request made, or else the one that it speaks of."""
        for header in ENTITY_HEADERS:
            if found := response.headers.get(header):
                return str(found)
        return str(environ["PATH_INFO"])

    def _refusal(self, part: Part) -> Outcome | None:
        """Why a request is not carried out, where what it depends on says so."""
        try:
            if part.condition is not None:
                met = holds(part.condition, self._succeeded)
            else:
                met = all(self._succeeded.get(name, True) for name in part.depends_on)
        except ODataError as error:
            return Outcome(part, _error(error))
        if met:
            return None
        skipped = part.condition is not None
        text = "Its condition does not hold." if skipped else "What it depends on did not succeed."
        return Outcome(part, _error(FailedDependency(text)), is_skipped=skipped)

    def _environ(self, part: Part, **extra: Any) -> dict[str, Any]:
        headers = {
            name: self._etags.get(value, value) if name in ("if-match", "if-none-match") else value
            for name, value in part.headers.items()
        }
        for name in VERSIONS:
            if name in request.headers:
                headers.setdefault(name, request.headers[name])
        path = path_of(part.address, self._made)
        extra = {MADE: dict(self._made), **extra}
        return environ_for(part.method, path, headers, part.body, **extra)

    # Atomic groups

    def _group(self, unit: Unit) -> list[Outcome]:
        """All of the group's changes in one transaction, or none."""
        done: list[tuple[Part, dict[str, Any], Pending]] = []
        with database().session() as session:
            for part in unit.parts:
                if (refusal := self._refusal(part)) is not None:
                    session.rollback()
                    return _failed(unit, refusal)
                environ, response = self._change(part, session)
                if not isinstance(response, Pending):
                    session.rollback()
                    return _failed(unit, Outcome(part, response))
                session.expire_all()  # the next request finds what this one wrote
                written = response.written
                done.append((part, environ, response))
                with current_app.request_context(environ):
                    made = entity_address(written.path, written.key)
                if part.id:
                    self._made[f"${part.id}"] = made
                    self._succeeded[part.id] = True
                if part.id and written.etag:
                    self._etags[f"${part.id}"] = written.etag
            try:
                session.commit()
            except Exception as error:
                session.rollback()
                return _failed(unit, Outcome(unit.parts[-1], _error(error)))
        return [self._answered(*each) for each in done]

    def _change(self, part: Part, session: Any) -> tuple[dict[str, Any], Response]:
        try:
            if part.method == "GET":
                raise InvalidBody({"method": ["An atomic group takes only changes."]})
            if HEADER.lower() in part.headers:
                raise InvalidBody({HEADER: ["What is in an atomic group has no key of its own."]})
            environ = self._environ(part, **{TRANSACTION: session})
        except InvalidBody as error:
            return {}, _error(error)
        response = dispatch(environ)
        if not isinstance(response, Pending) and response.status_code < 400:
            response = _error(InvalidBody({"url": ["An atomic group takes only changes of entities."]}))
        return environ, response

    def _answered(self, part: Part, environ: dict[str, Any], pending: Pending) -> Outcome:
        with current_app.app_context(), current_app.request_context(environ):
            response = answer_to(pending.written)
        return Outcome(part, response, self._made.get(f"${part.id}"))


def _failed(unit: Unit, culprit: Outcome) -> list[Outcome]:
    """What is said of a group that failed: the one error, and of the others that they share its fate."""
    text = "Another request of its atomic group failed, so nothing of the group was done."
    return [
        culprit if part is culprit.part else Outcome(part, _error(FailedDependency(text)), is_undone=True)
        for part in unit.parts
    ]


def _error(error: Exception) -> Response:
    """An error in the words of this door."""
    response: Response = current_app.make_response(current_app.handle_user_exception(error))
    return response
