"""A few dozen documents for the demo firm. Unlike its rows they lie in the file store, so they stay few."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.models import File
from app.services.demo.brief import Brief
from app.services.demo.casework import case_of
from app.services.demo.plan import moment_of
from app.services.file_store import FileStore
from app.services.new_content import NewContent

MOST = 36


class Draft(NamedTuple):
    """A document. Braces are filled in by `words.py`."""

    file_name: str
    description: str | None
    text: str


DRAFTS = (
    Draft(
        "Engagement letter.txt",
        "Signed copy",
        "Dear {person},\n\nThank you for asking us to act for you. This letter says what we will do, what we will "
        "charge and how either of us may end the engagement.\n\nPlease send us {document}.\n",
    ),
    Draft(
        "Intake notes.txt",
        None,
        "Client: {client}\nOther side: {other}\nWhat it is about: {issue}\n\n"
        "The client has {document} and will bring it to the next meeting. {witness} was there in {month}.\n",
    ),
    Draft(
        "Memo to file.txt",
        "Research",
        "Question: {issue}.\n\nShort answer: it depends on {document}.\n\n"
        "{colleague} will check the rules of {court}. See pages {pages} of the file.\n",
    ),
)


def add_documents(session: Session, store: FileStore, brief: Brief, firm_id: int) -> None:
    """Put documents into the store, and add them to matters from all over the firm."""
    for position, (matter, draft) in enumerate(_chosen(brief)):
        case = case_of(brief, matter)
        about = brief.words.about(
            brief.plan.chance.of("document", position), case.client.short_name, case.other
        )
        text = draft.text.format_map(about).encode()
        with NewContent(store, firm_id) as content:
            content.put(BytesIO(text))
            content.goes_with(session)
        made = moment_of(case.opened, position)
        session.add(
            File(
                firm_id=firm_id,
                id=brief.id("file", position),
                file_name=draft.file_name,
                description=draft.description,
                size=len(text),
                content_type="text/plain",
                storage_key=content.key,
                account_id=brief.id("account", case.account),
                matter_id=brief.id("matter", matter),
                created_at=made,
                updated_at=made,
                created_by_id=brief.administrator.id,
                updated_by_id=brief.administrator.id,
            )
        )
    session.flush()


def _chosen(brief: Brief) -> Iterator[tuple[int, Draft]]:
    """The matters that have documents, and which: some of each kind of matter, old and new."""
    matters = brief.plan.size.matters
    count = min(MOST, matters)
    for position in range(count):
        yield 1 + position * matters // count, DRAFTS[position % len(DRAFTS)]
