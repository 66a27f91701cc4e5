"""Activities: what a task, an event, an email, a call and a note each need, and what they begin with."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import Activity, File
from app.models.activities import CALL, COMPLETED, EMAIL, EVENT, MEDIUM, NOT_COMPLETED, NOTE, TASK
from app.models.base import now
from app.services.emails import refuse_addresses, settle_addresses
from app.services.linking import missing
from app.services.on_matters import account_of, held_matter
from app.services.records import Rules, Values
from app.services.scoping import Actor, held_by_id, owned

FILES = "files"
ONLY_OF = {
    "date": (CALL, EMAIL, NOTE),
    "duration": (CALL,),
    "body_html": (EMAIL,),
    "external_message_id": (EMAIL,),
    "external_thread_id": (EMAIL,),
}
COMPLETION = ("completed_at", "completed_by_user_id", "completed_by_contact_id")


def complete(session: Session, actor: Actor, activity: Any, values: Values) -> None:
    kind = values["type"] = settle_type(activity, values)
    if values.get("matter_id") is not None:
        matter = held_matter(session, actor, activity, values["matter_id"])
        values["account_id"] = account_of(activity, matter, values.get("account_id"))
    refuse_what_others_have(kind, values)
    if kind == TASK:
        settle_task(actor, activity, values)
    if kind == EVENT:
        check_event(values)
    if kind in (CALL, EMAIL, NOTE) and values.get("date") is None:
        values["date"] = activity.date or now()
    if kind == EMAIL:
        values["description"] = values.get("description") or ""
        settle_addresses(activity, values)
    else:
        refuse_addresses(values)


def settle_type(activity: Any, values: Values) -> str:
    """What kind of activity it is, for good.

    Raises:
        InvalidBody: it is to become another kind, or a new one says no kind.
    """
    kind = values.get("type") or activity.type
    if kind is None:
        raise InvalidBody({"type": ["Say what kind of activity it is."]})
    if activity.type not in (None, kind):
        raise InvalidBody({"type": [f"It is of the type {activity.type}, and stays so."]})
    return str(kind)


def refuse_what_others_have(kind: str, values: Values) -> None:
    """
    Raises:
        InvalidBody: a value that no activity of this kind shows: it would be lost from sight.
    """
    strange = {
        name: [f"This is not for an activity of the type {kind}."]
        for name, kinds in ONLY_OF.items()
        if kind not in kinds and values.get(name) is not None
    }
    if strange:
        raise InvalidBody(strange)


def settle_task(actor: Actor, task: Any, values: Values) -> None:
    """Give a task its status and priority, and note when and by whom it was completed."""
    values["status"] = values.get("status") or NOT_COMPLETED
    values["priority"] = values.get("priority") or MEDIUM
    if values["status"] != COMPLETED:
        values.update(dict.fromkeys(COMPLETION))
        return
    for name in COMPLETION:
        if values.get(name) is None:
            values[name] = getattr(task, name)
    values["completed_at"] = values["completed_at"] or now()
    if values["completed_by_user_id"] is None and values["completed_by_contact_id"] is None:
        values["completed_by_user_id"] = actor.user_id


def check_event(values: Values) -> None:
    """
    Raises:
        InvalidBody: the event has no beginning or no end, or ends before it begins.
    """
    problems = {
        name: ["An event needs a beginning and an end."]
        for name in ("starts_at", "ends_at")
        if values.get(name) is None
    }
    if not problems and values["ends_at"] < values["starts_at"]:
        problems = {"ends_at": ["An event does not end before it begins."]}
    if problems:
        raise InvalidBody(problems)


def attach_files(session: Session, actor: Actor, activity: Activity, values: Values) -> None:
    """Make the activity's files just those of the body; a file that is taken off is not deleted.

    Raises:
        InvalidBody: the firm has no such file, or it is another activity's or account's.
    """
    if FILES not in values:
        return
    wanted = set(values[FILES] or ())
    attached = {
        file.id: file for file in session.scalars(owned(File, actor).where(File.activity_id == activity.id))
    }
    added = held_by_id(session, actor, File, wanted - set(attached))
    if wanted - set(attached) - set(added):
        raise InvalidBody({FILES: ["There is no such file."]})
    _refuse_others_files(session, actor, activity, added.values())
    for key in set(attached) - wanted:
        attached[key].activity_id = None
    for file in added.values():
        file.activity_id = activity.id
        if file.matter_id is None and file.account_id in (None, activity.account_id):
            file.matter_id, file.account_id = activity.matter_id, activity.account_id
    if added or set(attached) - wanted:
        flag_modified(activity, "updated_at")  # its files are part of an activity


def _refuse_others_files(session: Session, actor: Actor, activity: Activity, files: Collection[File]) -> None:
    others = {file.activity_id for file in files if file.activity_id is not None}
    others -= missing(session, actor, Activity.__name__, others) if others else set()
    for file in files:
        if file.activity_id in others:
            raise InvalidBody({FILES: [f"'{file.file_name}' is attached to another activity."]})
        if None not in (file.account_id, activity.account_id) and file.account_id != activity.account_id:
            raise InvalidBody({FILES: [f"'{file.file_name}' is for another account."]})


RULES = Rules(before=complete, after=attach_files)
