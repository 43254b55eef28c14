"""Starts a month when its delivery is complete and quiet: no new file for a while, and all that came before has come.
Looks at names and times in the landing folder only; files are opened by the run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import dagster as dg

from pipelines.defs.jobs import take_in_and_publish
from pipelines.extracts.landing import deliveries_landed
from pipelines.layout import Layout, layout

# Courts copy files over slow lines: a folder that has been still for a quarter of an hour is not being written to.
QUIET = timedelta(minutes=15)
# Courts have until the tenth of the following month; what is not there then is late, and the month starts without it.
DUE_DAY = 10


@dataclass(frozen=True)
class MonthLanded:
    """What lies in one month's folder: kinds, the last arrival, and a digest of names and times."""

    month: str
    kinds: frozenset[str]
    last_arrival: datetime
    digest: str


def months_in_landing(where: Layout) -> list[MonthLanded]:
    """Every month of which something has landed, in order."""
    files: dict[str, list[tuple[str, str, float]]] = {}
    for month, kind, path in deliveries_landed(where):
        files.setdefault(month, []).append((kind, path.name, path.stat().st_mtime))
    return [
        MonthLanded(
            month=month,
            kinds=frozenset(kind for kind, _, _ in landed),
            last_arrival=datetime.fromtimestamp(max(arrived for _, _, arrived in landed), UTC),
            digest=hashlib.sha256(repr(sorted(landed)).encode()).hexdigest()[:16],
        )
        for month, landed in sorted(files.items())
    ]


def is_ready(landed: MonthLanded, before: list[MonthLanded], now: datetime) -> bool:
    """Quiet, and complete: every kind that the last month had has come, or the day on which it was due has passed."""
    if now - landed.last_arrival < QUIET:
        return False
    expected = before[-1].kinds if before else frozenset()
    return expected <= landed.kinds or now >= _due(landed.month)


def _due(month: str) -> datetime:
    year, number = int(month[:4]), int(month[5:7])
    return datetime(year + number // 12, number % 12 + 1, DUE_DAY, tzinfo=UTC)


@dg.sensor(
    job=take_in_and_publish, minimum_interval_seconds=60, description="报送齐全且静止后开始 | Complete and quiet"
)
def delivery_complete(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest]:
    """One run for each month whose files changed and are ready; the run key makes it one run for one set of files."""
    landed = months_in_landing(layout())
    now = datetime.now(UTC)
    for place, month in enumerate(landed):
        if is_ready(month, landed[:place], now):
            yield dg.RunRequest(run_key=f"{month.month}-{month.digest}", partition_key=month.month)
