"""Charts for paper: text that stays text, the same bytes from any thread, and nothing of it on a page.
How the charts stand in the files belongs to the files' own test."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfReader

from dashboards import formats
from dashboards.bulletin import Pack, charts

SPOTS = [
    charts.Spot("甲县法院", "54.40%", 54.4, 50.0, 58.0, is_small=False),
    charts.Spot("<b>乙</b> $x^2$", "60.00%", 60.0, None, None, is_small=True),
    charts.Spot("丙县法院", formats.ABSENT, None, None, None, is_small=True),
]
MONTHS = ("2019-01", "2019-12")
PANELS = [
    charts.Panel(
        "首执实际执结率", MONTHS, [50.0, None, 54.4], [48.0, None, 53.0], [52.0, None, 56.0], ["1"] * 3, "54.40%"
    ),
    charts.Panel("没有数字的", MONTHS, [None, None], [None, None], [None, None], ["1"] * 2, formats.ABSENT),
]


def texts(svg: str) -> list[str]:
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


def test_text_is_text_and_a_name_is_no_markup_and_no_formula() -> None:
    shown = texts(charts.dots(SPOTS, 55.0, "%"))
    assert {"甲县法院", "54.40%", "丙县法院", "—", "&lt;b&gt;乙&lt;/b&gt; $x^2$"} <= set(shown)
    assert {"首执实际执结率", "54.40%", "没有数字的", *MONTHS} <= set(texts(charts.small_multiples(PANELS)))


def test_small_courts_are_hollow_and_the_line_of_reference_is_dashed() -> None:
    drawn = charts.dots(SPOTS, 55.0, "%")
    assert (drawn.count("fill: #ffffff; stroke: #1a1a1a"), drawn.count("fill: #1a1a1a; stroke: #1a1a1a")) == (1, 1)
    assert "stroke-dasharray" in drawn
    assert "stroke-dasharray" not in charts.dots(SPOTS, None, "%")


def test_the_drawing_needs_nothing_beside_it() -> None:
    for drawn in (charts.dots(SPOTS, 55.0, "%"), charts.small_multiples(PANELS)):
        assert drawn.startswith("<svg ") and drawn.endswith("</svg>\n")
        assert not re.search(r"url\(|<image|<metadata|<!--|<\?xml|<!DOCTYPE", drawn)


def test_many_readers_at_once_get_the_same_drawing_and_settings_are_left_as_they_were() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with ThreadPoolExecutor(8) as readers:
        dots = set(readers.map(lambda _: charts.dots(SPOTS, 55.0, "%"), range(16)))
        lines = set(readers.map(lambda _: charts.small_multiples(PANELS), range(16)))
    assert (len(dots), len(lines)) == (1, 1)
    assert dict(mpl.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules


def test_opening_a_page_does_not_import_what_draws_on_paper() -> None:
    wanted = "import sys, dashboards.components.pack_button as m; assert m; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", wanted], check=False).returncode == 0


def test_the_charts_of_the_pdf_can_be_searched(packs: dict[tuple[str, str], Pack]) -> None:
    pages = [page.extract_text() for page in PdfReader(str(packs["rank", "zh"].files["pdf"])).pages]
    (drawn,) = [page for page in pages if re.search(r"图 ?1", page)]
    assert "2018-12" in drawn and "2019-12" in drawn


@pytest.mark.parametrize("amount", [1, 60])
def test_a_chart_of_one_court_and_of_sixty_is_drawn(amount: int) -> None:
    spots = [charts.Spot(f"第{n}法院", "50.00%", 50.0, 40.0, 60.0, is_small=False) for n in range(amount)]
    assert len([text for text in texts(charts.dots(spots, None, "%")) if text.startswith("第")]) == amount
