"""Lines of the conformance checklist that are not met: what asks for them is refused in plain words.

Whoever makes one of these work takes it from here, and writes the truth into `docs/reference/odata-conformance.md`.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.odata.conftest import Practice

REFUSED: list[tuple[str, str, Any, int]] = [
    ("GET", "$all", None, 501),
    ("GET", "$crossjoin(Matters,Accounts)", None, 501),
    ("POST", "TimeEntries/$query", None, 405),
    ("PATCH", "TimeEntries", {"hours": 1}, 405),
    ("DELETE", "TimeEntries", None, 405),
    ("GET", "Matters({M})/time_entries?$deltatoken=1", None, 501),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED, ids=lambda value: str(value))
def test_what_is_not_met_is_refused(
    practice: Practice, method: str, path: str, body: Any, status: int
) -> None:
    answer = practice.place.request(method, f"/odata/v4/{practice.filled(path)}", json=body)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"]
