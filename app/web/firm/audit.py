"""`/firm/audit`: what happened at the doors of the firm, filtered, page by page, or all of it as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response as FlaskResponse
from flask import stream_with_context
from werkzeug.wrappers import Response

from app.extensions import database
from app.models import User
from app.services import audit_trail, staff
from app.services.audit_trail import Filter
from app.transactions import session
from app.web.blueprint import web
from app.web.firm import audit_form
from app.web.firm.administrators import for_administrator
from app.web.firm.audit_form import AuditForm
from app.web.pages import render


@web.get("/firm/audit")
@for_administrator
def firm_audit(user: User) -> Response:
    form = audit_form.of_request()
    found = audit_trail.Page([], None) if form.wrong else audit_trail.page(session(), user, form.filter)
    return _page(user, form, found)


@web.get("/firm/audit.csv")
@for_administrator
def firm_audit_csv(user: User) -> Response:
    form = audit_form.of_request()
    if form.wrong:
        return _page(user, form, audit_trail.Page([], None))
    answer = FlaskResponse(stream_with_context(_pieces(user, form.filter)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    return answer


def _pieces(user: User, wanted: Filter) -> Iterator[str]:
    with database().session() as work:
        for piece in audit_trail.as_csv(work, user, wanted):
            work.rollback()  # an open transaction would keep writers waiting for as long as the browser takes
            yield piece


def _page(user: User, form: AuditForm, found: audit_trail.Page) -> Response:
    people = staff.of_firm(session(), user)
    return render(
        "firm/audit.html",
        400 if form.wrong else 200,
        user=user,
        form=form,
        found=found,
        actions=audit_form.actions(),
        people=people,
        names={person.id: person.display_name for person in people},
        apps=audit_trail.apps_known_to(session(), user),
    )
