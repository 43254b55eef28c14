"""A month of the past shows its courts as they were called and stood then, and what they are today as a second reading.
Which months a name holds for is said by the models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards import shown, snapshots

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory, data_directories: dict[str, Path]) -> Path:
    return snapshots.build_renamed(tmp_path_factory.mktemp("renamed"), data_directories["full"])


@pytest.fixture
def opened(open_page: Open, renamed: Path, data_directories: dict[str, Path]) -> Open:
    data_directories["renamed"] = renamed
    return lambda page, **asked: open_page(page, "renamed", **asked)


def options(app: AppTest, key: str) -> list[str]:
    return next(list(box.options) for box in app.selectbox if box.key and key in box.key)


@pytest.mark.parametrize(("month", "name", "other"), [("2018-06", "新城院", "城西区"), ("2019-12", "城西区", "新城院")])
def test_a_month_calls_a_court_as_it_was_called(opened: Open, month: str, name: str, other: str) -> None:
    app = opened("leaderboard", month=month, peer="basic")
    assert name in str(shown.html(app)) + str([frame.value.to_dict() for frame in app.dataframe])
    assert other not in str(shown.html(app)) + str([frame.value.to_dict() for frame in app.dataframe])


@pytest.mark.parametrize(("month", "name"), [("2018-06", "平安新城人民法院"), ("2019-12", "西宁市城西区人民法院")])
def test_the_list_of_courts_has_the_names_of_the_month(opened: Open, month: str, name: str) -> None:
    app = opened("court", court="T13", month=month)
    assert any(option.startswith(name) for option in options(app, "court"))


def test_what_a_court_is_today_is_a_choice_of_its_own_where_it_was_otherwise(opened: Open) -> None:
    merged, other = opened("court", court="T11", lang="en"), opened("court", court="T12", lang="en")
    assert options(merged, "scope") == ["Own cases", "Own cases, as merged today"]
    assert not [box for box in other.selectbox if "Own cases, as merged today" in box.options]


@pytest.mark.parametrize("page", ["court", "trends", "about", "suspension"])
def test_pages_are_whole_in_that_reading(opened: Open, page: str) -> None:
    app = opened(page, court="T11", scope="own_now", indicator="QX02", month="2019-06")
    assert not app.exception
    assert not app.error
