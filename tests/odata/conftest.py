from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.odata.library import Library


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path: Path = tmp_path_factory.mktemp("library") / "library.db"
    url = f"sqlite:///{path}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url").replace("postgresql://", "postgresql+psycopg://")
    library = Library(url)
    yield library
    library.close()
