"""The settings page: what is in force with file and row, and a sheet sent, checked by the pipeline, and handed over.
What a sheet must hold, and that a run takes it over once, is tested with pipelines.settings."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access import audit
from dashboards.access.readers import LOCAL, NotAllowedError, Reader
from dashboards.app_pages.settings import in_force
from dashboards.proceedings import handover
from dashboards.proceedings.store import NotPossibleError, Writer
from dashboards.snapshot import find
from pipelines.layout import Layout
from pipelines.settings import provenance
from pipelines.settings.effective import SAMPLES
from pipelines.settings.tables import read, tables
from tests.dashboards.shown import headline, html

OpenPage = Callable[..., AppTest]
HEADERS = "指标代码,权重,起始,截止,是否已定,来源,追溯原因\n"
GOOD = (HEADERS + "QX01,3,2026-01-01,,true,决定,\n").encode()
BUREAU = Writer(Reader("wang", "bureau", None), "QH", "20200105-0800-full")


@pytest.fixture
def tree(data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """A tree of its own whose snapshot was made with Qinghai's settings and a weight of the installation's."""
    shutil.copytree(data_directories["full"] / "published", tmp_path / "data" / "published")
    where = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", where.settings)
    (where.settings / "indicator_weights.csv").write_bytes(GOOD)
    snapshot = where.published / "20200105-0800-full"
    (snapshot / "settings").mkdir()
    provenance.write(where, snapshot / "settings")
    said = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    by = {"indicator_weights.csv": {"handed_over_by": "li.si"}}
    said["settings"] = {"files": {"indicator_weights.csv": "abc"}, "is_own": True, "handed_over": by}
    (snapshot / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(where.data))
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", str(where.key_file))
    monkeypatch.delenv("ENFORCEMENT_SETTINGS_DIR", raising=False)
    return where


@pytest.fixture
def own_page(tree: Layout, data_directories: dict[str, Path], open_page: OpenPage) -> OpenPage:
    data_directories["own"] = tree.data
    return lambda **said: open_page("settings", "own", **said)


def deeds() -> list[str]:
    return [line.what for line in audit.deeds(audit.months()[0], deed="setting")[0]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_in_force_is_shown_with_its_file_and_row_and_who_handed_it_over(own_page: OpenPage, lang: str) -> None:
    app = own_page(lang=lang, sheet="indicator_weights")
    assert not app.exception
    assert "4" in headline(app), "four sheets of the installation's"
    overview, rows = app.dataframe[0].value, app.dataframe[1].value
    line = overview[overview["file"] == "indicator_weights.csv"].iloc[0]
    assert (line["own_rows"], line["product_rows"], line["handed_over_by"]) == (1, 85, "li.si")
    mine = rows[rows.iloc[:, 0] == ("本院" if lang == "zh" else "Ours")]
    assert mine.iloc[:, :5].values.tolist() == [[mine.iloc[0, 0], "indicator_weights.csv", 2, "QX01", "3"]]
    national = rows[(rows.iloc[:, 0] != mine.iloc[0, 0]) & (rows.iloc[:, 3] == "QX01")]
    assert national.iloc[:, 6].tolist()[-1] == "2025-12-31", "the catalogue's row ends the day before"


@pytest.mark.parametrize(("lang", "whose"), [("zh", "样例"), ("en", "Sample")])
def test_rows_of_a_sample_that_stands_in_are_not_called_the_installation_s(
    tree: Layout, own_page: OpenPage, lang: str, whose: str
) -> None:
    manifest = tree.published / "20200105-0800-full" / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    said["settings"]["is_own"] = False
    manifest.write_text(json.dumps(said), encoding="utf-8")
    app = own_page(lang=lang, sheet="indicator_weights")
    assert not app.exception
    rows = app.dataframe[1].value
    assert set(rows.iloc[:, 0]) == {whose, "全国目录" if lang == "zh" else "National catalogue"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", tables())
def test_what_is_downloaded_is_the_installations_sheet_and_can_be_sent_as_it_is(
    tree: Layout, tmp_path: Path, name: str, ending: str
) -> None:
    known = in_force.read(type("V", (), {"data": type("D", (), {"source": find("20200105-0800-full")})})())
    path = tmp_path / f"{name}.{ending}"
    path.write_bytes(in_force._csv(known, name) if ending == "csv" else in_force._workbook(known, name))
    sheet = read(path, tables()[name])
    source = next((file for file in tree.settings.glob(f"{name}.*")), None)
    before = [row for _, row in read(source, tables()[name]).rows] if source else []
    assert sheet.unknown == ()
    assert [{k: v for k, v in row.items() if v} for _, row in sheet.rows] == [
        {k: v for k, v in row.items() if v} for row in before
    ]


def test_a_cell_that_a_spreadsheet_would_reckon_with_is_downloaded_as_text(tree: Layout) -> None:
    rows = [["installation", "a.csv", 2, ["=1+1", "-3", "@SUM", "+86 10", "普通"]]]
    known = in_force.Known({"a": {"columns": [[c, c, False] for c in "abcde"], "rows": rows}}, {}, None)
    (_, cells) = csv.reader(io.StringIO(in_force._csv(known, "a").decode("utf-8-sig")))
    assert cells == ["'=1+1", "-3", "'@SUM", "'+86 10", "普通"]


def test_a_snapshot_of_an_earlier_version_says_so_and_the_page_opens(open_page: OpenPage) -> None:
    app = open_page("settings")
    assert "较早的版本" in headline(app) and not app.exception


def test_a_sheet_is_checked_by_the_pipeline_and_its_fault_is_told_to_who_sent_it(
    tree: Layout, own_page: OpenPage
) -> None:
    before = (tree.settings / "indicator_weights.csv").read_bytes()
    number = handover.send(BUREAU, "indicator_weights", "indicator_weights.csv", GOOD.replace(b"QX01", b"QX77"))
    handover.check(BUREAU, number)
    (one,) = handover.sheets()
    assert one.state == "faulty"
    with pytest.raises(NotPossibleError):
        handover.hand_over(BUREAU, number)
    app = own_page(lang="zh", sent=number)
    faults = app.dataframe[-1].value
    assert faults.iloc[0].tolist()[:4] == ["indicator_weights.csv", "2", "indicator_code", "QX77"]
    assert faults.iloc[0]["remedy"]
    assert (tree.settings / "indicator_weights.csv").read_bytes() == before
    assert [each.split()[0] for each in deeds()] == ["check", "send"]


def test_a_sheet_that_holds_is_handed_over_once_and_can_be_withdrawn(tree: Layout, own_page: OpenPage) -> None:
    first, second = (
        handover.send(BUREAU, "indicator_weights", "指标权重.csv", GOOD.replace(b",3,", b",%d," % weight))
        for weight in (4, 5)
    )
    for number in (first, second):
        handover.check(BUREAU, number)
    handover.hand_over(BUREAU, first)
    with pytest.raises(NotPossibleError):
        handover.hand_over(BUREAU, second)
    states = {one.number: one.state for one in handover.sheets()}
    assert states == {first: "handed", second: "checked"}
    assert "wang" in html(own_page(lang="en", sent=first))
    handover.withdraw(BUREAU, first)
    handover.hand_over(BUREAU, second)
    assert [each.split()[0] for each in deeds()][:3] == ["hand", "withdraw", "hand"]


@pytest.mark.parametrize("role", ["leader", "analyst", "court", "auditor"])
def test_no_other_role_does_any_of_it(tree: Layout, role: str) -> None:
    reader = Reader("zhao", role, ("T13",) if role == "court" else None)
    number = handover.send(BUREAU, "courts", "courts.csv", b"a")
    writer = Writer(reader, "QH", "x")
    for act in (handover.check, handover.ask_effects, handover.hand_over, handover.withdraw):
        with pytest.raises(NotAllowedError):
            act(writer, number)
    with pytest.raises(NotAllowedError):
        handover.send(writer, "courts", "courts.csv", b"a")
    assert [one.state for one in handover.sheets()] == ["sent"]


@pytest.mark.parametrize("table", ["../settings", "a/b", "", "A", "x" * 41])
def test_what_is_sent_lies_in_a_folder_of_its_own_whatever_it_is_called(tree: Layout, table: str) -> None:
    with pytest.raises(NotPossibleError):
        handover.send(BUREAU, table, "courts.csv", b"a")
    number = handover.send(BUREAU, "courts", "../../../etc/passwd", b"a")
    assert sorted(path.name for path in (tree.handover / number).iterdir()) == ["said.json", "sheet"]


def test_what_is_too_large_or_too_many_is_not_kept(tree: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotPossibleError):
        handover.send(BUREAU, "courts", "courts.csv", bytes(handover.MOST_BYTES + 1))
    monkeypatch.setattr(handover, "MOST_OPEN", 1)
    handover.send(BUREAU, "courts", "courts.csv", b"a")
    with pytest.raises(NotPossibleError):
        handover.send(BUREAU, "courts", "courts.csv", b"a")
    assert len(handover.sheets()) == 1


def test_what_cannot_be_recorded_is_not_done(tree: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*said: str) -> None:
        raise audit.AuditError("disk full")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(audit.AuditError):
        handover.send(Writer(LOCAL, "QH", "x"), "courts", "courts.csv", b"a")
    assert handover.sheets() == []


def test_effects_that_were_asked_for_and_are_not_there_are_being_computed_or_have_stopped(tree: Layout) -> None:
    said = {"by": "wang", "at": "2026-01-01T00:00:01+00:00"}
    one = handover.Sheet("n", tree.data, said, asked={**said, "pid": os.getpid()})
    assert one.effects_state == "computing"
    gone = handover.Sheet("n", tree.data, said, asked={**said, "pid": 2**22 + 1})
    assert gone.effects_state == "stopped"
    done = handover.Sheet(
        "n", tree.data, said, asked=said, effects={"state": "done", "at": "2026-01-01T00:00:02+00:00"}
    )
    assert done.effects_state == "done"
