"""What happens around matters. A task, an event, an email, a call and a note are each an activity."""

from typing import Any

from app.api.parameters import (
    SINCE,
    Parameter,
    assigned,
    contains_any,
    dated,
    having,
    known_elsewhere,
    of,
    searching,
    span,
    tagged,
)
from app.api.resources.face import CREATE, DELETE, LIST, REPLACE, Face, Resource, odata, praxis, v1, v2
from app.models import Activity, Message
from app.models.activities import CALL, EMAIL, EVENT, NOTE, TASK
from app.services import activities, messages
from schemas import odata as entities
from schemas import praxis as camel
from schemas import v1 as dto
from schemas import v2 as shapes
from schemas.base import Shape
from schemas.fields import Text
from schemas.rules import TASK_STATUSES

BY_MESSAGE_ID = Parameter(
    "external_message_id",
    Text(),
    "external_message_id eq @value",
    "Only the email that another system knows by this id.",
)


def kind(
    path: str,
    noun: str,
    activity_type: str,
    detailed: type[Shape],
    *parameters: Parameter,
    also: tuple[Face, ...] = (),
    **kwargs: Any,
) -> Resource:
    """A kind of activity, as v2 has it.

    Args:
        also: its faces at other doors.
    """
    common = (assigned(), of("account"), of("matter"), *SINCE, tagged("activity_tag", "activity"))
    face: Face = v2(path, detailed, *common, *parameters, only={"type": activity_type}, **kwargs)
    return Resource(Activity, path, noun, (face, *also), activities.RULES)


DEADLINES = praxis(
    "deadlines",
    "deadline",
    camel.Deadline,
    of("case", "matter_id", name="caseId"),
    assigned(name="assignedUserId"),
    having(*TASK_STATUSES),
    *span("due_date", "due"),
    searching(contains_any("subject", "description"), "the title or the description", name="search"),
    only={"type": TASK, "is_dated": True},
)
"""A deadline is a task that is due on some day."""

RESOURCES = (
    Resource(
        Activity,
        "activities",
        "activity",
        (v1("activity", dto.ActivityDTO, dto.ActivityDTO_Detail), odata("Activities", entities.Activity)),
        activities.RULES,
    ),
    kind("calllogs", "call log", CALL, shapes.CallLog, *dated()),
    kind("emails", "email", EMAIL, shapes.Email, BY_MESSAGE_ID, standard=shapes.EmailInList),
    kind(
        "events",
        "event",
        EVENT,
        shapes.Event,
        known_elsewhere("external_id"),
        *dated("starts_at"),
        upserts=True,
    ),
    kind("notes", "note", NOTE, shapes.Note, *dated()),
    kind(
        "tasks",
        "task",
        TASK,
        shapes.Task,
        having(*TASK_STATUSES),
        known_elsewhere("external_id"),
        *dated("due_date", "due_date"),
        also=(DEADLINES,),
    ),
    Resource(
        Message,
        "messages",
        "message",
        (
            v2("messages", shapes.Message, operations=frozenset({LIST, CREATE, REPLACE, DELETE})),
            odata("Messages", entities.Message),
        ),
        messages.RULES,
    ),
)
