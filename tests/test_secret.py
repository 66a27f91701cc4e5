"""The secret behind the session cookies."""

from __future__ import annotations

from pathlib import Path

from app.config import Settings
from app.secret import secret_of
from tests.parallel import in_threads


def test_a_secret_of_ones_own_is_used() -> None:
    assert secret_of(Settings(secret_key="x" * 40)) == "x" * 40


def test_without_one_each_instance_makes_its_own_and_keeps_it(tmp_path: Path) -> None:
    first, second = (Settings(instance_path=str(tmp_path / name)) for name in ("a", "b"))
    made = in_threads(lambda index: secret_of(first), 8)
    assert len(set(made)) == 1
    assert len(made[0]) >= 64
    assert secret_of(second) != made[0]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["secret_key"]
    assert (tmp_path / "a/secret_key").stat().st_mode & 0o777 == 0o600
