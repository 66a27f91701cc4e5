"""What the demo firm calls its tasks, events, calls, notes and emails. Braces are filled in by `words.py`."""

from __future__ import annotations

from typing import NamedTuple

from app.models.activities import CALL, EMAIL, EVENT, NOTE, TASK


class Phrases(NamedTuple):
    """Subjects and texts for one kind of activity."""

    subjects: tuple[str, ...]
    texts: tuple[str, ...]


EVERYWHERE = {
    TASK: Phrases(
        (
            "Review {document} from {client}",
            "Send draft of {clause} to {client}",
            "Ask {client} for {document}",
            "Update the engagement letter",
            "Prepare a budget for {client}",
        ),
        ("Before the next call with {client}.", "{colleague} has the first draft.", "See the file."),
    ),
    EVENT: Phrases(
        ("Meeting with {client}", "Signing at {street}", "Video call with {client} and {colleague}"),
        ("Bring {document}.", "Agenda: status, budget, next steps.", "Room 2 is reserved."),
    ),
    CALL: Phrases(
        ("Call with {client} about {document}", "{client} called back", "Left a message for {client}"),
        (
            "Will send {document} this week.",
            "Asked about costs; explained {issue}.",
            "Call again in {month}.",
        ),
    ),
    NOTE: Phrases(
        ("Conversation with {client}", "Conflict check", "Notes on {document}"),
        ("{client} wants this closed by {month}.", "No conflict found.", "Pages {pages} are missing."),
    ),
    EMAIL: Phrases(
        ("Your question about {document}", "Documents we need", "Next steps", "Draft for your review"),
        (
            "Please send us {document} when you can.",
            "Attached is the draft. Please read it and call with questions.",
            "As discussed, the next step is {clause}. We expect to be done in {month}.",
        ),
    ),
}
IN_COURT = {
    TASK: Phrases(
        (
            "Draft motion to compel production of {document}",
            "File answer in {court}",
            "Serve subpoena on {witness}",
            "Prepare exhibits on {issue}",
        ),
        ("Due under the scheduling order.", "Check the local rules of {court}.", "{colleague} will review."),
    ),
    EVENT: Phrases(
        (
            "Deposition of {witness}",
            "Hearing on motion to compel in {court}",
            "Mediation with {other}",
            "Status conference in {court}",
        ),
        ("Court reporter is booked.", "Argument is limited to 20 minutes.", "Bring {document}."),
    ),
    CALL: Phrases(
        ("Call with counsel for {other} about {issue}", "Clerk of {court} called", "Call with {witness}"),
        ("Proposes to extend the deadline to {month}.", "Hearing may move.", "Remembers little of {month}."),
    ),
    NOTE: Phrases(
        ("Theory of the case", "Settlement range", "Notes on the deposition of {witness}"),
        ("Weak point: {issue}.", "{other} would take less.", "Credible; see pages {pages}."),
    ),
    EMAIL: Phrases(
        ("Hearing in {court}", "Discovery requests from {other}", "Settlement offer of {other}"),
        (
            "The hearing on {issue} was moved to {month}. You do not need to attend.",
            "{other} asks for {document}. Please look for it and send what you find.",
            "{other} made an offer. Please call, so that we can talk it over.",
        ),
    ),
}
MIXED = {
    kind: Phrases(
        (*own.subjects, *IN_COURT[kind].subjects, *IN_COURT[kind].subjects),
        (*own.texts, *IN_COURT[kind].texts),
    )
    for kind, own in EVERYWHERE.items()
}


def phrases_for(kind: str, in_court: bool) -> Phrases:
    """What an activity of a kind is about, in a matter that is in court or not."""
    return (MIXED if in_court else EVERYWHERE)[kind]
