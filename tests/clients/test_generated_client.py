"""odata2ts makes a TypeScript client from `$metadata`; it compiles, and a day's work with it goes well.

What it does and expects stands in `typescript/generated_client.ts`: it makes entities, lists them with all
options, expands, follows next links, counts, changes with an ETag, replaces, deletes, and reads errors.
"""

from __future__ import annotations

from tests.clients.conftest import Workshop
from tests.databases import on_one_database
from tests.firms import Workplace

PROGRAM = "generated_client"

pytestmark = on_one_database


def test_a_generated_client_compiles_and_does_its_work(
    workshop: Workshop, server: str, workplace: Workplace
) -> None:
    described = workplace.get("/odata/v4/$metadata", headers={"OData-MaxVersion": "4.0"})
    workshop.generate(described.data)
    workshop.compile(PROGRAM)
    seen = workshop.run(PROGRAM, f"{server}/odata/v4", workplace.token, workplace.user_id)
    assert seen["pages"] == 3
    assert "Unknown property 'hour' on TimeEntry at position 0; did you mean 'hours'?" in seen["message"]
    kept = workplace.ok(
        "GET", f"/odata/v4/Matters({seen['matter']})?$expand=time_entries($count=true;$top=0)"
    )
    assert kept["notes"] == "Replaced"
    assert kept["time_entries@odata.count"] == 6
