"""One bad file takes out its court, kind and month, and the rest is published; too few courts, or another run, stop it.
Every message names the place, the fault and the remedy, in both languages."""

from __future__ import annotations

import json

import duckdb
import pytest

from pipelines.commands.lock import only_writer
from pipelines.layout import Layout
from tests.integration.conftest import HEADERS, Taken, deliver, rows
from tests.integration.world import content, current, pipelines

# A file in each kind of wrong place, and the folder that is told of it.
STRAY = {
    "2016-13/cases/a.csv": "2016-13",
    "2016-06/no_such_kind/a.csv": "2016-06/no_such_kind",
    "2099-01/cases/a.csv": "2099-01",
}


def quality(data, month: str, kind: str) -> dict[str, tuple[str, str | None]]:
    """Court → (status, why it is missing) of one month and kind."""
    database = data / "published" / str(current(data)) / "enforcement.duckdb"
    query = """
        select court_code, status, gap_reason from rankings.rpt_delivery_quality
        where strftime(extract_month, '%Y-%m') = ? and kind = ?
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        return {court: (status, why) for court, status, why in connection.execute(query, [month, kind]).fetchall()}


def manifest(data) -> dict:
    return json.loads((data / "published" / str(current(data)) / "manifest.json").read_text(encoding="utf-8"))


def test_one_court_s_bad_file_does_not_stop_the_province_and_is_listed(taken: Taken) -> None:
    """The bad file is a correction of T11's June cases, and the only file of T11's funds that could be refused."""
    data = taken.copy("refused")
    for kind in ("cases", "funds"):
        (data / "landing" / "2016-06" / kind / "西宁市城东区人民法院_更正.csv").write_bytes(b"\0")
    done = pipelines(data, "month", "2016-06")
    assert done.returncode == 3, done.stdout[-4000:]
    assert "2016-06/cases/西宁市城东区人民法院_更正.csv · T11" in done.stdout
    assert "继续有效" in done.stdout and "stays in force" in done.stdout
    assert "with 2 gaps, listed above" in done.stdout
    assert current(data) != current(taken.data)
    told = {(gap["kind"], gap["court_code"], gap["reason"]) for gap in manifest(data)["gaps"]}
    assert {kind for kind, _, _ in told} == {"cases", "funds"}
    assert {court for _, court, _ in told} == {"T11"}
    before, after = content(taken.data), content(data)
    same = ("performance.fct_court_indicators", "rankings.rpt_court_rankings")
    assert {name for name in same if before[name] == after[name]} == set(same), "an earlier file of T11 is in force"


def test_a_month_of_which_too_few_courts_delivered_is_published_only_by_force(taken: Taken) -> None:
    data = taken.copy("thin")
    deliver(data, "2016-07", ["X1,（2016）青0102执1号,西宁市城东区人民法院,执"], HEADERS.removesuffix(",立案日期"))
    refused = pipelines(data, "month", "2016-07")
    assert refused.returncode == 1
    assert "2016-07/cases/西宁市城东区人民法院.csv · T11" in refused.stdout
    assert "立案日期" in refused.stdout
    assert "FORCE=1" in refused.stdout and "not published" in refused.stdout
    deliver(data, "2016-07", rows(filed="2016-09-30"))
    held = pipelines(data, "month", "2016-07")
    assert held.returncode == 1
    assert "该法院 6 行中有 6 行未通过" in held.stdout and "after the end of the month" in held.stdout
    assert current(data) == current(taken.data)
    shown = pipelines(data, "gate", "--month", "2016-07", "--kind", "cases")
    assert shown.returncode == 3
    assert "2016-09-30" in shown.stdout
    deliver(data, "2016-07", rows(filed="2016-07-04"))
    thin = pipelines(data, "month", "2016-07")
    assert (thin.returncode, current(data)) == (1, current(taken.data)), "one court of five"
    forced = pipelines(data, "month", "2016-07", "--force")
    assert forced.returncode == 0, forced.stdout[-4000:]
    assert manifest(data)["forced"] == ["QH 2016-07"]
    assert manifest(data)["latest_month"] == "2016-07"
    again = pipelines(data, "month", "2016-06")
    assert again.returncode == 0, "what is shown already does not stop the next run"


def test_what_the_gate_holds_is_not_delivered_and_the_rest_is_published(planted: Taken) -> None:
    data = planted.data
    assert planted.status == 3, planted.output[-4000:]
    assert "· T11" in planted.output
    assert quality(data, "2016-06", "cases")["T11"][0] != "not_delivered", "the file before it is sound and stands"
    told = [(gap["court_code"], gap["reason"]) for gap in manifest(data)["gaps"]]
    assert [gap for gap in told if gap[0] == "T11"] == [("T11", "correction_held")]


@pytest.fixture(scope="module")
def strayed(taken: Taken) -> Taken:
    """One more run, with a file in each of the three kinds of wrong place: each is told beside the others."""
    data = taken.copy("strayed")
    for place in STRAY:
        (data / "landing" / place).parent.mkdir(parents=True, exist_ok=True)
        (data / "landing" / place).write_text("x")
    done = pipelines(data, "run", "--no-serve")
    return Taken(taken.root, data / "landing", data, done.stdout + done.stderr, done.returncode)


@pytest.mark.parametrize("place", STRAY)
def test_a_file_in_the_wrong_place_is_told(strayed: Taken, place: str) -> None:
    assert f"✗ {STRAY[place]}\n" in strayed.output


def test_files_in_wrong_places_are_gaps_and_all_else_stands(taken: Taken, strayed: Taken) -> None:
    assert strayed.status == 3
    assert f"with {len(STRAY)} gaps, listed above" in strayed.output
    assert current(strayed.data) == current(taken.data)


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
