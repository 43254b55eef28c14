"""What leaves a page in a real browser other than by the page's own buttons: nothing of a table, and no request to
where a statement's title points. That the page's own files are recorded is tested in test_downloads_by_role."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.plain import plain
from dashboards.workbench import saved_queries
from tests.dashboards.access.conftest import SECRET, furnished
from tests.dashboards.served import PATIENCE, server, settled

TITLES = (
    "![x](http://127.0.0.1:{port}/i.png)", '<img src="http://127.0.0.1:{port}/i.png">', "[a](http://127.0.0.1:{port})",
    "![x][y]\n\n[y]: http://127.0.0.1:{port}/i.png", ":red[a] :material/star: **b** `c` $x^2$ # d ~~e~~ \\ &amp;",
    "# a\n- b\n1. c",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ways_out")


@pytest.fixture(scope="module")
def behind(place: Path, data_directories: dict[str, Path]) -> Iterator[str]:
    with server(place / "log", furnished(place, data_directories["full"], "proxy")) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, name: str) -> Iterator[Page]:
    """A page of a reader's browser, which does not keep to the pages' content security policy: a wall of its own."""
    sent = {"x-enforcement-user": name, "x-enforcement-proxy": "portal", "x-enforcement-secret": SECRET}
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, bypass_csp=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    # Said to the dashboards alone, as a proxy does.
    context.route(
        lambda url: urlsplit(url).netloc == urlsplit(address).netloc,
        lambda route: route.continue_(headers={**route.request.headers, **sent}),
    )
    context.set_extra_http_headers(sent)
    yield context.new_page()
    context.close()


@contextmanager
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A port of somebody's, and what browsers have asked it for."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    asked.append(line.recv(4096))

        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1], asked


def test_a_table_has_no_button_for_csv_and_is_not_copied(behind: str, browser: Browser) -> None:
    with opened(browser, behind, "bureau") as page:
        page.goto(f"{behind}/about?lang=en&court=T13&scope=own&indicator=QX02")
        settled(page)
        table = page.get_by_test_id("stDataFrame").last
        table.scroll_into_view_if_needed()
        table.hover()
        expect(table.get_by_test_id("stElementToolbar")).to_be_visible()
        assert table.get_by_role("button", name="Search").count() == 1, "the toolbar is there"
        assert table.get_by_role("button", name="Download").count() == 0
        page.evaluate("navigator.clipboard.writeText('nothing')")
        box = table.bounding_box()
        assert box
        page.mouse.click(box["x"] + 80, box["y"] + 60)
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Control+c")
        page.wait_for_timeout(500)
        assert page.evaluate("navigator.clipboard.readText()") == "nothing"
        assert page.get_by_test_id("stDownloadButton").count() > 0, "the page's own files are"


def test_a_shared_statements_title_is_text(behind: str, browser: Browser, place: Path) -> None:
    """A picture in one would tell its author who looks, and from where."""
    with trap() as (port, asked), pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENFORCEMENT_DATA_DIR", str(place / "data"))
        titles = [title.format(port=port) for title in TITLES]
        for title in titles:
            saved_queries.save(title, "bureau", "select 1", is_shared=True)
        with opened(browser, behind, "analyst") as page:
            page.goto(f"{behind}/sql?lang=en&beside=saved")
            settled(page)
            for title in titles:
                expect(page.get_by_role("button", name=" ".join(title.split()), exact=True)).to_be_visible()
            assert page.locator('img[src*="127.0.0.1"], button img, button code, button .katex').count() == 0
    assert asked == []


@pytest.mark.parametrize("title", TITLES)
def test_plain_words_are_words(title: str) -> None:
    said = plain(title)
    assert "\n" not in said and said.replace("\\", "") == " ".join(title.split()).replace("\\", "")
    assert not [at for at, sign in enumerate(said) if sign in "![]()<>*_`$#:~&" and said[at - 1] != "\\"]
