"""Where the time of a request goes: one workload, in this process, without a server around it.

The layers are timed one by one, each without those inside it. The profiler runs afterwards, because it makes
everything that is written in Python look slower than it is.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import cycle
from statistics import median
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from werkzeug.test import create_environ

from app import auth
from app.api.odata import answers, reader
from app.config import Settings
from app.factory import create_app
from bench.floor import Floor
from bench.load import Loaded
from bench.servers import on_processor, processors
from bench.stage import DATABASES, rows_in
from bench.token_check import PLENTY
from bench.workloads import Workload, workloads
from odata import runner
from odata.engine import Engine
from odata.shaper import Projection

LINES = 25
"""Functions to list."""
WARM_UP = 50
"""Requests before those that count: more than a workload has variants, but for W5."""
WHOLE, REST = "Matterbase in all", "the rest: WSGI, Flask, the response"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Stopwatch:
    """The seconds spent in each layer, those of a layer inside it left out."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = defaultdict(float)
        self._inside = 0.0

    def timed(self, layer: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            outer, self._inside = self._inside, 0.0
            start = perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent = perf_counter() - start
                self._spent[layer] += spent - self._inside
                self._inside = outer + spent

        return timed

    def time(self, layer: str, owner: Any, name: str) -> None:
        setattr(owner, name, self.timed(layer, getattr(owner, name)))

    def take(self) -> dict[str, float]:
        """What was spent since the last time."""
        spent = dict(self._spent)
        self._spent.clear()
        return spent


class Asker:
    """Sends the variants of a workload to an application, in turn."""

    def __init__(
        self, app: Wsgi, paths: list[str], headers: Mapping[str, str], warm_up: int = WARM_UP
    ) -> None:
        self._app = app
        environs = [create_environ(path, headers=dict(headers)) for path in paths]
        self._next = cycle(environs)
        for _ in range(warm_up):
            self.ask()

    def ask(self) -> float:
        """One request; the seconds that it took."""
        answered: list[str] = []
        environ = dict(next(self._next))
        start = perf_counter()
        for _ in self._app(environ, lambda status, headers, exc_info=None: answered.append(status)):
            pass
        spent = perf_counter() - start
        if answered != ["200 OK"]:
            raise SystemExit(f"The answer was {answered}.")
        return spent

    def times(self, count: int) -> list[float]:
        return [self.ask() for _ in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.hotspots", description=__doc__)
    parser.add_argument("workload", type=str.upper, help="W1 to W8")
    parser.add_argument("--database", choices=tuple(DATABASES), default="sqlite")
    parser.add_argument("--times", type=int, default=500)
    options = parser.parse_args()
    with rows_in(options.database) as loaded, on_processor(processors()[0]):
        [workload] = [each for each in workloads(loaded.keys) if each.name == options.workload]
        floor = Asker(Floor(loaded.floor), workload.of_floor, {})
        print(
            f"\n{workload.name}, median microseconds a request; the floor: {_median(floor.times(options.times))}"
        )
        profile = cProfile.Profile()
        profile.runcall(asker_of(loaded, workload).times, options.times)
        _print_layers(loaded, workload, options.times)
        _print_functions(profile, options.times)


def asker_of(loaded: Loaded, workload: Workload, warm_up: int = WARM_UP) -> Asker:
    """Asks Matterbase, in this process."""
    app = create_app(Settings(database_url=loaded.matterbase, rate_limit=PLENTY))
    headers = {"Authorization": f"Bearer {loaded.token}"}
    return Asker(app.wsgi_app, workload.of_odata, headers, warm_up)


def _print_layers(loaded: Loaded, workload: Workload, times: int) -> None:
    watch = Stopwatch()
    watch.time("token check", auth, "_identify")
    watch.time("reading the options", answers, "query_options")
    watch.time("plan and literals", Engine, "plan")
    watch.time("database", reader, "fetch_page")
    watch.time("database: count", runner, "count")
    answers.orjson = SimpleNamespace(dumps=watch.timed("JSON", answers.orjson.dumps))
    make = Projection.list_function
    Projection.list_function = lambda *args: watch.timed("building rows", make(*args))
    asker = asker_of(loaded, workload)
    watch.take()
    taken = []
    for _ in range(times):
        whole = asker.ask()
        spent = watch.take()
        taken.append({**spent, REST: whole - sum(spent.values()), WHOLE: whole})
    for layer in sorted(taken[0], key=lambda layer: -taken[0][layer]):
        print(f"{_median([each.get(layer, 0) for each in taken])}  {layer}")


def _median(seconds: list[float]) -> str:
    return f"{median(seconds) * 1e6:9,.1f}"


def _print_functions(profile: cProfile.Profile, times: int) -> None:
    print("\nUnder the profiler: own and total microseconds a request, calls a request\n")
    stats: Any = pstats.Stats(profile)
    by_own_time = sorted(stats.stats.items(), key=lambda item: -item[1][2])
    for (file, line, name), (_, calls, own, total, _) in by_own_time[:LINES]:
        place = "/".join(file.split("/")[-2:]) + f":{line} " if line else ""
        print(f"{own * 1e6 / times:9.1f} {total * 1e6 / times:9.1f} {calls / times:6.1f}  {place}{name}")


if __name__ == "__main__":
    main()
