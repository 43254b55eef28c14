"""The main path in a real browser: overview, leaderboard, court, the records behind a number, language, trends.
Chromium is the system's; a machine without it fails here and is told what to install."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 45_000  # ms: two cores may be shared with the other tests


@pytest.fixture(scope="module")
def gallery(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboards on the full small snapshot, served on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path_factory.mktemp("server") / "log").open("w")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboards" / "streamlit_app.py")]
    environment = {**os.environ, "ENFORCEMENT_DATA_DIR": str(data_directories["full"])}
    server = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.address=127.0.0.1"],
        env=environment, cwd=ROOT / "dashboards", stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _wait_until_open(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_open(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the dashboards did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError("the dashboards did not open their port")


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    assert CHROMIUM.exists(), "the browser tests need chromium: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True).new_page()
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def parameters(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


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
        page.get_by_text("下载 XLSX").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")

    page.get_by_text("English", exact=True).click()
    expect(page.locator(".g-headline h1")).to_contain_text("Chengxi District People's Court", timeout=PATIENCE)
    assert parameters(page)["lang"] == "en"
    assert {urlparse(url).hostname for url in asked if url.startswith("http")} == {"127.0.0.1"}


@pytest.mark.parametrize("width", [1280, 1440, 1920])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_the_screen(gallery: str, browser_page: Page, width: int, lang: str) -> None:
    browser_page.set_viewport_size({"width": width, "height": 1000})
    for path in ("", "leaderboard", "court"):
        browser_page.goto(f"{gallery}/{path}?lang={lang}")
        expect(browser_page.locator(".g-headline")).to_be_visible(timeout=PATIENCE)
        main = browser_page.locator("[data-testid=stMain]")
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") == 0
        assert browser_page.locator(".st-key-nav").evaluate("e => e.clientHeight") < 60, "the top row wrapped"


def test_a_trend_with_all_its_state_in_the_link_is_drawn(gallery: str, browser_page: Page) -> None:
    browser_page.goto(
        f"{gallery}/trends?court=T13&court=T14&indicator=QX02&indicator=QX06&window=ytd&scope=own&lang=en"
    )
    expect(browser_page.locator(".js-plotly-plot")).to_have_count(3, timeout=PATIENCE)  # two indicators, and ranks
    expect(browser_page.locator(".js-plotly-plot").first).to_contain_text(re.compile("Chengxi"))
    assert parameters(browser_page)["window"] == "ytd"
