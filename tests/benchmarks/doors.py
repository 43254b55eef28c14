"""What the walls cost a click: `python -m tests.benchmarks.doors --data <tree>`; the same clicks with and without them.
Two servers run side by side and are asked in turn, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from dashboards.shell.navigation import PAGES
from tests.benchmarks.browsing import Reader, reader
from tests.benchmarks.sessions import REPOSITORY, place_of
from tests.dashboards.served import server

UNDEFENDED = REPOSITORY / "tests" / "benchmarks" / "undefended.py"
ROUNDS, WARM_UPS = 20, 2
MOST = 0.010  # seconds that a page may be slower for the walls


@dataclass
class Side:
    """One of the two servers: its reader, and what each click took, in seconds of the clock and of the processor."""

    name: str
    process: psutil.Process
    one: Reader
    took: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    async def click(self, page: str, state: dict[str, str], *, is_counted: bool) -> None:
        before = sum(self.process.cpu_times()[:2])
        done = await self.one.open(page, state)
        assert not done.fault, f"{self.name} {page}: {done.fault}"
        if is_counted:
            self.took.setdefault(page, []).append(done.seconds)
            spent = sum(self.process.cpu_times()[:2]) - before
            self.processor[page] = self.processor.get(page, 0.0) + spent


def arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks.doors")
    default = Path(os.environ.get("ENFORCEMENT_DATA_DIR") or REPOSITORY / "data")
    made.add_argument("--data", type=Path, default=default, help="a data tree with a published snapshot")
    made.add_argument("--rounds", type=int, default=ROUNDS, help="clicks on each page, on each server")
    return made.parse_args()


async def measured(ports: tuple[int, int], servers: list[psutil.Process], data: Path, rounds: int) -> tuple[Side, Side]:
    """Every page so many times on both servers in turn, after it was opened on both before."""
    where = place_of(data)
    state = {"lang": "zh", "month": where.months[0], "court": where.courts[0]}
    async with reader(ports[0]) as first, reader(ports[1]) as second:
        sides = Side("with", servers[0], first), Side("without", servers[1], second)
        for number in range(WARM_UPS + rounds):
            for page in PAGES:
                for side in sides if number % 2 else sides[::-1]:
                    await side.click(page, state, is_counted=number >= WARM_UPS)
    return sides


def slower(defended: Side, bare: Side, page: str) -> tuple[float, float]:
    """Seconds a click: by the clock, the median of the differences, and of the processor, which no neighbour delays."""
    pairs = list(zip(defended.took[page], bare.took[page], strict=True))
    spent = (defended.processor[page] - bare.processor[page]) / len(pairs)
    return statistics.median(a - b for a, b in pairs), spent


def main() -> int:
    """Prints each page's medians and how much slower it is; 1 if one is by more than it may, by clock and processor."""
    wanted = arguments()
    environment = {"ENFORCEMENT_DATA_DIR": str(wanted.data.resolve())}
    with (
        TemporaryDirectory() as place,
        server(Path(place) / "with", environment) as one,
        server(Path(place) / "without", environment, script=UNDEFENDED) as other,
    ):
        ports = int(one.rpartition(":")[2]), int(other.rpartition(":")[2])
        by_port = {at.laddr.port: child for child in psutil.Process().children() for at in child.net_connections()}
        servers = [by_port[port] for port in ports]
        defended, bare = asyncio.run(measured(ports, servers, wanted.data.resolve(), wanted.rounds))
    differences = {page: slower(defended, bare, page) for page in PAGES}
    for page, (clock, more) in differences.items():
        medians = (1000 * statistics.median(side.took[page]) for side in (defended, bare))
        sys.stdout.write("{:<14} {:7.1f} ms with, {:7.1f} ms without".format(page, *medians))
        sys.stdout.write(f", {1000 * clock:+6.1f} ms; processor {1000 * more:+6.1f} ms\n")
    clicks = wanted.rounds * len(PAGES)
    spent = (1000 * sum(side.processor.values()) / clicks for side in (defended, bare))
    sys.stdout.write("processor a click: {:.1f} ms with, {:.1f} ms without; {} clicks each\n".format(*spent, clicks))
    return 1 if any(min(both) > MOST for both in differences.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
