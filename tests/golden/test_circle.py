"""The circle in a browser with two readers, and a delivery through the pipeline: objection, acceptance, correction,
restatement, closed; a decision that opens the next month's meeting. Single steps are tested with the pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboards.access.conftest import headers
from tests.dashboards.served import PATIENCE, chromium, server, settled
from tests.golden.test_past_values import run

ACCESS = """
[[person]]
id = "bureau"
role = "bureau"
[[person]]
id = "court"
role = "court"
courts = ["T11"]
[[person]]
id = "other"
role = "court"
courts = ["T12"]
"""
WRONG = "（2018）青0102执107号"
NUMBER = {"court": "T11", "scope": "own", "indicator": "QX01", "window": "month", "month": "2019-01"}
Goes = Callable[..., Page]


@pytest.fixture(scope="module")
def data(golden_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of the golden world of this module's own, as published."""
    return Path(shutil.copytree(golden_data, tmp_path_factory.mktemp("circle") / "data"))


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """The dashboards on it, behind a proxy that knows who asks."""
    place = data.parent
    for name, content in (("access.toml", ACCESS), ("proxy.secret", headers("")["x-enforcement-secret"])):
        (place / name).write_text(content, encoding="utf-8")
        (place / name).chmod(0o600)
    environment = {
        "ENFORCEMENT_DATA_DIR": str(data),
        "ENFORCEMENT_LOGIN": "proxy",
        "ENFORCEMENT_PROXY_NAME": "portal",
        "ENFORCEMENT_ACCESS_FILE": str(place / "access.toml"),
        "ENFORCEMENT_PROXY_SECRET_FILE": str(place / "proxy.secret"),
        "ENFORCEMENT_AUDIT_KEY_FILE": str(place / "audit.key"),
    }
    with server(place / "log", environment) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@contextmanager
def signed_in(browser: Browser, address: str, name: str) -> Iterator[Goes]:
    """`page = goes("about", court="T11")` in the browser of a reader of that name."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(PATIENCE)
    # Said to the dashboards alone, as a proxy does.
    context.route(
        lambda url: urlsplit(url).netloc == urlsplit(address).netloc,
        lambda route: route.continue_(headers={**route.request.headers, **headers(name)}),
    )
    context.set_extra_http_headers(headers(name))
    page = context.new_page()

    def goes(path: str, **parameters: str) -> Page:
        page.goto(f"{address}/{path}?{urlencode(parameters)}")
        settled(page)
        return page

    yield goes
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def correct(data: Path) -> None:
    """The court delivers its January again: A07 was no termination but a suspension, and nothing else is changed."""
    folder = data / "landing" / "2019-01" / "cases"
    (old,) = [file for file in folder.iterdir() if "A07" in file.read_text(encoding="gb18030", errors="replace")]
    before = old.read_text(encoding="gb18030")
    lines = [line.replace("终结执行,是", "终结本次执行程序,否") if line.startswith("A07") else line
             for line in before.splitlines()]  # fmt: skip
    assert "\n".join(lines) != before.rstrip("\n")
    (folder / "城东区法院_更正.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(data, "run", "--no-serve")


def says(page: Page, words: str) -> None:
    expect(page.locator(".g-headline h1")).to_contain_text(words, timeout=PATIENCE)


def sees(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def objects(page: Page) -> None:
    """The court files an objection to its number, in another way of writing than the list has."""
    says(page, "100.00%")
    page.get_by_text("提出核查申请", exact=True).click()
    page.get_by_label("计错的案件").fill(WRONG.replace("（", "(").replace("）", ")"))
    page.get_by_label("错在哪里").fill("应为终结本次执行程序")
    page.get_by_label("依据").fill("执行裁定书")
    press(page, "提出")
    sees(page, "第1号 · 待受理")


def accepts(page: Page) -> None:
    says(page, "待受理1件")
    press(page, "受理")
    says(page, "核查中1件")
    press(page, "成立")
    says(page, "成立待更正1件")


def decides(page: Page) -> None:
    page.get_by_text("记一项决定", exact=True).click()
    page.get_by_label("责任部门").fill("城东区法院执行局")
    page.get_by_label("具体要求").fill("一个月内复核")
    press(page, "记下")
    sees(page, "城东区法院执行局，")


def test_a_court_objects_the_bureau_accepts_a_delivery_corrects_and_the_matter_is_closed(
    data: Path, address: str, browser: Browser
) -> None:
    with signed_in(browser, address, "court") as court, signed_in(browser, address, "bureau") as bureau:
        objects(court("about", **NUMBER))
        accepts(bureau("objections"))
        page = bureau("about", **NUMBER)
        sees(page, "核查中")
        says(page, "100.00%")  # accepting changes nothing by itself
        decides(bureau("meeting", month="2019-01", step="decisions"))

        correct(data)

        page = court("objections")
        sees(page, "更正了所列全部1件，没有改动其他记录")
        page = bureau("objections")
        sees(page, "100.00% → 66.67%")
        press(page, "办结")
        says(page, "已办结1件")
        page = court("about", **NUMBER)
        says(page, "66.67%")
        sees(page, "关账后变动：原为100.00%，现为66.67%")
        expect(page.get_by_text("核查中")).to_have_count(0, timeout=PATIENCE)

        page = bureau("meeting", month="2019-02")
        says(page, "以往决定：1项")
        sees(page, "一个月内复核")


def test_another_court_sees_the_count_and_not_the_matter(address: str, browser: Browser) -> None:
    with signed_in(browser, address, "other") as other:
        page = other("objections")
        says(page, "全省核查申请1件")
        assert WRONG not in page.content() and "应为终结本次执行程序" not in page.content()
