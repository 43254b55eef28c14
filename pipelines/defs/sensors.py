"""Starts a month when its delivery is complete and quiet: no new file for a while, and all that came before has come.
Looks at names and times in the landing folder and at what receiving has written down; files are opened by the run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import dagster as dg

from pipelines.defs.due import beijing_day, due_date
from pipelines.defs.jobs import take_in_and_publish
from pipelines.extracts.arrivals import is_taken_in, stamp
from pipelines.extracts.contracts import KINDS
from pipelines.extracts.landing import deliveries_landed, files_of, misplaced
from pipelines.layout import Layout, layout
from pipelines.settings.effective import seeds
from pipelines.settings.installation import service

# Courts copy files over slow lines: a folder that has been still for a quarter of an hour is not being written to.
QUIET = timedelta(minutes=15)
BY_ITSELF = service(layout(), "takes_in_by_itself")  # as the settings were when the definitions were loaded


@dataclass(frozen=True)
class MonthLanded:
    """What lies in one month's folder: kinds, the last arrival, and a digest of names, sizes and times."""

    month: str
    kinds: frozenset[str]
    last_arrival: datetime
    digest: str


def months_in_landing(where: Layout) -> list[MonthLanded]:
    """Every month of which something has landed, in order.

    A file arrived when its place on the disk last changed: its own time may be one that the copying kept, or ahead.
    """
    files: dict[str, list[tuple[str, str, float]]] = {}
    for month, kind, path in deliveries_landed(where):
        files.setdefault(month, []).append((kind, stamp(path), path.stat().st_ctime))
    return [
        MonthLanded(
            month=month,
            kinds=frozenset(kind for kind, _, _ in landed),
            last_arrival=datetime.fromtimestamp(max(arrived for _, _, arrived in landed), UTC),
            digest=hashlib.sha256(repr(sorted(each[:2] for each in landed)).encode()).hexdigest()[:16],
        )
        for month, landed in sorted(files.items())
    ]


def is_ready(landed: MonthLanded, before: list[MonthLanded], now: datetime, due: date) -> bool:
    """Quiet, and complete: every kind that the last month had has come, or the day on which it was due is over."""
    if now - landed.last_arrival < QUIET:
        return False
    expected = before[-1].kinds if before else frozenset()
    return expected <= landed.kinds or beijing_day(now) > due


def is_known(where: Layout, month: str) -> bool:
    """Whether receiving has seen the month as it lies there now; a folder that was taken away says nothing new."""
    kinds = [kind for kind in KINDS if (where.landing / month / kind).is_dir()]
    return all(is_taken_in(where, kind, month, files_of(where, month, kind)) for kind in kinds)


def months_to_take_in(where: Layout, now: datetime) -> list[MonthLanded]:
    """The months that are ready and hold what no run has taken in yet, a run by hand included."""
    landed = months_in_landing(where)
    return [
        month
        for place, month in enumerate(landed)
        if not is_known(where, month.month)
        and is_ready(month, landed[:place], now, due_date(seeds(where), month.month))
    ]


@dg.sensor(
    job=take_in_and_publish,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING if BY_ITSELF else dg.DefaultSensorStatus.STOPPED,
    description="报送齐全且静止后开始 | Complete and quiet",
)
def delivery_complete(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run for each month whose files changed and are ready; the run key makes it one run for one set of files.

    A tick that asks for nothing says what lies where it is passed over, a folder that is no month for one.
    """
    ready = months_to_take_in(layout(), datetime.now(UTC))
    for month in ready:
        yield dg.RunRequest(run_key=f"{month.month}-{month.digest}", partition_key=month.month)
    if not ready:
        yield dg.SkipReason(passed_over(layout()))


def passed_over(where: Layout) -> str:
    """Why nothing is asked for, and what is no delivery of any month."""
    strays = [f"{stray.message.zh} | {stray.message.en}" for stray in misplaced(where)]
    return "\n".join(["没有新的齐全报送 | nothing new is complete and quiet", *strays])
