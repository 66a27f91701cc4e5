"""The OpenAPI documents are written when somebody first asks for them."""

from __future__ import annotations

import json

from app.config import Settings
from app.factory import create_app
from tests.databases import on_one_database
from tests.parallel import in_threads


@on_one_database
def test_whoever_asks_first_gets_all_of_it(settings: Settings) -> None:
    app = create_app(settings)
    texts = in_threads(lambda index: app.test_client().get("/openapi/v2.json").text, 4)
    app.extensions["database"].dispose()
    assert len(set(texts)) == 1
    document = json.loads(texts[0])
    assert len(document["paths"]) > 100
    assert len(document["tags"]) == len({tag["name"] for tag in document["tags"]}) > 20
