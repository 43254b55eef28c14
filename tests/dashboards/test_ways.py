"""The main ways in a real browser: why a court fell, the pack, a number's cases and SQL, a new snapshot, a link.
What is read on the way is compared with the snapshot; how pages look is tested in test_looks."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dashboards.month import Month
from tests.dashboards import snapshots
from tests.dashboards.served import PATIENCE, parameters, server, settled

OLD, NEW = "20200105-0800-full", "20200205-0800-full"
MADE = 120_000  # milliseconds for a pack on a busy machine


@pytest.fixture(scope="module")
def home(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of this module's own: a pack is written into it, and a second snapshot."""
    place = tmp_path_factory.mktemp("ways") / "data"
    shutil.copytree(data_directories["full"] / "published", place / "published")
    snapshots.bear_out(place)
    return place


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with server(home.parent / "log", {"ENFORCEMENT_DATA_DIR": str(home)}) as at:
        yield at


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()


@pytest.fixture
def truth(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The first snapshot of this module, opened beside the server."""
    database = home / "published" / OLD / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"}) as connection:
        yield connection


def sides(truth: duckdb.DuckDBPyConnection, court: str, scope: str, month: Month) -> tuple[float, float, float]:
    """Numerator, denominator and value of QX02 over twelve months, as published."""
    found = truth.execute(
        """select numerator, denominator, value from performance.fct_court_indicators
           where court_code = $court and scope_code = $scope and indicator_code = 'QX02' and is_in_force
             and window_code = 'rolling_12m' and period_month = cast($month as date)""",
        {"court": court, "scope": scope, "month": month},
    ).fetchone()
    assert found, "the snapshot has no such number"
    return float(found[0]), float(found[1]), float(found[2])


def is_well(page: Page) -> None:
    """Waits until the page stands, and holds it to have no trouble to tell of."""
    settled(page)
    assert page.locator(".g-trouble").all_inner_texts() == []


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option of the bar by its words, by keyboard, as a reader without a mouse would."""
    box = page.get_by_role("combobox", name=re.compile(label)).first
    box.click()
    box.press_sequentially(option)
    page.get_by_role("option", name=re.compile(option)).first.click()


def follow(page: Page, button: Locator, path: str) -> None:
    """Presses a button until it leads to `path`: a press that meets a page being drawn anew is lost."""
    for _ in range(5):
        settled(page)
        button.click()
        try:
            page.wait_for_url(re.compile(path), timeout=PATIENCE / 4)
            return
        except TooLateError:
            continue
    raise AssertionError(f"{page.url} does not lead to {path}")


def first_cells(table: Locator) -> list[str]:
    """The cells of the first row that a table reads out to those who cannot see it."""
    table.scroll_into_view_if_needed()
    row = table.locator("canvas table tbody tr").first
    row.wait_for(state="attached", timeout=PATIENCE)
    return [cell.strip() for cell in row.locator("td").all_inner_texts()]


def test_a_leader_finds_why_a_court_fell(address: str, page: Page, truth: duckdb.DuckDBPyConnection) -> None:
    page.goto(address)
    is_well(page)
    concern = page.locator('.g-concerns a[href*="court="]').first
    named = concern.inner_text()
    concern.click()
    expect(page.locator(".g-headline h1")).to_contain_text(named, timeout=PATIENCE)
    court = parameters(page)["court"]
    is_well(page)
    choose(page, "指标", "QX02")
    page.wait_for_url(re.compile("indicator=QX02"))
    is_well(page)
    (n0, d0, v0), (n1, d1, v1) = (sides(truth, court, "own", Month.parse(month)) for month in ("2019-11", "2019-12"))
    of_numerator = (n1 - n0) * (1 / d0 + 1 / d1) / 2
    of_denominator = (1 / d1 - 1 / d0) * (n0 + n1) / 2
    assert of_numerator + of_denominator == pytest.approx(v1 - v0)
    drawn = page.locator(".js-plotly-plot", has_text="分子的作用")
    for effect in (of_numerator, of_denominator, v1 - v0):
        expect(drawn).to_contain_text(f"{abs(effect) * 100:.2f}", timeout=PATIENCE)
    # The records behind it: as many as the numerator, and the sum of their list is the number.
    said = page.locator(".g-check.g-met", has_text="清单")
    expect(said).to_contain_text(f"清单 {n1:,.0f} 条", timeout=PATIENCE)
    number = first_cells(page.locator(".st-key-screen_evidence [data-testid=stDataFrame]"))
    assert any("执" in cell for cell in number), number


def test_staff_make_the_pack_and_its_four_files_hold_the_snapshots_figures(
    address: str, page: Page, truth: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    page.goto(f"{address}/meeting?window=ytd")
    is_well(page)
    page.get_by_role("button", name="会议材料").click()
    page.get_by_role("button", name="生成", exact=True).click()
    expect(page.get_by_text(re.compile("已生成：[0-9,]+项数字和判断核对无误"))).to_be_visible(timeout=MADE)
    files = {}
    for ending, label in (("docx", "Word 通报"), ("xlsx", "Excel 附件"), ("pdf", "PDF"), ("html", "网页")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=f"下载 {label}" if label[0].isascii() else f"下载{label}").click()
        files[ending] = tmp_path / taken.value.suggested_filename
        taken.value.save_as(files[ending])
        assert files[ending].name == f"2019-12-rank-QH.{ending}"
    short, name, value = truth.execute(
        """select c.short_name_zh, c.name_zh, r.value from rankings.rpt_court_rankings as r
           inner join core.dim_courts as c using (court_code)
           where r.peer_group = 'basic' and r.indicator_code = 'QX02' and r.window_code = 'ytd'
             and r.period_month = date '2019-12-01' and r.rank = 1"""
    ).fetchall()[0]
    figure = f"{value * 100:.2f}"
    with zipfile.ZipFile(files["docx"]) as archive:
        word = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    pages = "".join(sheet.extract_text() for sheet in PdfReader(files["pdf"]).pages)
    html = files["html"].read_text(encoding="utf-8")
    for text in (word, re.sub(r"\s+", "", pages), html):
        assert short in text and figure in text
    book = CalamineWorkbook.from_path(files["xlsx"])
    cells = [cell for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for cell in row]
    assert name in cells
    assert any(isinstance(cell, float) and abs(cell - value) < 1e-9 for cell in cells) or figure in str(cells)


def test_an_analyst_goes_from_a_number_to_its_cases_and_its_sql_gives_the_number_again(
    address: str, page: Page, truth: duckdb.DuckDBPyConnection
) -> None:
    numerator, denominator, value = sides(truth, "T13", "own", Month.parse("2019-12"))
    page.goto(f"{address}/about?court=T13&scope=own&indicator=QX02&window=rolling_12m")
    is_well(page)
    facts = page.locator(".g-facts").first
    for figure in (f"{value * 100:.2f}%", f"{numerator:,.0f}", f"{denominator:,.0f}"):
        expect(facts).to_contain_text(figure)
    expect(page.locator(".g-check.g-met", has_text="清单")).to_contain_text(f"清单 {numerator:,.0f} 条")
    page.get_by_text("查看并复制 SQL").click()
    code = page.locator("[data-testid=stCode]")
    expect(code).to_contain_text("select")
    statement = str(code.text_content())
    follow(page, page.get_by_role("button", name="在 SQL 查询页打开"), "/sql")
    is_well(page)
    editor = page.get_by_role("textbox", name=re.compile("SQL 语句"))
    assert "".join(editor.input_value().split()) == "".join(statement.split())
    page.get_by_role("button", name=re.compile("^运行")).click()
    expect(page.get_by_text("共 1 行，已全部显示。")).to_be_visible(timeout=PATIENCE)
    cells = first_cells(page.locator("[data-testid=stDataFrame]").first)
    again = [float(cell) for cell in cells if re.fullmatch(r"0\.\d+", cell)]
    assert any(abs(number - value) < 5e-4 for number in again), cells


def test_back_and_a_shared_link_give_the_same_state(address: str, page: Page, browser: Browser) -> None:
    page.goto(f"{address}/leaderboard?indicator=QX02&month=2019-11&window=ytd&mode=interval&lang=en")
    is_well(page)
    said, state = page.locator(".g-headline h1").inner_text(), parameters(page)
    page.locator(".st-key-nav").get_by_text("Court", exact=True).click()
    page.wait_for_url(re.compile("/court"))
    is_well(page)
    assert parameters(page)["month"] == "2019-11" and parameters(page)["mode"] == "interval"
    page.go_back()
    expect(page.locator(".g-headline h1")).to_have_text(said, timeout=PATIENCE)
    assert (urlparse(page.url).path, parameters(page)) == ("/leaderboard", state)
    choose(page, "Month", "Oct 2019")
    page.wait_for_url(re.compile("month=2019-10"))
    is_well(page)
    other = browser.new_context()
    colleague = other.new_page()
    colleague.goto(page.url)
    settled(colleague)
    expect(colleague.locator(".g-headline")).to_have_text(page.locator(".g-headline").inner_text().replace("\n", ""))
    assert parameters(colleague) == parameters(page)
    other.close()


def test_an_open_page_keeps_its_numbers_offers_the_new_ones_and_takes_them_on_a_click(
    address: str, page: Page, home: Path
) -> None:
    page.clock.install()
    page.goto(f"{address}/about?court=T13&scope=own&indicator=QX02&window=month&lang=en")
    is_well(page)
    before = page.locator(".g-facts").first.inner_text()
    snapshots.build_full(home, NEW)
    with duckdb.connect(str(home / "published" / NEW / "enforcement.duckdb")) as connection:
        connection.execute(
            """update performance.fct_court_indicators
               set numerator = numerator + 1, value = (numerator + 1) / denominator
               where court_code = 'T13' and indicator_code = 'QX02'"""
        )
    page.clock.fast_forward(61_000)  # the page looks once a minute
    expect(page.get_by_text(f"New figures available (snapshot {NEW})")).to_be_visible(timeout=PATIENCE)
    assert page.locator(".g-facts").first.inner_text() == before
    assert parameters(page)["snapshot"] == OLD
    page.get_by_role("button", name="Show the new figures").click()
    page.wait_for_url(re.compile(f"snapshot={NEW}"))
    expect(page.locator(".g-facts").first).not_to_have_text(before.replace("\n", ""), timeout=PATIENCE)
    expect(page.get_by_text("New figures available")).to_have_count(0)
