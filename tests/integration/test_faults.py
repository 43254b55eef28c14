"""What stops a run: a refused file, a blocked month, a file in the wrong place, another run. The old snapshot stays.
Every message names the place, the fault and the remedy, in both languages."""

from __future__ import annotations

import pytest

from pipelines.commands.lock import only_writer
from pipelines.layout import Layout
from tests.integration.conftest import Taken
from tests.integration.world import current, pipelines

HEADERS = "案件标识,案号,法院名称,案件类型代字,立案日期"


def deliver(data, month: str, rows: list[str], headers: str = HEADERS) -> None:
    folder = data / "landing" / month / "cases"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "西宁市城东区人民法院.csv").write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8-sig")


def rows(filed: str) -> list[str]:
    return [f"X{n},（2016）青0102执{n}号,西宁市城东区人民法院,执,{filed}" for n in range(6)]


def test_a_refused_file_is_named_and_the_old_snapshot_stays(taken: Taken) -> None:
    data = taken.copy("refused")
    deliver(
        data, "2016-07", ["X1,（2016）青0102执1号,西宁市城东区人民法院,执"], headers=HEADERS.removesuffix(",立案日期")
    )
    done = pipelines(data, "month", "2016-07")
    assert done.returncode == 1
    assert "2016-07/cases/西宁市城东区人民法院.csv" in done.stdout
    assert "立案日期" in done.stdout
    assert "not published" in done.stdout
    assert current(data) == current(taken.data)


def test_a_blocked_month_is_named_the_old_snapshot_stays_and_a_correction_opens_the_gate(taken: Taken) -> None:
    data = taken.copy("blocked")
    deliver(data, "2016-07", rows(filed="2016-09-30"))
    done = pipelines(data, "month", "2016-07")
    assert done.returncode == 1
    assert "2016-07 cases" in done.stdout
    assert "6/6" in done.stdout
    assert "不得晚于" in done.stdout
    assert "after the end of the month" in done.stdout
    assert current(data) == current(taken.data)
    shown = pipelines(data, "gate", "--month", "2016-07", "--kind", "cases")
    assert shown.returncode == 1
    assert "2016-09-30" in shown.stdout
    deliver(data, "2016-07", rows(filed="2016-07-04"))
    corrected = pipelines(data, "month", "2016-07")
    assert corrected.returncode == 0, corrected.stdout[-4000:]
    assert current(data).startswith("2016-07-")


def test_a_blocked_month_is_not_carried_past_the_gate_by_another_months_run(taken: Taken) -> None:
    data = taken.copy("carried")
    deliver(data, "2016-07", rows(filed="2016-09-30"))
    assert pipelines(data, "month", "2016-07").returncode == 1
    assert pipelines(data, "month", "2016-06").returncode == 1
    assert current(data) == current(taken.data)


@pytest.mark.parametrize("place", ["2016-13/cases/a.csv", "2016-06/no_such_kind/a.csv", "2016-06/a.csv"])
def test_a_file_in_the_wrong_place_stops_the_run_before_it_starts(taken: Taken, place: str) -> None:
    data = taken.copy("stray" + place.replace("/", "_"))
    stray = data / "landing" / place
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("x")
    done = pipelines(data, "run", "--no-serve")
    assert done.returncode == 1
    assert place.split("/")[0] in done.stdout
    assert current(data) == current(taken.data)


def test_two_runs_on_one_tree_do_not_collide(taken: Taken) -> None:
    with only_writer(Layout(data=taken.data, key_file=taken.root / "person-hash.key")):
        done = pipelines(taken.data, "run", "--no-serve")
    assert done.returncode == 1
    assert "正在写" in done.stdout
    assert "another process" in done.stdout


def test_a_month_of_which_nothing_came_is_said_so(taken: Taken) -> None:
    done = pipelines(taken.data, "month", "2019-12")
    assert done.returncode == 1
    assert "nothing has been delivered" in done.stdout
