"""Batches for tests, in both forms."""

from __future__ import annotations

import json
from typing import Any

from tests.api.odata_writes.steps import ROOT, send
from tests.firms import Workplace


def run(
    place: Workplace, *requests: dict[str, Any], goes_on: bool = False, **kwargs: Any
) -> list[dict[str, Any]]:
    """The responses of a JSON batch."""
    headers = {"Prefer": "odata.continue-on-error"} if goes_on else {}
    answer = send(place, "POST", "$batch", {"requests": list(requests)}, headers=headers, **kwargs)
    assert answer.status_code == 200, answer.text
    assert answer.headers["OData-Version"] == "4.01"
    found: list[dict[str, Any]] = answer.get_json()["responses"]
    return found


def ask(key: str, method: str, url: str, body: Any = None, **members: Any) -> dict[str, Any]:
    """A request of a JSON batch."""
    made = {"id": key, "method": method, "url": url, **members}
    return made if body is None else {**made, "body": body}


def statuses(responses: list[dict[str, Any]]) -> dict[str, int]:
    return {response["id"]: response["status"] for response in responses}


def http(method: str, url: str, body: Any = None, *, key: str = "", headers: str = "") -> str:
    """A part of a multipart batch."""
    about = f"Content-Type: application/http\r\n{f'Content-ID: {key}' + chr(13) + chr(10) if key else ''}"
    kind = "Content-Type: application/json\r\n" if body is not None else ""
    data = json.dumps(body) if body is not None else ""
    return f"{about}\r\n{method} {url} HTTP/1.1\r\n{kind}{headers}\r\n{data}"


def multipart(*parts: str, boundary: str = "b") -> str:
    return "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"


def change_set(*parts: str, boundary: str = "c") -> str:
    return f"Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n{multipart(*parts, boundary=boundary)}"


def run_multipart(place: Workplace, data: str | bytes, *, boundary: str = "b", **kwargs: Any) -> Any:
    kind = f"multipart/mixed; boundary={boundary}"
    return place.request("POST", f"{ROOT}/$batch", data=data, content_type=kind, **kwargs)
