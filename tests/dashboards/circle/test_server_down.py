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
# Pages that are about what people write, and what a reader of them sees.
NEEDS = {
    "objections": ("bureau", "zh"),
    "about": ("court", "en"),
    "definitions": ("court", "zh"),
    "alerts": ("bureau", "en"),
}


@pytest.fixture(autouse=True)
def down(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"postgresql://u:S3cret@{DOWN}")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_the_server(open_as: Callable[..., AppTest], page: str) -> None:
    app = open_as("auditor" if page == "audit" else "bureau", page, **(NUMBER if page == "about" else {}))
    assert headline(app) and "S3cret" not in html(app)


@pytest.mark.parametrize("page", NEEDS)
def test_a_page_that_needs_acts_names_the_server_and_the_remedy(open_as: Callable[..., AppTest], page: str) -> None:
    who, lang = NEEDS[page]
    app = open_as(who, page, lang=lang, **(NUMBER if page == "about" else {}))
    (said,) = {error.value for error in app.error}
    words = ("连不上", "请检查服务") if lang == "zh" else ("cannot be reached", "check server")
    assert DOWN in said and all(word in said for word in words) and "S3cret" not in said
