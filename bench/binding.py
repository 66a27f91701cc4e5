"""What a query costs before the database sees it, once its plan is known: reading the options, finding the plan,
reading the literals. For each workload, in this process."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from app.api.odata import answers
from bench.hotspots import asker_of
from bench.servers import on_processor, processors
from bench.stage import rows_in
from bench.workloads import workloads
from odata.engine import Engine

TIMES = 300
"""How often each step is repeated; the best counts, because the machine has other things to do."""

HEADER = """
Microseconds for a query that was seen before:

| | reading the options | plan and literals |
| --- | ---: | ---: |"""


class Repeated:
    """A function that does its work many times over, and remembers how long the best took."""

    def __init__(self, owner: Any, name: str) -> None:
        self.best = 0.0
        setattr(owner, name, self._repeated(getattr(owner, name)))

    def _repeated(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def repeated(*args: Any, **kwargs: Any) -> Any:
            taken = []
            for _ in range(TIMES):
                start = perf_counter()
                found = function(*args, **kwargs)
                taken.append(perf_counter() - start)
            self.best = min(taken)
            return found

        return repeated


def main() -> None:
    steps = Repeated(answers, "query_options"), Repeated(Engine, "plan")
    with rows_in("sqlite") as loaded, on_processor(processors()[0]):
        print(HEADER)
        for workload in workloads(loaded.keys):
            asker_of(loaded, workload, warm_up=1)
            print(f"| {workload.name} | " + " | ".join(f"{step.best * 1e6:.1f}" for step in steps) + " |")


if __name__ == "__main__":
    main()
