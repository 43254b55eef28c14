"""Readers at once: `python -m tests.benchmarks.sessions --data <tree>`; server time of page scripts by real sessions.
Every session speaks the browser's own protocol with a real server; what pages show is tested elsewhere."""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import statistics
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import psutil

from dashboards.shell.navigation import PAGES
from dashboards.workbench.examples import examples
from tests.benchmarks.browsing import STATEMENT_DONE, Click, reader
from tests.dashboards.served import server

REPOSITORY = Path(__file__).resolve().parents[2]
SESSIONS = ("1", "10", "50", "40+10", "0+50")  # readers of pages, and analysts who ask SQL
THINK_SECONDS = (4.0, 12.0)  # a reader looks at a page before the next click
CLICKS, STATEMENTS = 8, 2
MONTHS = "select distinct strftime(period_month, '%Y-%m') from rankings.rpt_court_rankings order by all desc"
COURTS = "select court_code from core.dim_courts where level = 'basic' order by sort_order"
AIM_SECONDS, FIRST_AIM_SECONDS = 0.3, 2.0


@dataclass(frozen=True)
class Place:
    """What readers choose from: four months, the newest first, and five courts, of the current snapshot."""

    months: tuple[str, ...]
    courts: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """What a load measured, in seconds, when its readers went their ways for the second time; `new_p95` is of the first
    time, when no answer was there yet. `first_worst`: the first visit of a page after the server started."""

    load: str
    clicks: int
    errors: int
    faults: list[str]
    median: float
    p95: float
    worst: float
    new_p95: float
    processor: float  # the server's own, per click
    statements: int
    statement_median: float
    statement_p95: float
    first_worst: float
    by_page: dict[str, float]


def arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks.sessions")
    default = Path(os.environ.get("ENFORCEMENT_DATA_DIR") or REPOSITORY / "data")
    made.add_argument("--data", type=Path, default=default, help="a data tree with a published snapshot")
    made.add_argument("--sessions", nargs="*", default=list(SESSIONS), help="readers, or readers+analysts: 40+10")
    made.add_argument("--aim", type=float, default=AIM_SECONDS, help="seconds that p95 may take")
    made.add_argument("--json", type=Path, default=None, help="where to write the figures")
    return made.parse_args()


def place_of(data: Path) -> Place:
    """The newest month, the one before, one half a year and one a year before; courts from all over the list."""
    published = data / "published"
    database = published / (published / "CURRENT").read_text(encoding="utf-8").strip() / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        months = [month for (month,) in connection.execute(MONTHS).fetchall()]
        courts = [court for (court,) in connection.execute(COURTS).fetchall()]
    chosen = sorted({min(back, len(months) - 1) for back in (0, 1, 6, 12)})
    return Place(tuple(months[back] for back in chosen), tuple(courts[:: max(1, len(courts) // 5)][:5]))


async def browsed(port: int, number: int, where: Place) -> list[Click]:
    """One reader who goes from page to page, and comes at a moment of their own."""
    chance, done = random.Random(number), []
    await asyncio.sleep(chance.uniform(0, THINK_SECONDS[1]))
    async with reader(port) as one:
        for page, state in ways(number, where):
            done.append(await one.open(page, state))
            await asyncio.sleep(chance.uniform(*THINK_SECONDS))
    return done


async def asked(port: int, number: int, where: Place) -> list[Click]:
    """One analyst who opens the SQL page and asks example questions."""
    chance, done = random.Random(f"analyst {number}"), []
    await asyncio.sleep(chance.uniform(0, THINK_SECONDS[1]))
    async with reader(port) as one:
        done.append(await one.open("sql", {"lang": "zh"}))
        for _ in range(STATEMENTS):
            await asyncio.sleep(chance.uniform(*THINK_SECONDS))
            question = chance.choice(examples())
            done.append(await one.ask(question.filled(chance.choice(where.months), chance.choice(where.courts))))
    return done


async def first_visits(port: int) -> list[Click]:
    """Every page once, by the first reader after the server started."""
    async with reader(port) as one:
        return [await one.open(page, {"lang": "zh"}) for page in PAGES]


def ways(number: int, where: Place) -> list[tuple[str, dict[str, str]]]:
    """What a reader clicks: pages of the gallery in an order of their own, now and then another month or court."""
    chance = random.Random(f"reader {number}")
    found = []
    for _ in range(CLICKS):
        state = {
            "lang": chance.choice(("zh", "zh", "en")),
            "month": chance.choice(where.months),
            "court": chance.choice(where.courts),
        }
        found.append((chance.choice(PAGES), state))
    return found


async def loaded(port: int, load: str, where: Place) -> list[Click]:
    """The clicks of `readers` or `readers+analysts` at once."""
    readers, _, analysts = load.partition("+")
    answers = await asyncio.gather(
        *(browsed(port, number, where) for number in range(int(readers))),
        *(asked(port, number, where) for number in range(int(analysts or 0))),
    )
    return [click for answer in answers for click in answer]


def summed_up(load: str, new: list[Click], clicks: list[Click], first: list[Click], processor: float) -> Load:
    """The figures of a load; clicks that failed are counted and not timed."""
    faults = [f"{click.page}: {click.fault}" for click in [*new, *clicks] if click.fault]
    good = [click for click in clicks if not click.fault]
    pages = [click.seconds for click in good if click.page != STATEMENT_DONE]
    statements = [click.seconds for click in good if click.page == STATEMENT_DONE]
    by_page: dict[str, list[float]] = {}
    for click in good:
        by_page.setdefault(click.page, []).append(click.seconds)
    return Load(
        load=load,
        clicks=len(clicks) - len(statements),
        errors=len(faults),
        faults=sorted(set(faults)),
        median=at(pages, 0.5),
        p95=at(pages, 0.95),
        worst=at(pages, 1),
        new_p95=at([click.seconds for click in new if not click.fault], 0.95),
        processor=round(processor / max(1, len(clicks)), 3),
        statements=len(statements),
        statement_median=at(statements, 0.5),
        statement_p95=at(statements, 0.95),
        first_worst=round(max(click.seconds for click in first), 3),
        by_page={page: round(statistics.median(found), 3) for page, found in sorted(by_page.items())},
    )


def at(seconds: list[float], share: float) -> float:
    """The smallest of the values that at least `share` of them do not exceed; 0 without any."""
    ordered = sorted(seconds)
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 3) if ordered else 0.0


def main() -> int:
    """Prints the figures of each load; 1 if anything failed or an aim was missed."""
    wanted = arguments()
    where = place_of(wanted.data.resolve())
    environment = {"ENFORCEMENT_DATA_DIR": str(wanted.data.resolve())}
    with TemporaryDirectory() as place, server(Path(place) / "log", environment) as address:
        port, running = int(address.rpartition(":")[2]), psutil.Process().children()[0]
        first = asyncio.run(first_visits(port))
        for click in first:
            _say(f"first visit  {click.page:<14} {click.seconds:6.2f} s  {click.fault}")
        loads = []
        for load in wanted.sessions:
            new = asyncio.run(loaded(port, load.partition("+")[0], where))
            before = sum(running.cpu_times()[:2])
            clicks = asyncio.run(loaded(port, load, where))
            spent = sum(running.cpu_times()[:2]) - before
            loads.append(summed_up(load, new, clicks, first, spent))
            _say(json.dumps(asdict(loads[-1]), ensure_ascii=False))
    if wanted.json:
        wanted.json.write_text(json.dumps([asdict(load) for load in loads], indent=1), encoding="utf-8")
    missed = [load for load in loads if load.errors or load.p95 > wanted.aim or load.first_worst > FIRST_AIM_SECONDS]
    return 1 if missed or any(click.fault for click in first) else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
