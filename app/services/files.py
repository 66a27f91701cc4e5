"""Files: the name that people see, the content's type, and the account that a file belongs to.

A deleted file's content stays in the store, as its row stays in the table: the past of a matter can be read
again (docs/decisions/0005).
"""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import Activity, File
from app.services.on_matters import account_of, held_matter
from app.services.records import Rules, Values
from app.services.scoping import Actor

LONGEST_NAME = 255
LONGEST_EXTENSION = 20
NAMELESS = "file"
ANY_TYPE = "application/octet-stream"

UNPRINTED = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's control characters, surrogates, and the separators of lines and of paragraphs."""

DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of text, so that `exe.pdf` can be read where `fdp.exe` is meant (UAX 9)."""

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I | re.A)
"""What Windows takes for a device, with any extension."""

TOKEN = r"[!#$%&'*+.^_`|~0-9a-z-]+"  # noqa: S105 - RFC 9110 section 5.6.2 calls it so
MEDIA_TYPE = re.compile(f"(?=.{{1,255}}$){TOKEN}/{TOKEN}", re.I | re.A)


def readable_name(text: str) -> str:
    r"""The name of a file as people read it: no folders, nothing that deceives or confuses a computer.

    >>> readable_name(r"C:\Briefs\Reply to motion.pdf")
    'Reply to motion.pdf'
    >>> readable_name("../../etc/passwd"), readable_name(".."), readable_name("con.txt")
    ('passwd', 'file', '_con.txt')
    """
    base = re.split(r"[/\\]", text)[-1]
    shown = "".join(
        letter
        for letter in base
        if unicodedata.category(letter) not in UNPRINTED and letter not in DIRECTIONS
    )
    name = _shortened(shown.strip())
    if DEVICES.match(name):
        name = _shortened(f"_{name}")
    return name if name.strip(". ") else NAMELESS


def _shortened(name: str) -> str:
    """At most as long as file systems allow; the extension stays."""
    extension = PurePosixPath(name).suffix
    if len(extension) > LONGEST_EXTENSION:
        extension = ""
    stem = name.removesuffix(extension) if extension else name
    return (stem[: LONGEST_NAME - len(extension)] + extension).strip()


def content_type(declared: str | None, file_name: str) -> str:
    """The media type: what the client declares, else what the extension says.

    >>> content_type("text/html", "a.pdf"), content_type(None, "a.pdf"), content_type("no type", "a")
    ('text/html', 'application/pdf', 'application/octet-stream')
    """
    # Only the extension is looked up: a whole name could be taken for a URL.
    guessed, packed = mimetypes.guess_type(f"{NAMELESS}{PurePosixPath(file_name).suffix}")
    for kind in (declared, None if packed else guessed):
        if kind and MEDIA_TYPE.fullmatch(kind):
            return kind
    return ANY_TYPE


def complete(session: Session, actor: Actor, file: Any, values: Values) -> None:
    values["file_name"] = readable_name(values["file_name"])
    wanted, matter_id, activity_id = (values.get(name) for name in ("account_id", "matter_id", "activity_id"))
    if matter_id is not None:
        matter = held_matter(session, actor, file, matter_id)
        values["account_id"] = account_of(file, matter, wanted)
    elif wanted is None and activity_id is not None:
        activity = session.get_one(Activity, (actor.firm_id, activity_id))
        values |= {"account_id": activity.account_id, "matter_id": activity.matter_id}
    if activity_id != file.activity_id:
        if activity_id is not None:
            _refuse_other_account(session.get_one(Activity, (actor.firm_id, activity_id)), values)
        _note_on_activities(session, actor, file.activity_id, activity_id)


def _refuse_other_account(activity: Activity, values: Values) -> None:
    account_id = values.get("account_id")
    if None not in (account_id, activity.account_id) and account_id != activity.account_id:
        raise InvalidBody({"activity_id": ["The activity is for another account."]})


def _note_on_activities(session: Session, actor: Actor, *keys: str | None) -> None:
    """An activity's files are part of it: where one comes or goes, the activity has changed."""
    for key in filter(None, keys):
        flag_modified(session.get_one(Activity, (actor.firm_id, key)), "updated_at")


def leave_activity(session: Session, actor: Actor, file: File) -> None:
    _note_on_activities(session, actor, file.activity_id)


RULES = Rules(before=complete, delete=leave_activity)
