"""No name of a client reaches the file system, and nothing tells where content lies."""

from __future__ import annotations

import json
import os

import pytest
from sqlalchemy.orm import Session

from app.api import files
from app.api.files import is_followed, named
from app.models import File
from app.services.file_store import FileStore
from tests.api.file_steps import CONTENT, FILES, UPLOADS, account, contents, download, matter, upload
from tests.firms import Workplace

pytestmark = pytest.mark.usefixtures("store")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../../tmp/evil.sh", "evil.sh"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("CON", "_CON"),
        ("x\u202efdp.exe", "xfdp.exe"),
        ("Klage 契約書.pdf", "Klage 契約書.pdf"),
        ("y" * 400 + ".pdf", "y" * 251 + ".pdf"),
    ],
)
def test_no_name_of_a_client_reaches_the_file_system(
    workplace: Workplace, store: FileStore, name: str, shown: str
) -> None:
    for fields in ({"name": name}, {"name": "plain", "file_name": name}):
        made = upload(workplace, b"content", **fields)
        assert made["file_name"] == shown
        answer = download(workplace, made["id"])
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.data == b"content"
    for path in contents(store):
        folder, key = os.path.relpath(path, store._root).split("/")
        assert folder == str(workplace.firm_id)
        assert set(key) <= set("0123456789abcdef")
        assert len(key) == 32


def test_a_name_sent_with_put_is_cleaned_too_and_the_rest_stays(workplace: Workplace) -> None:
    made = upload(workplace, description="x")
    body = {
        **made,
        "file_name": "../new\u202e.txt",
        "size": 1,
        "content_type": "text/html",
        "storage_key": "../x",
    }
    changed = workplace.ok("PUT", f"{FILES}?id={made['id']}", json=body)
    assert changed == {**made, "file_name": "new.txt", "updated_at": changed["updated_at"]}
    assert download(workplace, made["id"]).data == CONTENT


def test_sent_back_as_it_was_received_nothing_changes(workplace: Workplace) -> None:
    made = upload(workplace, matter_ref=matter(workplace, account(workplace))["id"])
    assert workplace.ok("PUT", f"{FILES}?id={made['id']}", json=made) == made


def test_the_openapi_document_shows_the_form_and_the_bytes(workplace: Workplace) -> None:
    paths = workplace.app.test_client().get("/openapi/v2.json").get_json()["paths"]
    for address in UPLOADS:
        operation = paths[address]["post"]
        body = operation["requestBody"]["content"]["multipart/form-data"]["schema"]
        assert body["properties"]["file"]["format"] == "binary"
        assert body["required"] == ["file"]
        shown = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert shown == {"$ref": "#/components/schemas/File"}
    assert "no Box here" in paths[f"{FILES}/box"]["post"]["description"]
    answers = paths[f"{FILES}/download/{{id}}"]["get"]["responses"]
    for status in ("200", "206"):
        assert answers[status]["content"] == {"*/*": {"schema": {"type": "string", "format": "binary"}}}


def test_a_row_without_a_name_in_ascii_still_has_one_for_old_clients() -> None:
    assert named("契約書")["filename"] == files.NAMELESS


def test_no_range_is_no_part() -> None:
    assert not is_followed(None, 5)


def test_nothing_shows_where_content_lies(workplace: Workplace, session: Session) -> None:
    made = upload(workplace)
    key = session.get_one(File, (workplace.firm_id, made["id"])).storage_key
    for text in (json.dumps(made), workplace.get(FILES).text, workplace.get("/openapi/v2.json").text):
        assert key not in text
        assert "storage_key" not in text
    for query in ("$filter=storage_key eq 'x'", "$select=storage_key", "$orderby=storage_key"):
        assert workplace.get(f"{FILES}?{query}").status_code == 400
