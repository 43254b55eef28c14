"""How many courts a publication speaks for: a month of which too few have delivered stops it, unless that is wanted.
The shares and the least of them are reckoned by the models (rpt_delivery_coverage) and only read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

TABLE = "rankings.rpt_delivery_coverage"


@dataclass(frozen=True)
class Coverage:
    """One province and month (`YYYY-MM`): courts that delivered their cases, of those expected, and the least share."""

    province_code: str
    month: str
    delivered: int
    expected: int
    least_share: float | None
    is_enough: bool

    @property
    def place(self) -> str:
        return f"{self.province_code} {self.month}"


def read(warehouse: Path) -> list[Coverage]:
    """The coverage of every month, in order."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            f"""
            select province_code, strftime(period_month, '%Y-%m'), courts_delivered, courts_expected, least_share,
                is_enough
            from {TABLE} order by all
            """  # noqa: S608 - the name is a constant of this module
        ).fetchall()
    return [Coverage(*row) for row in rows]


def too_thin(found: list[Coverage], shown: Mapping[str, Any] | None) -> list[Coverage]:
    """The months of which too few courts delivered and that the manifest `shown` does not show as thin already."""
    return [each for each in found if not each.is_enough and not _is_shown(each, shown or {})]


def _is_shown(coverage: Coverage, shown: Mapping[str, Any]) -> bool:
    """Whether readers have the month already with as few courts: somebody wanted it, or it was so before we asked."""
    if "coverage" not in shown:
        return coverage.month in shown.get("months", ())
    then = shown["coverage"].get(coverage.place)
    return then is not None and coverage.delivered >= then[0]


def sentence(thin: list[Coverage]) -> str:
    """What stops the publication, and what to do, in both languages."""
    named = ", ".join(f"{each.place}: {each.delivered}/{each.expected}" for each in thin)
    return (
        f"报送法院过少（{named}），低于设定的比例，未发布；请补报，或用 FORCE=1 照常发布 | "
        f"too few courts have delivered ({named}): less than the share that is set; "
        "deliver the rest, or publish all the same with FORCE=1"
    )
