"""Broken, vanished and failing: what happened and what to do is said in a sentence, and no number is shown.
Empty and late states are tested with the pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shell import error_page
from dashboards.shell.navigation import PAGES

OpenPage = Callable[..., AppTest]


def said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html") if "<style>" not in element.proto.body)


def publish(directory: Path, snapshot_id: str, database: bytes) -> Path:
    place = directory / "published" / snapshot_id
    place.mkdir(parents=True)
    (place / "enforcement.duckdb").write_bytes(database)
    (directory / "published" / "CURRENT").write_text(snapshot_id, encoding="utf-8")
    return directory


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_snapshot_is_named_with_its_remedy(
    open_page: OpenPage, data_directories: dict[str, Path], tmp_path: Path, page: str
) -> None:
    data_directories["damaged"] = publish(tmp_path, "20200105-damaged", b"not a database")
    app = open_page(page, "damaged", is_troubled=True)
    assert app.exception.len == 0
    assert "快照文件无法读取" in said(app) and "make run" in said(app)
    assert "Traceback" not in said(app)


def test_a_snapshot_of_another_version_is_said_to_be_one_and_is_no_stack_trace(
    open_page: OpenPage, data_directories: dict[str, Path], tmp_path: Path
) -> None:
    source = data_directories["full"] / "published"
    whole = source / (source / "CURRENT").read_text(encoding="utf-8") / "enforcement.duckdb"
    data_directories["lacking"] = publish(tmp_path, "20200105-lacking", whole.read_bytes())
    with duckdb.connect(str(tmp_path / "published" / "20200105-lacking" / "enforcement.duckdb")) as connection:
        connection.execute("drop table rankings.rpt_court_rankings")
    app = open_page("leaderboard", "lacking", is_troubled=True, lang="en")
    assert app.exception.len == 0
    assert "This snapshot was published by another version of the system" in said(app)
    assert "leaderboard · CatalogException" in said(app)
    assert "rpt_court_rankings" not in said(app)


def test_a_question_that_fails_for_another_reason_is_not_put_down_to_the_snapshot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(error_page.snapshot, "find", lambda snapshot_id: "there")
    assert error_page._kind(duckdb.OutOfMemoryException("too much")) == "failed"
    assert error_page._kind(duckdb.BinderException("no such column")) == "other_version"
    assert error_page._kind(duckdb.IOException("cut off")) == "broken"


def test_a_link_to_a_snapshot_that_is_no_longer_kept_says_that_other_figures_are_shown(open_page: OpenPage) -> None:
    app = open_page("overview", snapshot="2018-12-gone")
    assert "20200105-0800-full" in app.query_params["snapshot"]
    assert "快照 2018-12-gone，它已不再保留；现在显示的是快照 20200105-0800-full" in said(app)
    assert "不再保留" not in said(open_page("overview", snapshot="../../etc"))


def test_a_snapshot_that_vanishes_while_the_page_is_open_is_said_to_be_gone(
    open_page: OpenPage, data_directories: dict[str, Path], tmp_path: Path
) -> None:
    source = data_directories["full"] / "published"
    whole = source / (source / "CURRENT").read_text(encoding="utf-8") / "enforcement.duckdb"
    data_directories["vanishing"] = publish(tmp_path, "20200105-vanishing", whole.read_bytes())
    app = open_page("leaderboard", "vanishing")
    shutil.rmtree(tmp_path / "published")
    app.run()
    assert app.exception.len == 0
    assert "还没有发布任何数据" in said(app)
