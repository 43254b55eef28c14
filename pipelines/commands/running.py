"""`run`, `month` and `sample`: the job in this very process, watched on the terminal, then what came of it.
The job is defined in pipelines.defs; the exit status is decided here."""

from __future__ import annotations

import logging
from typing import Any

from pipelines.commands.lock import BusyError, only_writer
from pipelines.layout import Layout


def run(where: Layout, *, no_serve: bool) -> int:
    """Everything delivered; the sample province if nothing was. 0 only if all of it was taken in and published."""
    from pipelines.commands import serving
    from pipelines.commands.taking_in import take_in
    from pipelines.extracts.landing import months_landed

    try:
        with only_writer(where):
            if not months_landed(where):
                _make_sample(where)
            status = take_in(where, months_landed(where))
    except BusyError as busy:
        return _say_busy(busy)
    return status if no_serve or status else serving.dashboards(where)


def month(where: Layout, *, month: str) -> int:
    """One month's delivery, then everything that follows from it."""
    from pipelines.commands.taking_in import take_in
    from pipelines.commands.terminal import console
    from pipelines.extracts.landing import months_landed

    try:
        with only_writer(where):
            if month not in months_landed(where):
                console.print(
                    f"{where.landing / month}: 没有收到该月的文件 | nothing has been delivered for this month"
                )
                return 1
            return take_in(where, [month])
    except BusyError as busy:
        return _say_busy(busy)


def sample(where: Layout, *, sample: str, cases: int | None, courts: int | None, months: int | None) -> int:
    """A sample province's deliveries, written where courts deliver; an installation with deliveries is left alone."""
    from pipelines.commands.terminal import console
    from pipelines.extracts.landing import months_landed

    try:
        with only_writer(where):
            if months_landed(where):
                console.print(
                    f"{where.landing} 里已有报送，不再生成样例 | holds deliveries already: no sample was made"
                )
                return 1
            _make_sample(where, sample=sample, cases=cases, courts=courts, months=months)
    except BusyError as busy:
        return _say_busy(busy)
    return 0


def _make_sample(where: Layout, **size: Any) -> None:
    """Made aside and moved: a sample that was killed half way is not taken for deliveries."""
    import shutil

    from pipelines.commands.terminal import console
    from pipelines.samples import generate

    aside = where.data / ".landing.sample"
    shutil.rmtree(aside, ignore_errors=True)
    given = {name: value for name, value in size.items() if value is not None}
    with console.status("还没有报送，正在生成样例 | nothing delivered yet: making the sample province"):
        made = generate(landing=aside, **given)
    where.landing.mkdir(parents=True, exist_ok=True)
    for folder in sorted(aside.iterdir()):
        folder.rename(where.landing / folder.name)
    shutil.rmtree(aside)
    rows = sum(made.rows.values())
    console.print(f"样例 | sample: {made.files:,} files, {rows:,} rows, {made.seconds:.1f} s → {where.landing}")


def _say_busy(busy: BusyError) -> int:
    logging.getLogger(__name__).debug("the lock is taken")
    from pipelines.commands.terminal import console

    console.print(str(busy), markup=False)
    return 1
