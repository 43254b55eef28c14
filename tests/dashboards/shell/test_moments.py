"""Moments on pages are Beijing's, whatever zone a snapshot or a store keeps them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import duckdb
from streamlit.testing.v1 import AppTest

from dashboards import formats
from dashboards.texts import LANGUAGES, phrases


def test_a_moment_is_told_in_beijings_time() -> None:
    assert formats.moment(datetime(2019, 12, 31, 16, 5)) == "2020-01-01 00:05"  # noqa: DTZ001 - snapshots keep no zone
    assert formats.moment(datetime(2019, 12, 31, 16, 5, 7, tzinfo=UTC), seconds=True) == "2020-01-01 00:05:07"
    assert formats.moment(None) == formats.ABSENT


def test_the_quality_page_shows_eight_hours_more_than_the_snapshot(
    open_page: Callable[..., AppTest], truth: duckdb.DuckDBPyConnection
) -> None:
    tables = [element.value for element in open_page("quality", month="2019-12", list="deliveries").dataframe]
    lists = [table for table in tables if {"file_name", "received_at"} <= {*table.columns}]
    kept = dict(
        truth.execute(
            "select file_name, received_at from rankings.rpt_deliveries where extract_month = date '2019-12-01'"
        ).fetchall()
    )
    shown = {name: at for table in lists for name, at in zip(table["file_name"], table["received_at"], strict=True)}
    assert shown
    assert {(shown[name] - kept[name]).total_seconds() for name in shown} == {8 * 3600}


def test_no_label_speaks_of_another_zone() -> None:
    """The log's heading went on saying 世界时 above Beijing's times."""
    for lang in LANGUAGES:
        assert {key for key, text in phrases(lang).items() if "UTC" in text or "世界时" in text} == {
            "abbr.beijing_time"
        }, lang
