"""What a measurement needs before it can start: the rows loaded, and both servers up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bench import load, servers
from bench.servers import Target
from bench.token_check import PLENTY, print_cost
from bench.workloads import Workload, workloads

SCRATCH = load.ROOT / ".bench"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FLOOR_THREADS = {"sqlite": 1, "postgresql": 4}
"""What the floor is fastest with: SQLite's reads hold on to the interpreter, PostgreSQL's wait."""


@contextmanager
def rows_in(database: str) -> Iterator[load.Loaded]:
    """The rows, loaded into the database unless they are there already."""
    folder = SCRATCH / database
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{DATABASES[database]}: the first time, loading 200,000 time entries takes a minute …", flush=True)
    if database == "sqlite":
        yield load.load_sqlite(folder)
        return
    with ExitStack() as stack:
        with servers.on_processor(servers.processors()[1]):
            address = stack.enter_context(servers.postgresql(folder / "data"))
        yield load.load_postgresql(folder, address)


@contextmanager
def both(database: str, threads: int) -> Iterator[tuple[Target, Target, list[Workload]]]:
    """The floor and Matterbase over the same rows, and what to ask them.

    Args:
        threads: Matterbase's setting THREADS.
    """
    serving, asking = servers.processors()
    with ExitStack() as stack:
        loaded = stack.enter_context(rows_in(database))
        with servers.on_processor(serving):
            floor = stack.enter_context(
                servers.granian(
                    "bench.floor:create_app",
                    "floor",
                    threads=FLOOR_THREADS[database],
                    environment={"FLOOR_DATABASE": loaded.floor},
                    headers={},
                )
            )
            matterbase = stack.enter_context(
                servers.granian(
                    "app.serving:application",
                    "Matterbase",
                    interface="rsgi",
                    threads=threads,
                    environment={"DATABASE_URL": loaded.matterbase, "RATE_LIMIT": str(PLENTY)},
                    headers={"Authorization": f"Bearer {loaded.token}"},
                )
            )
            print_cost(DATABASES[database], loaded)
        stack.enter_context(servers.on_processor(asking))
        yield floor, matterbase, workloads(loaded.keys)
