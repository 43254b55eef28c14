"""Every page in both languages and themes, the wall, paper and keyboard; pictures go to tests/output/pictures.
Figures and ways between pages are tested elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlparse

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pypdf import PageObject, PdfReader

from dashboards.app_pages.wall.showing import SCREENS
from dashboards.charts.theme import DARK, LIGHT
from dashboards.shell.navigation import GROUPS, PAGES
from dashboards.texts import phrases
from tests.dashboards.served import PATIENCE, settled, too_wide_by

pytestmark = pytest.mark.xdist_group("browser")

PICTURES = Path(__file__).parents[1] / "output" / "pictures"
# Language, width and height; a page is loaded once and then drawn in each theme.
LOOKS = {
    "zh": ("zh", 1440, 900, ("light", "dark")),
    "en": ("en", 1440, 900, ("light", "dark")),
    "zh-tablet": ("zh", 1024, 768, ("light",)),
}
RAW_KEY = re.compile(rf"\b({'|'.join(sorted({key.split('.')[0] for key in phrases('zh')}))})\.[a-z][a-z_]+\b")
# The frontend looks for its server below the page's own address first, and then at the root.
PROBE = re.compile(r"/_stcore/|/_stcore$")
SMALLEST = 0.014  # of the screen's width: 27 px of 1920, 17 mm on a wall of 1.2 m


class Witness:
    """What a page asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str | None] = set()
        self.complaints: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, url: str) -> None:
        if url.startswith(("http", "ws")):
            self.hosts.add(urlparse(url).hostname)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")


@pytest.fixture(scope="module", params=LOOKS)
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, BrowserContext]]:
    _lang, width, height, _themes = LOOKS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    yield request.param, context
    context.close()


def in_theme(page: Page, theme: str) -> None:
    """Turns the page to the theme, as a reader's system does, and waits until it is drawn in it."""
    page.emulate_media(color_scheme=theme)
    ground = {"light": LIGHT, "dark": DARK}[theme].ground
    said = f"rgb({', '.join(str(int(ground[i : i + 2], 16)) for i in (1, 3, 5))})"
    expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", said, timeout=PATIENCE)
    page.wait_for_function(
        "said => getComputedStyle(document.documentElement).getPropertyValue('--g-ground').trim() === said", arg=ground
    )
    settled(page)


def wrong_with(page: Page) -> dict[str, object]:
    """What a reader must never see on a page, as far as it is there."""
    main = page.locator("[data-testid=stMain]")
    found = {
        "exceptions": page.locator("[data-testid=stException]").count(),
        "troubles": page.locator(".g-trouble").count(),
        "not found": page.get_by_text("Page not found").count(),
        "raw keys": RAW_KEY.findall(main.inner_text()),
        "too wide by": too_wide_by(page),
        "here": page.locator("[class*=_here]").count() == 0,
    }
    return {what: value for what, value in found.items() if value}


def test_every_page_in_every_look(gallery: str, look: tuple[str, BrowserContext]) -> None:
    name, context = look
    lang, width, height, themes = LOOKS[name]
    page, wrong = context.new_page(), {}
    witness = Witness(page)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path in PAGES:
        page.goto(f"{gallery}/{path}?lang={lang}")
        settled(page)
        for theme in themes:
            in_theme(page, theme)
            page.screenshot(path=str(PICTURES / f"{path}-{name}-{theme}-{width}x{height}.png"))
            if said := wrong_with(page):
                wrong[path, theme] = said
        page.emulate_media(color_scheme="light")
    assert wrong == {}
    assert witness.complaints == []
    assert witness.hosts == {"127.0.0.1"}


@pytest.mark.parametrize("mode", ["rank", "interval"])
def test_every_wall_screen_fits_and_reads_from_six_metres(gallery: str, browser: Browser, mode: str) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, color_scheme="dark")
    page, wrong = context.new_page(), {}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for step, name in enumerate(SCREENS, start=1):
        page.goto(f"{gallery}/wall?step={step}&mode={mode}")
        settled(page)
        page.screenshot(path=str(PICTURES / f"wall-{name}-{mode}.png"))
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.g-wall-body, .g-wall-body > div, .g-wall-figures > div')]
                .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
                .map(e => [e.className, e.scrollHeight, e.clientHeight])"""
        )
        small = page.evaluate(
            """least => [...document.querySelectorAll('.g-wall *')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
                .filter(e => parseFloat(getComputedStyle(e).fontSize) < least).map(e => e.textContent)""",
            1920 * SMALLEST,
        )
        if cut or small:
            wrong[name] = (cut, small)
    context.close()
    assert wrong == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_walls_foot_does_not_run_under_its_keys_on_a_small_screen(
    gallery: str, browser: Browser, lang: str
) -> None:
    page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    page.goto(f"{gallery}/wall?lang={lang}")
    settled(page)
    beneath = page.evaluate(
        """() => {
            const text = document.createRange();
            text.selectNodeContents(document.querySelector('.g-wall footer'));
            const keys = document.querySelector('.st-key-wall_keys').getBoundingClientRect();
            return [...text.getClientRects()].filter(line => line.right > keys.left && line.bottom > keys.top).length;
        }"""
    )
    page.context.close()
    assert beneath == 0


def test_the_wall_is_reached_by_a_parameter_turns_by_itself_and_is_left_by_escape(
    gallery: str, browser: Browser
) -> None:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.goto(f"{gallery}/leaderboard?wall=1&rotate=5&month=2019-11&lang=en")
    settled(page)
    expect(page.locator(".g-wall footer")).to_contain_text(f"1/{len(SCREENS)}")
    expect(page.locator(".g-wall footer")).to_contain_text(f"2/{len(SCREENS)}", timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(page.locator(".g-headline h1")).to_contain_text("Nov 2019", timeout=PATIENCE)
    assert urlparse(page.url).path == "/overview"
    assert "month=2019-11" in page.url and "wall=" not in page.url
    page.context.close()


def test_the_navigation_is_reached_by_keyboard(gallery: str, browser: Browser) -> None:
    group, pages = next((group, pages) for group, pages in GROUPS.items() if group != "boards" and pages)
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{gallery}/overview?lang=en")
    settled(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => !!document.activeElement.closest('.st-key-nav a, .st-key-nav button')"):
            assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid", "unseen"
        if page.evaluate(f"() => !!document.activeElement.closest('.st-key-group_{group}')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=phrases("en")[f"page.{pages[0]}"])).to_be_visible()
    page.context.close()


def test_a_printed_page_is_whole_light_and_without_controls(gallery: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark").new_page()
    page.goto(f"{gallery}/overview")
    settled(page)
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".st-key-nav").is_visible()
    assert not page.locator(".st-key-bar").is_visible()
    ground = page.locator("[data-testid=stApp]").evaluate("e => getComputedStyle(e).backgroundColor")
    ink = page.locator(".g-headline h1").evaluate("e => getComputedStyle(e).color")
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(27, 36, 48)")
    sheets = printed(page, "overview")
    assert round(float(sheets[0].mediabox.width)) == 595  # A4 in points
    assert all(words in text_of(sheets) for words in ("2019年12月", "报送情况", "20200105-0800-full"))
    page.context.close()


def test_a_printed_ranking_has_every_court_and_a_longer_table_says_what_it_leaves_out(
    gallery: str, browser: Browser, truth: duckdb.DuckDBPyConnection
) -> None:
    courts = truth.execute(
        """
        select c.short_name_zh from rankings.rpt_court_rankings as r inner join core.dim_courts as c using (court_code)
        where r.peer_group = 'basic' and r.indicator_code = 'QX02' and r.window_code = 'rolling_12m'
          and r.period_month = date '2019-12-01' and r.rank is not null
        """
    ).fetchall()
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{gallery}/leaderboard?indicator=QX02")
    settled(page)
    text = text_of(printed(page, "leaderboard"))
    assert courts
    assert [name for (name,) in courts if normalize("NFKC", name) not in text] == []
    assert "分子分母" in text, "the last columns of the table are cut off"
    page.goto(f"{gallery}/about?court=T13&scope=own&indicator=QX02")
    settled(page)
    assert "纸面只印出前12行" in text_of(printed(page, "about"))
    assert page.locator(".g-paper").first.is_hidden(), "the screen says what is for paper"
    page.context.close()


def printed(page: Page, name: str) -> list[PageObject]:
    """The sheets of the page on paper; kept beside the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    made = page.pdf(path=str(PICTURES / f"{name}.pdf"), prefer_css_page_size=True, print_background=True)
    return list(PdfReader(BytesIO(made)).pages)


def text_of(sheets: list[PageObject]) -> str:
    """Their words without line ends. The font's glyphs of radicals are read back as radicals: made the same again."""
    return re.sub(r"\s+", "", normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets)))
