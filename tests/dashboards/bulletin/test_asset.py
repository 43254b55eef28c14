"""The pack as an asset: made after the snapshot, and without a word about it when it cannot be made.
The pack's content belongs to its other tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import dagster as dg

from pipelines.defs.reporting import LogReporter

Home = Callable[..., Path]


class Told(LogReporter):
    """Keeps what a clerk would read."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def finish(self, step: str, detail: str) -> None:
        self.lines.append(f"{step} {detail}")


def materialized() -> tuple[dg.ExecuteInProcessResult, Told]:
    # Its import parses the dbt project: not while every process of the suite collects its tests.
    from pipelines.defs.publication.bulletin import bulletin

    told = Told()
    return dg.materialize([bulletin], resources={"reporter": told}, selection=[bulletin]), told


def test_the_pack_of_the_newest_month_is_made_and_said_where(home: Home) -> None:
    place = home("full")
    done, told = materialized()
    (check,) = done.get_asset_check_evaluations()
    assert done.success and check.passed and check.check_name == "the_pack_is_made_and_every_figure_proven"
    assert sorted(file.name for file in place.glob("packs/*/[!.]*")) == [
        f"2019-12-rank.{ending}" for ending in ("docx", "html", "pdf", "xlsx")
    ]
    (line,) = told.lines
    assert str(next(place.glob("packs/*"))) in line


def test_a_pack_that_cannot_be_made_takes_nothing_back(home: Home) -> None:
    place = home("empty")
    done, told = materialized()
    (check,) = done.get_asset_check_evaluations()
    assert done.success and not check.passed
    assert "没有月份" in told.lines[0] and "the snapshot is published all the same" in told.lines[0]
    assert (place / "published" / "CURRENT").is_file()


def test_a_text_that_is_not_borne_out_fails_the_check_with_its_faults(home: Home) -> None:
    home("full", "update rankings.rpt_court_rankings set score = score + 1 where indicator_code = 'COMPOSITE'")
    done, told = materialized()
    (check,) = done.get_asset_check_evaluations()
    assert done.success and not check.passed
    assert "COMPOSITE" in json.dumps({k: str(v.value) for k, v in check.metadata.items()}, ensure_ascii=False)
    assert "text not borne out" in told.lines[0]
