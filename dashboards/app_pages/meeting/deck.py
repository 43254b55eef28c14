"""A deck of slides in the house style: a sentence on top, native tables and charts under it, the source at the foot.
What the slides say is in slides; everything in them can be edited in PowerPoint."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboards.charts.theme import LIGHT

WIDE, TALL = Inches(13.333), Inches(7.5)
LEFT, TOP, ACROSS, DOWN = Inches(0.6), Inches(1.75), Inches(12.13), Inches(5.0)
FONT = "Microsoft YaHei"  # on every office machine; PowerPoint takes another where it is missing
ROWS = 11  # of a table on one slide: more cannot be read from the back of the room
BLANK = 6  # the layout without places of its own
HEAD, BODY, FOOT = Pt(26), Pt(15), Pt(11)


class Deck:
    """Slides in order; `bytes` gives the file."""

    def __init__(self, foot: str, lang: str) -> None:
        self._made: Any = Presentation()
        self._made.slide_width, self._made.slide_height = WIDE, TALL
        self._made.core_properties.language = "zh-CN" if lang == "zh" else "en-GB"
        self._foot = foot

    def bytes(self) -> bytes:
        target = BytesIO()
        self._made.save(target)
        return target.getvalue()

    def slide(self, title: str, sentence: str) -> Any:
        """A new slide with its step, its sentence and the source line."""
        made = self._made.slides.add_slide(self._made.slide_layouts[BLANK])
        _text(made, (LEFT, Inches(0.35), ACROSS, Inches(0.4)), title, Pt(14), LIGHT.muted)
        _text(made, (LEFT, Inches(0.7), ACROSS, Inches(0.95)), sentence, HEAD, LIGHT.ink, is_bold=True)
        _text(made, (LEFT, Inches(6.95), ACROSS, Inches(0.35)), self._foot, FOOT, LIGHT.muted)
        return made

    def table(self, title: str, sentence: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """As many slides as the rows need; the first column is narrow, the last one wide."""
        pages = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)] or [[]]
        for number, page in enumerate(pages, start=1):
            mark = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
            self.put_table(self.slide(f"{title}{mark}", sentence), (LEFT, TOP, ACROSS), head, page)

    def put_table(
        self, slide: Any, place: tuple[int, int, int], head: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        left, top, across = place
        shape = slide.shapes.add_table(len(rows) + 1, len(head), left, top, across, Inches(0.4 * (len(rows) + 1)))
        grid = shape.table
        for column, wide in enumerate(_widths(len(head), across)):
            grid.columns[column].width = Emu(wide)
        for number, line in enumerate([head, *rows]):
            for column, said in enumerate(line):
                _cell(grid.cell(number, column), said, is_head=number == 0)

    def put_chart(
        self,
        slide: Any,
        place: tuple[int, int, int, int],
        names: Sequence[str],
        values: Sequence[float | None],
        unit: str,
    ) -> None:
        """Bars with a data sheet behind them; a value that is absent is an empty cell."""
        data = CategoryChartData(number_format='0.0"%"' if unit == "%" else "General")
        data.categories = list(names)
        data.add_series(unit, list(values))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
        chart.has_legend, chart.has_title = False, False
        chart.font.size, chart.font.name = Pt(10), FONT
        chart.plots[0].gap_width = 40
        fill = chart.plots[0].series[0].format.fill
        fill.solid()
        fill.fore_color.rgb = _colour(LIGHT.subject)
        chart.value_axis.major_gridlines.format.line.color.rgb = _colour(LIGHT.rule)


def _widths(count: int, across: int) -> list[int]:
    """The last column takes what three of the others do."""
    part = across // (count + 2)
    return [part] * (count - 1) + [across - part * (count - 1)]


def _text(
    slide: Any, place: tuple[int, int, int, int], said: str, size: Any, colour: str, *, is_bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(*place).text_frame
    frame.word_wrap = True
    _write(frame, said, size, colour, is_bold=is_bold)


def _cell(cell: Any, said: str, *, is_head: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = _colour(LIGHT.subject if is_head else LIGHT.raised)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    _write(cell.text_frame, said, Pt(13) if is_head else BODY, LIGHT.raised if is_head else LIGHT.ink, is_bold=is_head)


def _write(frame: Any, said: str, size: Any, colour: str, *, is_bold: bool) -> None:
    run = frame.paragraphs[0].add_run()
    run.text = " ".join(said.split())
    run.font.size, run.font.bold, run.font.name = size, is_bold, FONT
    run.font.color.rgb = _colour(colour)
    east = run.font._element.makeelement(qn("a:ea"), {"typeface": FONT})  # python-pptx sets the Latin face alone
    run.font._element.append(east)


def _colour(said: str) -> RGBColor:
    return RGBColor.from_string(said.removeprefix("#").upper())
