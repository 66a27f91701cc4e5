"""Uploads at the v2 door: what they may say, what is refused, and who may send them."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import User
from app.services.file_store import FileStore
from tests.api.file_steps import (
    CONTENT,
    CUT_OFF,
    FILES,
    MB,
    MULTIPART,
    TAIL,
    UPLOADS,
    account,
    contents,
    download,
    form,
    long_form,
    matter,
    problems,
    upload,
)
from tests.commits import failing
from tests.firms import Workplace, issue_token
from tests.parallel import in_threads

pytestmark = pytest.mark.usefixtures("store")


@pytest.mark.parametrize("address", UPLOADS)
def test_an_upload_answers_with_the_file_as_a_read_shows_it(workplace: Workplace, address: str) -> None:
    made = workplace.ok("POST", address, **form(description="Signed"))
    assert made["file_name"] == "brief.pdf"
    assert made["content_type"] == "application/pdf"
    assert made["size"] == len(CONTENT)
    assert made["description"] == "Signed"
    assert made["account_ref"] is made["matter_ref"] is made["activity_ref"] is None
    assert workplace.ok("GET", f"{FILES}/{made['id']}") == made
    assert [row["id"] for row in workplace.list(FILES)] == [made["id"]]
    assert download(workplace, made["id"]).data == CONTENT


@pytest.mark.parametrize("write", ["json", "braces", "bare", "dotted"])
def test_a_reference_can_be_written_in_each_of_the_ways(workplace: Workplace, write: str) -> None:
    acme = account(workplace)
    case = matter(workplace, acme)
    ways = {
        "json": {"matter_ref": json.dumps({"id": case["id"], "display_name": "ignored"})},
        "braces": {"matter_ref": " " + json.dumps({"id": "{" + case["id"].upper() + "}"})},
        "bare": {"matter_ref": case["id"]},
        "dotted": {"matter_ref.id": case["id"]},
    }
    made = upload(workplace, **ways[write])
    assert made["matter_ref"]["id"] == case["id"]
    assert made["account_ref"]["id"] == acme["id"]


def test_the_account_is_the_matters_and_no_other(workplace: Workplace) -> None:
    case, other = matter(workplace, account(workplace)), account(workplace, "Bolt")
    answer = workplace.request("POST", FILES, **form(matter_ref=case["id"], account_ref=other["id"]))
    assert set(problems(answer)) == {"account_ref"}


def test_the_account_is_the_activitys_where_there_is_no_matter(workplace: Workplace) -> None:
    acme = account(workplace)
    note = {"subject": "Call back", "note": "Soon", "account_ref": {"id": acme["id"]}}
    made = upload(workplace, activity_ref=workplace.ok("POST", "/api/v2/notes", json=note)["id"])
    assert made["activity_ref"]["subject"] == "Call back"
    assert made["account_ref"]["id"] == acme["id"]


def test_a_file_that_moves_to_another_matter_moves_to_its_account(workplace: Workplace) -> None:
    made = upload(workplace, matter_ref=matter(workplace, account(workplace))["id"])
    bolt = account(workplace, "Bolt")
    body = {**made, "matter_ref": {"id": matter(workplace, bolt)["id"]}}
    moved = workplace.ok("PUT", f"{FILES}?id={made['id']}", json=body)
    assert moved["account_ref"]["id"] == bolt["id"]


STRANGER = "2468bd44-b3ff-49c6-a8ac-002c2984bc9e"


@pytest.mark.parametrize("name", ["account_ref", "matter_ref", "activity_ref"])
@pytest.mark.parametrize(
    "text", [STRANGER, "x", "{", "{}", '{"id": 1}', '{"id": null}', "{" * 5000, "\0", "\ud83d", "[1]"]
)
def test_a_reference_that_leads_nowhere_is_named(workplace: Workplace, name: str, text: str) -> None:
    data = {"file": (io.BytesIO(b"a"), "a"), name: text.encode(errors="replace").decode()}
    answer = workplace.request("POST", FILES, data=data)
    assert {key.partition(".")[0] for key in problems(answer)} == {name}


def test_another_firms_matter_is_no_reference_and_leaves_no_content(
    workplace: Workplace, other_workplace: Workplace, store: FileStore
) -> None:
    theirs = matter(other_workplace, account(other_workplace))
    answer = workplace.request("POST", FILES, **form(matter_ref=theirs["id"]))
    assert set(problems(answer)) == {"matter_ref"}
    assert contents(store) == []


@pytest.mark.parametrize("address", UPLOADS)
@pytest.mark.parametrize(
    "request_parts",
    [
        {"json": {"file_name": "a"}},
        {"data": b"raw", "content_type": "application/pdf"},
        {"data": b""},
        {"data": {"description": "no file"}, "content_type": "multipart/form-data"},
        {"data": {"file": "text"}, "content_type": "multipart/form-data"},
        {"data": {"file": "text"}},
        {
            "data": b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--',
            **MULTIPART,
        },
        {"data": b"--x\r\nbroken", **MULTIPART},
        {"data": CUT_OFF, **MULTIPART},
        {"data": b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--", **MULTIPART},
        {"data": b"--x\r\n", "content_type": "multipart/form-data"},
        {
            "data": b"--x\r\n",
            "content_type": "multipart/form-data; boundary=\xe9".encode("latin-1").decode("latin-1"),
        },
    ],
    ids=range(12),
)
def test_a_request_without_a_file_part_says_what_is_missing(
    workplace: Workplace, address: str, request_parts: Any
) -> None:
    assert set(problems(workplace.request("POST", address, **request_parts))) == {"file"}


def test_the_part_may_have_any_name_but_there_is_one(workplace: Workplace, store: FileStore) -> None:
    made = workplace.ok("POST", FILES, data={"document": (io.BytesIO(b"a"), "a.txt")})
    assert made["size"] == 1
    both = {"file": (io.BytesIO(b"a"), "a.txt"), "other": (io.BytesIO(b"b"), "b.txt")}
    assert set(problems(workplace.request("POST", FILES, data=both))) == {"file"}
    assert len(contents(store)) == 1


def test_an_empty_file_is_a_file(workplace: Workplace) -> None:
    made = upload(workplace, b"")
    assert made["size"] == 0
    for headers in ({}, {"Range": "bytes=0-0"}, {"Range": "bytes=-5"}):
        answer = download(workplace, made["id"], headers=headers)
        assert (answer.status_code, answer.data, answer.content_length) == (200, b"", 0)


def test_a_file_above_the_limit_is_refused(workplace: Workplace, small_limit: int, store: FileStore) -> None:
    assert upload(workplace, b"x" * small_limit)["size"] == small_limit
    for size in (small_limit + 1, 3 * MB):
        answer = workplace.request("POST", FILES, **long_form(b"x" * size))
        assert answer.status_code == 413
        assert "1000 bytes" in answer.get_json()["message"]
    assert len(contents(store)) == 1


def test_an_upload_may_be_longer_than_other_bodies(workplace: Workplace, app: Flask) -> None:
    body_limit = app.config["MAX_CONTENT_LENGTH"]
    made = workplace.ok("POST", FILES, **long_form(b"x" * (body_limit + 1)))
    assert made["size"] == body_limit + 1


def test_too_many_parts_or_too_long_a_field_are_refused(workplace: Workplace) -> None:
    many = {f"field{number}": "x" for number in range(100)}
    assert workplace.request("POST", FILES, **form(**many)).status_code == 413
    field = b'\r\n--x\r\nContent-Disposition: form-data; name="description"\r\n\r\n'
    for before in (b"a", b"a" * MB):  # half an upload, too, leaves no temporary file open
        answer = workplace.request("POST", FILES, **long_form(before, field + b"x" * MB))
        assert answer.status_code == 413


@pytest.mark.parametrize("name", ["description", "file_name", "id"])
def test_odd_fields_break_nothing(workplace: Workplace, name: str) -> None:
    for text in ("a\0b", "\U0001f4c4", "\u202e", "x" * 10_000, str(uuid4())):
        assert workplace.request("POST", FILES, **form(**{name: text})).status_code in (200, 400)
    assert workplace.request("POST", FILES, **form(**{f"{name}.x": "1"})).status_code == 400


def test_a_part_without_a_name_is_a_file_or_is_ignored(workplace: Workplace) -> None:
    nameless = b'--x\r\nContent-Disposition: form-data; filename="a.txt"\r\n\r\na'
    field = b"\r\n--x\r\nContent-Disposition: form-data\r\n\r\nb"
    made = workplace.ok("POST", FILES, data=nameless + field + TAIL, **MULTIPART)
    assert (made["file_name"], made["size"]) == ("a.txt", 1)


def test_a_store_that_fails_is_a_503_and_no_row(
    workplace: Workplace, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    answer = workplace.request("POST", FILES, **form())
    assert answer.status_code == 503
    assert workplace.list(FILES) == []


def test_content_goes_again_when_its_row_cannot_be_made(workplace: Workplace, store: FileStore) -> None:
    made = upload(workplace)
    answer = workplace.request("POST", FILES, **form(id=made["id"]))
    assert set(problems(answer)) == {"id"}
    assert len(contents(store)) == 1


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "a-key"}], ids=["plain", "keyed"])
@pytest.mark.parametrize("seemingly", [False, True])
def test_content_goes_again_when_the_commit_fails(
    workplace: Workplace, store: FileStore, database: Database, headers: dict[str, str], seemingly: bool
) -> None:
    with failing(database, seemingly=seemingly):
        assert workplace.request("POST", FILES, headers=headers, **form()).status_code == 500
    assert len(contents(store)) == len(workplace.list(FILES)) == seemingly


def test_of_uploads_with_one_key_only_one_leaves_content(workplace: Workplace, store: FileStore) -> None:
    headers = {"Idempotency-Key": "a-key"}
    answers = in_threads(lambda _: workplace.request("POST", FILES, headers=headers, **form()), 4)
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len(contents(store)) == len(workplace.list(FILES)) == 1


def test_a_reading_token_downloads_and_does_not_upload(workplace: Workplace, session: Session) -> None:
    made = upload(workplace)
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    reader = issue_token(session, user, workplace.client_id or "", "read")
    session.commit()
    assert download(workplace, made["id"], token=reader).data == CONTENT
    for address in UPLOADS:
        assert workplace.request("POST", address, token=reader, **form()).status_code == 403


def test_nobody_uploads_or_downloads_without_a_token(workplace: Workplace) -> None:
    made = upload(workplace)
    client = workplace.app.test_client()
    assert client.get(f"{FILES}/download/{made['id']}").status_code == 401
    assert client.post(FILES, **form()).status_code == 401


def test_another_firm_finds_nothing(workplace: Workplace, other_workplace: Workplace) -> None:
    made = upload(workplace)
    assert download(other_workplace, made["id"]).status_code == 404


def test_a_deleted_file_is_gone_and_its_content_kept(workplace: Workplace, store: FileStore) -> None:
    made = upload(workplace)
    assert workplace.ok("DELETE", f"{FILES}?id={made['id']}") == made
    assert download(workplace, made["id"]).status_code == 404
    assert len(contents(store)) == 1


@pytest.mark.parametrize("key", ["x", "..", "%00", "..%2f..%2fetc%2fpasswd", "9" * 500])
def test_a_key_that_is_none_is_refused(workplace: Workplace, key: str) -> None:
    assert download(workplace, key).status_code in (400, 404)
