"""Puts the rows where both servers read them, once: a stamp says what they were made from."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import psycopg

from bench import data, firms, floor_tables
from bench.workloads import KEYS

ROOT = Path(__file__).parents[1]
SOURCES = (
    "bench/data.py",
    "bench/firms.py",
    "bench/floor_tables.py",
    "bench/load.py",
    "app/models/*.py",
    "app/migrations/**/*.py",
)
"""A change in any of these may change the rows, the tables or the indexes."""

FIRM_SEED, NEIGHBOUR_SEED = 7, 8


@dataclass(frozen=True)
class Loaded:
    """Where the rows are, and how to ask for them.

    Args:
        floor: what the floor's FLOOR_DATABASE is.
        matterbase: what Matterbase's DATABASE_URL is.
        token: an access token for Matterbase.
        keys: ids of some time entries.
    """

    floor: str
    matterbase: str
    token: str
    keys: list[str]


def load_sqlite(folder: Path) -> Loaded:
    """Two SQLite files in the folder, made anew unless they are there and still fit."""
    floor, matterbase = folder / "floor.db", folder / "matterbase.db"
    kept = _kept(folder)
    if kept and floor.exists() and matterbase.exists():
        return kept
    for path in (folder / "stamp.json", *folder.glob("*.db*")):
        path.unlink(missing_ok=True)
    firm, neighbour = _rows()
    floor_tables.load_sqlite(floor, firm)
    address = f"sqlite:///{matterbase}"
    return _keep(folder, Loaded(str(floor), address, firms.load_firms(address, firm, neighbour), _keys(firm)))


def load_postgresql(folder: Path, server: str) -> Loaded:
    """Two databases on the server, made anew unless they are there and still fit.

    Args:
        folder: where the stamp is kept.
        server: the server's address with `{}` for the database's name.
    """
    floor, matterbase = server.format("floor"), server.format("matterbase")
    kept = _kept(folder)
    if kept and kept.floor == floor:
        with suppress(psycopg.OperationalError), psycopg.connect(floor):
            return kept
    (folder / "stamp.json").unlink(missing_ok=True)  # half-loaded rows must not pass for whole ones
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        for name in ("floor", "matterbase"):
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
    firm, neighbour = _rows()
    floor_tables.load_postgresql(floor, firm)
    token = firms.load_firms(matterbase, firm, neighbour)
    return _keep(folder, Loaded(floor, matterbase, token, _keys(firm)))


def _rows() -> tuple[data.Rows, data.Rows]:
    return data.make_rows(data.FIRM, FIRM_SEED), data.make_rows(data.NEIGHBOUR, NEIGHBOUR_SEED)


def _keys(rows: data.Rows) -> list[str]:
    return [entry.id for entry in Random(FIRM_SEED).sample(rows.time_entries, KEYS)]


# The stamp


def _digest() -> str:
    paths = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _kept(folder: Path) -> Loaded | None:
    try:
        stamp = json.loads((folder / "stamp.json").read_text())
    except FileNotFoundError:
        return None
    return Loaded(**stamp["loaded"]) if stamp["digest"] == _digest() else None


def _keep(folder: Path, loaded: Loaded) -> Loaded:
    stamp = folder / "stamp.json"
    stamp.touch(mode=0o600)
    stamp.write_text(json.dumps({"digest": _digest(), "loaded": asdict(loaded)}))
    return loaded
