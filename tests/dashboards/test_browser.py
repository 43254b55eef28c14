"""The main path in a real browser: overview, leaderboard, court, the records behind a number, language, trends.
Chromium is the system's; a machine without it fails here and is told what to install."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboards.served import PATIENCE, parameters, settled, too_wide_by


@pytest.fixture(scope="module")
def browser_page(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def test_the_main_path_from_overview_to_the_records_behind_a_number(
    gallery: str, browser_page: Page, tmp_path: Path
) -> None:
    page, asked = browser_page, []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(gallery)
    expect(page.locator(".g-headline h1")).to_contain_text("2019年12月", timeout=PATIENCE)
    expect(page.locator(".g-card")).to_have_count(8)
    expect(page.locator(".g-grid tbody tr")).to_have_count(8)
    picture = tmp_path / "overview.png"
    page.screenshot(path=str(picture), full_page=True)
    assert picture.stat().st_size > 50_000

    page.locator(".st-key-nav").get_by_text("排名", exact=True).click()
    expect(page.locator(".g-headline h1")).to_contain_text("综合得分", timeout=PATIENCE)
    assert parameters(page)["month"] == "2019-12"

    page.locator(".st-key-nav").get_by_text("总览", exact=True).click()
    page.locator(".g-grid a", has_text="城西区").click()
    expect(page.locator(".g-headline h1")).to_contain_text("西宁市城西区人民法院", timeout=PATIENCE)
    assert parameters(page)["court"] == "T13"
    expect(page.locator(".g-check.g-met")).to_contain_text("相等")

    with page.expect_download() as download:
        page.get_by_text("下载 XLSX", exact=True).first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")

    page.get_by_text("English", exact=True).click()
    expect(page.locator(".g-headline h1")).to_contain_text("Chengxi District People's Court", timeout=PATIENCE)
    assert parameters(page)["lang"] == "en"
    assert {urlparse(url).hostname for url in asked if url.startswith("http")} == {"127.0.0.1"}


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_no_page_is_wider_than_the_screen(gallery: str, browser_page: Page, width: int) -> None:
    browser_page.set_viewport_size({"width": width, "height": 1000})
    for path in ("", "court"):
        browser_page.goto(f"{gallery}/{path}?lang=en")
        settled(browser_page)
        assert too_wide_by(browser_page) == 0
        if width > 1024:
            assert browser_page.locator(".st-key-nav").evaluate("e => e.clientHeight") < 60, "the top row wrapped"


def test_a_trend_with_all_its_state_in_the_link_is_drawn(gallery: str, browser_page: Page) -> None:
    browser_page.goto(
        f"{gallery}/trends?court=T13&court=T14&indicator=QX02&indicator=QX06&window=ytd&scope=own&lang=en"
    )
    expect(browser_page.locator(".js-plotly-plot")).to_have_count(3, timeout=PATIENCE)  # two indicators, and ranks
    expect(browser_page.locator(".js-plotly-plot").first).to_contain_text(re.compile("Chengxi"))
    assert parameters(browser_page)["window"] == "ytd"
