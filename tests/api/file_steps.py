"""What the tests of files do again and again: upload, download, look into the store."""

from __future__ import annotations

import io
import os
import random
from typing import Any

from app.services.file_store import FileStore
from tests.firms import Workplace

FILES = "/api/v2/files"
UPLOADS = [FILES, f"{FILES}/box"]
CONTENT = random.Random(1).randbytes(2048)
MB = 1_000_000
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.bin"\r\n\r\n'
TAIL = b"\r\n--x--\r\n"
CUT_OFF = HEAD + b"x" * MB
MULTIPART = {"content_type": "multipart/form-data; boundary=x"}


def form(
    content: bytes = CONTENT, name: str = "brief.pdf", kind: str = "application/pdf", **fields: Any
) -> Any:
    return {"data": {"file": (io.BytesIO(content), name, kind), **fields}}


def long_form(content: bytes, more: bytes = b"") -> Any:
    """The same, written out: the test client leaves open the temporary files that it makes of long ones."""
    return {"data": HEAD + content + more + TAIL, **MULTIPART}


def upload(workplace: Workplace, *args: Any, **kwargs: Any) -> Any:
    return workplace.ok("POST", FILES, **form(*args, **kwargs))


def download(workplace: Workplace, key: str, **kwargs: Any) -> Any:
    return workplace.get(f"{FILES}/download/{key}", **kwargs)


def problems(answer: Any, status: int = 400) -> Any:
    assert answer.status_code == status, answer.text[:300]
    return answer.get_json().get("modelState")


def account(workplace: Workplace, name: str = "Acme") -> Any:
    contact = {"first_name": name, "last_name": "Smith"}
    return workplace.ok("POST", "/api/v2/accounts", json={"company_name": name, "primary_contact": contact})


def matter(workplace: Workplace, of: Any) -> Any:
    body = {"name": "Acme v. Bolt", "status": "Open", "account_ref": {"id": of["id"]}}
    return workplace.ok("POST", "/api/v2/matters", json=body)


def contents(store: FileStore) -> list[str]:
    return [os.path.join(folder, name) for folder, _, names in os.walk(store._root) for name in names]
