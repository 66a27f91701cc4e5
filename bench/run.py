"""Measures Matterbase beside the floor and prints a table for each database."""

from __future__ import annotations

import argparse
import math
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from app.config import Settings
from bench import generator
from bench.agreement import compare
from bench.generator import Sample, ask
from bench.paging import OF, ORDERS, PAGE, deep_page, in_pages
from bench.servers import Target
from bench.stage import DATABASES, both
from bench.workloads import Workload, narrowed

ROUNDS_OF_ANSWERS = 5
"""Answers to wait for on every connection: those cut off at the end of a measurement must not weigh."""
LONGEST = 20
"""Seconds for one measurement, unless more are asked for."""

COLUMNS = (
    "| | | floor /s | Matterbase /s | ratio | floor ms | Matterbase ms | floor bytes | Matterbase bytes |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


Asked: TypeAlias = tuple[Target, list[str]]
"""A server, and the paths that it is asked for in turn."""


@dataclass(frozen=True)
class Result:
    """A workload's medians for both."""

    workload: Workload
    floor: Sample
    matterbase: Sample
    sizes: dict[str, int]


def main() -> None:
    options = _options()
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # ended from outside, it still ends what it started
    generator.check_installed()
    try:
        for database in DATABASES:
            if options.database in (database, "both"):
                with both(database, options.threads) as (floor, matterbase, asked):
                    chosen = [each for each in asked if not options.only or each.name in options.only]
                    if options.same_columns:
                        chosen = [narrowed(each) for each in chosen]
                    _print(database, list(_measure(chosen, floor, matterbase, options)), options)
                    if not options.only:
                        _compare_pages(matterbase, options)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--only", type=lambda text: text.upper().split(","), help="such as W1,W5")
    parser.add_argument("--seconds", type=int, default=3, help="for one measurement, at least")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turns")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--threads", type=int, default=Settings().threads, help="Matterbase's own THREADS")
    parser.add_argument(
        "--same-columns", action="store_true", help="ask Matterbase for just what the floor shows"
    )
    parser.add_argument("--quick", action="store_true", help="one round of a second: a first look")
    options = parser.parse_args()
    if options.quick:
        options.seconds = options.rounds = 1
    return options


def _measure(
    asked: list[Workload], floor: Target, matterbase: Target, options: argparse.Namespace
) -> Iterator[Result]:
    for workload in asked:
        agreement = compare(workload, floor, matterbase)
        if agreement.difference:
            print(f"{workload.name} is left out: {agreement.difference}", flush=True)
            continue
        found = _in_turns((floor, workload.of_floor), (matterbase, workload.of_odata), options)
        print(f"{workload.name}: {found[1].rate / found[0].rate:.2f}", flush=True)
        yield Result(workload, *found, agreement.sizes)


def _compare_pages(matterbase: Target, options: argparse.Namespace) -> None:
    target = in_pages(matterbase)
    for order, path in ORDERS.items():
        first, deep = _in_turns((target, [path]), (target, [deep_page(matterbase, path)]), options)
        print(
            f"Pages of {OF} {order}: page {PAGE:,} by next link {deep.rate:,.0f}/s, page 1 {first.rate:,.0f}/s: "
            f"{deep.rate / first.rate:.2f}",
            flush=True,
        )


def _in_turns(one: Asked, other: Asked, options: argparse.Namespace) -> tuple[Sample, Sample]:
    """Both in turns, the order changing from round to round, so that a slow minute hits both."""
    connections = options.connections
    turns = []
    for target, paths in (one, other):
        warm = ask(target, paths, seconds=1, connections=connections)
        needed = math.ceil(ROUNDS_OF_ANSWERS * connections / warm.rate) if warm.rate else LONGEST
        turns.append((target, paths, max(options.seconds, min(needed, LONGEST)), list[Sample]()))
    for number in range(options.rounds):
        for target, paths, seconds, samples in reversed(turns) if number % 2 else turns:
            samples.append(ask(target, paths, seconds=seconds, connections=connections))
    return _middle(turns[0][3]), _middle(turns[1][3])


def _middle(samples: list[Sample]) -> Sample:
    return Sample(
        median(sample.rate for sample in samples),
        median(sample.median for sample in samples),
        sum(sample.failed for sample in samples),
    )


def _print(database: str, results: list[Result], options: argparse.Namespace) -> None:
    print(
        f"\n{DATABASES[database]}: answers a second, median milliseconds and bytes an answer; "
        f"{options.connections} connections, {options.rounds} x {options.seconds} s, "
        f"Matterbase with {options.threads} threads\n\n{COLUMNS}"
    )
    for result in results:
        floor, matterbase = result.floor, result.matterbase
        failed = floor.failed + matterbase.failed
        cells = (
            result.workload.name,
            result.workload.about,
            f"{floor.rate:,.0f}",
            f"{matterbase.rate:,.0f}",
            f"{matterbase.rate / floor.rate:.2f}" + (f" ({failed} failed)" if failed else ""),
            f"{floor.median:.2f}",
            f"{matterbase.median:.2f}",
            f"{result.sizes['floor']:,}",
            f"{result.sizes['Matterbase']:,}",
        )
        print("| " + " | ".join(cells) + " |")
    print(flush=True)


if __name__ == "__main__":
    main()
