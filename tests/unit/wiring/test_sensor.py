"""A month starts when its delivery is complete and quiet, once for one set of files.
What a started month does is held by the integration tests."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.defs.partitions import MONTHS
from pipelines.defs.sensors import MonthLanded, is_ready, months_in_landing
from pipelines.layout import Layout

NOW = datetime(2019, 4, 5, 12, tzinfo=UTC)
FEBRUARY = MonthLanded("2019-02", frozenset({"cases", "funds"}), NOW - timedelta(days=30), "f")


def march(kinds: set[str], minutes_ago: int, now: datetime = NOW) -> MonthLanded:
    return MonthLanded("2019-03", frozenset(kinds), now - timedelta(minutes=minutes_ago), "m")


def test_complete_and_quiet_is_ready() -> None:
    assert is_ready(march({"cases", "funds", "nodes"}, minutes_ago=20), [FEBRUARY], NOW)


def test_a_file_that_has_just_come_may_not_be_the_last() -> None:
    assert not is_ready(march({"cases", "funds"}, minutes_ago=2), [FEBRUARY], NOW)


def test_a_kind_that_came_last_month_is_waited_for_until_the_tenth() -> None:
    assert not is_ready(march({"cases"}, minutes_ago=20), [FEBRUARY], NOW)
    tenth = datetime(2019, 4, 10, tzinfo=UTC)
    assert is_ready(march({"cases"}, minutes_ago=20, now=tenth), [FEBRUARY], tenth)


def test_december_is_due_in_january() -> None:
    january = datetime(2020, 1, 10, tzinfo=UTC)
    december = MonthLanded("2019-12", frozenset({"cases"}), january - timedelta(days=1), "d")
    assert is_ready(december, [FEBRUARY], january)
    assert not is_ready(december, [FEBRUARY], january - timedelta(hours=1))


def test_a_new_file_makes_a_month_a_new_delivery_and_the_same_files_do_not(tmp_path: Path) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    file = where.landing / "2019-03" / "cases" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    first, again = months_in_landing(where), months_in_landing(where)
    (file.parent / "b.csv").write_text("y")
    assert first == again
    assert [month.kinds for month in first] == [frozenset({"cases"})]
    assert months_in_landing(where)[0].digest != first[0].digest


@pytest.mark.parametrize("month", ["2007-01", "2016-03", "2019-12"])
def test_every_month_that_may_be_delivered_is_a_partition(month: str) -> None:
    assert MONTHS.has_partition_key(month)
