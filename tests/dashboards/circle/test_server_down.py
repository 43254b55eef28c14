"""With a server of acts that does not answer, pages that read snapshots go on, and those that need acts say so once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.shell.navigation import PAGES
from tests.dashboards.shown import headline, html

DOWN = "127.0.0.1:1/acts"
NUMBER = {"court": "T21", "scope": "own", "indicator": "QX01", "window": "month", "month": "2019-12"}


@pytest.fixture(autouse=True)
def down(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"postgresql://u:S3cret@{DOWN}")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_the_server_and_says_once_what_is_missing_and_why(
    open_as: Callable[..., AppTest], page: str
) -> None:
    lang = "en" if PAGES.index(page) % 2 else "zh"
    app = open_as("auditor" if page == "audit" else "bureau", page, lang=lang, **(NUMBER if page == "about" else {}))
    assert headline(app) and [error.value for error in app.error] == []
    (said,) = (warning.value for warning in app.warning if DOWN in warning.value)
    words = ("没有核查标记", "连不上", "请检查服务") if lang == "zh" else ("marks", "cannot be reached", "check server")
    assert all(word in said for word in words) and "S3cret" not in said + html(app)


def test_the_wall_says_that_it_has_no_marks(open_as: Callable[..., AppTest]) -> None:
    assert "核查申请无法读取" in html(open_as("bureau", "overview", wall="1"))
