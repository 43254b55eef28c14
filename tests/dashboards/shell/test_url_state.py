"""The URL is the state: what is chosen is in it, what is in it is chosen, and nonsense in it does no harm.
Figures are tested with the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.month import Month
from dashboards.queries import modes
from dashboards.shell.navigation import PAGES

OpenPage = Callable[..., AppTest]


def chosen(app: AppTest) -> dict[str, str | list[str]]:
    return {name: app.query_params[name] for name in app.query_params}


def one(value: str | list[str]) -> str:
    return value[0] if isinstance(value, list) else value


def test_the_defaults_are_written_to_the_url_so_that_a_link_keeps_its_meaning(open_page: OpenPage) -> None:
    state = chosen(open_page("overview"))
    assert {name: one(value) for name, value in state.items()} == {
        "lang": "zh", "snapshot": "20200105-0800-full", "month": "2019-12", "window": "rolling_12m", "peer": "basic",
    }  # fmt: skip


def test_a_choice_goes_to_the_url_and_comes_back_from_it(open_page: OpenPage) -> None:
    app = open_page("leaderboard")
    app.selectbox(key="pick_month").set_value("2019-05").run()
    app.selectbox(key="pick_window").set_value("ytd").run()
    app.selectbox(key="pick_indicator").set_value("QX06").run()
    state = {name: one(value) for name, value in chosen(app).items()}
    assert (state["month"], state["window"], state["indicator"]) == ("2019-05", "ytd", "QX06")
    again = open_page("leaderboard", **state)
    assert again.selectbox(key="pick_indicator").value == "QX06"
    assert [e.value.to_dict() for e in again.dataframe] == [e.value.to_dict() for e in app.dataframe]


def test_the_mode_is_in_the_url_only_where_it_is_not_the_one_in_force(open_page: OpenPage) -> None:
    app = open_page("overview")
    assert app.selectbox(key="pick_mode").value == "rank"
    assert "mode" not in app.query_params
    app.selectbox(key="pick_mode").set_value("interval").run()
    assert one(app.query_params["mode"]) == "interval"
    app.selectbox(key="pick_mode").set_value("rank").run()
    assert "mode" not in app.query_params


def test_the_mode_in_force_follows_the_month(truth: duckdb.DuckDBPyConnection) -> None:
    said = {
        month: modes.mode_in_force(truth, Month.parse(month))["mode_code"].tolist() for month in ("2019-12", "2024-09")
    }
    assert said == {"2019-12": ["rank"], "2024-09": ["rank"]}
    assert modes.mode_in_force(truth, Month.parse("2024-10"))["mode_code"].tolist() == ["interval"]


def test_every_page_is_told_where_it_is(open_page: OpenPage) -> None:
    assert open_page("overview").session_state["here"] == "overview"
    assert open_page("court").session_state["here"] == "court"


def test_several_courts_and_indicators_are_kept_in_the_url(open_page: OpenPage) -> None:
    app = open_page("trends", court=["T13", "T14"], indicator=["QX02", "QX06"], scope="own")
    assert app.multiselect(key="pick_court_several").value == ["T13", "T14"]
    app.multiselect(key="pick_court_several").set_value(["T13", "T14", "T11"]).run()
    assert app.query_params["court"] == ["T13", "T14", "T11"]


def test_the_language_is_in_the_url_and_changes_every_word(open_page: OpenPage) -> None:
    app = open_page("leaderboard", lang="en")
    assert app.selectbox(key="pick_window").label == "Window"
    app.get("button_group")[0].set_value("zh").run()
    assert one(app.query_params["lang"]) == "zh"
    assert app.selectbox(key="pick_window").label == "统计窗口"


@pytest.mark.parametrize(
    "parameters",
    [
        {"month": "1999-01", "window": "decade", "peer": "x", "lang": "fr"},
        {"snapshot": "../../etc", "court": "'; drop table x", "indicator": "QX99", "scope": "all"},
        {"month": ["2019-01", "2019-02"], "records_page": "-3", "side": ""},
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_nonsense_in_the_url_falls_back_to_the_defaults(
    open_page: OpenPage, page: str, parameters: dict[str, str | list[str]]
) -> None:
    app = open_page(page, **parameters)
    assert [e.message for e in app.exception] == []
    assert one(app.query_params["snapshot"]) == "20200105-0800-full"


def test_a_new_snapshot_is_offered_and_changes_nothing_until_it_is_asked_for(
    open_page: OpenPage, data_directories: dict[str, Path], small_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_directories["copy"] = small_copy
    app = open_page("leaderboard", "copy", lang="en")
    before = [e.value.to_dict() for e in app.dataframe]
    published = small_copy / "published"
    old = (published / "CURRENT").read_text(encoding="utf-8")
    (published / "20200205-newer").symlink_to(published / old, target_is_directory=True)
    (published / "CURRENT").write_text("20200205-newer\n", encoding="utf-8")
    app.run()
    assert [e.value.to_dict() for e in app.dataframe] == before
    assert one(app.query_params["snapshot"]) == old
    assert any("New figures available" in e.proto.body for e in app.get("html"))
    next(b for b in app.button if b.label == "Show the new figures").click().run()
    assert one(app.query_params["snapshot"]) == "20200205-newer"


@pytest.fixture
def small_copy(data_directories: dict[str, Path], tmp_path: Path) -> Path:
    source = data_directories["full"] / "published"
    name = (source / "CURRENT").read_text(encoding="utf-8")
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / name).symlink_to(source / name, target_is_directory=True)
    (tmp_path / "published" / "CURRENT").write_text(name, encoding="utf-8")
    assert json.loads((source / name / "manifest.json").read_text(encoding="utf-8"))["snapshot_id"] == name
    return tmp_path
