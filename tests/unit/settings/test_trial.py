"""A sheet that was taken over is on trial until a run has published with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.layout import Layout
from pipelines.settings import handover, trial
from pipelines.settings.effective import SAMPLES
from tests.unit.settings.sheets_sent import GOOD, HEADERS, codes, handed, send, workbook


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    layout = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    return layout


def taken(where: Layout, content: str, table: str = "indicator_weights") -> handover.Sent:
    one = send(where, content, table)
    assert codes(where, one) == []
    handed(where, one)
    assert [each.faults for each in trial.begin(where)][-1:] == [()]
    return one


def test_a_sheet_with_which_no_run_can_publish_goes_back_and_who_sent_it_reads_why(where: Layout) -> None:
    before = workbook()  # once: a workbook holds the second in which it was made
    (where.settings / "indicator_weights.xlsx").write_bytes(before)
    one = taken(where, HEADERS + "QX01,4,2026-01-01,,true\n")
    other = taken(where, "日期,是否上班,节假日,来源\n2026-03-03,false,,通知\n", "working_days")
    undone = trial.undo(where, "a check of our own does not hold")
    assert [each.sent.table.name for each in undone] == ["working_days", "indicator_weights"]
    assert sorted(path.name for path in where.settings.glob("*w*[sx]*")) == ["indicator_weights.xlsx"]
    assert (where.settings / "indicator_weights.xlsx").read_bytes() == before
    assert "our own" in one.said("outcome.json")["faults"][0]["en"]
    assert trial.begin(where) == [], "it is not taken over again"
    trial.hand_back(undone)
    assert {each.sent.folder for each in trial.begin(where)} == {one.folder, other.folder}, "unless it was not to blame"


def test_a_sheet_with_which_a_run_has_published_stays(where: Layout) -> None:
    one = taken(where, GOOD)
    trial.prove(where)
    assert trial.undo(where, "another run failed") == []
    assert trial.begin(where) == [] and trial.begin(where) == []
    assert (where.settings / one.file).read_bytes() == one.data()


def test_a_run_that_was_killed_is_no_verdict_and_a_second_that_does_not_publish_is_one(
    where: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = taken(where, GOOD)
    for _ in range(3):
        assert trial.begin(where) == [], "a run may begin twice: by its command, and by its first asset"
    monkeypatch.setattr(trial, "THIS", "the next run")
    assert trial.begin(where) == [] and trial.begin(where) == []
    assert (where.settings / one.file).exists()
    monkeypatch.setattr(trial, "THIS", "one more")
    assert [each.faults[0].code for each in trial.begin(where)] == ["sent_stopped"]
    assert not (where.settings / one.file).exists()


def test_what_somebody_changed_by_hand_since_is_not_put_back(where: Layout) -> None:
    one = taken(where, GOOD)
    (where.settings / one.file).write_text(GOOD.replace("QX01", "QX02"), encoding="utf-8")
    trial.undo(where, "why")
    assert "QX02" in (where.settings / one.file).read_text(encoding="utf-8")
