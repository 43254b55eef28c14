"""Sentences that say of a table's amounts what they are in, wherever they stand; and sentences that only look so.
Units by their names have their own tests; here, what a reader would understand without one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import polars as pl
import pytest

from pipelines.extracts import units
from pipelines.extracts.headers import HeaderMap, map_headers
from pipelines.extracts.messages import FileRefusedError
from pipelines.extracts.reading import Beside, Chunk, Line, Source
from pipelines.extracts.stated_units import hold_to, settle
from tests.unit.extracts.conftest import FUNDS, Clerk, csv_text, fund

SAID = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
TRUE, INNOCENT = [*SAID["foreign"], *SAID["scaled"]], SAID["innocent"]
STAFF = ("法院代码", "执行干警数", "在编干警总数")
OTHER_MEASURES = ("%", "件", "单位：件", "折", "元/平方米", "㎡", "‰", "百分比", "人次", "比例", "元/月")
PLACES = ("above", "below", "page", "note", "drawing", "field", "sheet", "file")


def source_of(place: str, text: str, headings: tuple[str, ...]) -> Source:
    """A table with a text in one place around it."""
    beside = {"field": (Beside("fields", "备注", text),)} | {
        each: (Beside(each, "", text),) for each in ("page", "note", "drawing")
    }
    return Source(
        "csv",
        None,
        chunks=iter(()),
        above=(Line(1, (text, *[""] * (len(headings) - 1))),) if place == "above" else (),
        header=(Line(2, headings),),
        beside=beside.get(place, ()),
        title=text if place == "sheet" else "",
        named=f"{text}.csv" if place == "file" else "",
    )


def outcome(kind: str, headings: tuple[str, ...], place: str, text: str) -> str | None:
    """The code of the refusal, or the unit that is applied; None where nothing comes of the text."""
    frame = pl.DataFrame({str(at): ["1"] for at in range(len(headings))})
    chunk = Chunk(headings, frame, pl.Series([9], dtype=pl.Int32))
    try:
        header_map = map_headers(kind, headings, "a.csv")
        settled: HeaderMap = settle(header_map, source_of(place, text, headings), chunk, "a.csv").header_map
        if place == "below":
            hold_to(settled, (text, *[""] * (len(headings) - 1)), 10, "a.csv")
    except FileRefusedError as refused:
        return refused.message.code
    return next(iter(settled.units.values()), None)


@pytest.mark.parametrize("place", PLACES)
def test_a_sentence_that_says_what_amounts_are_in_is_applied_or_asked_about(place: str) -> None:
    texts = [text for text in TRUE if place != "file" or "/" not in text]
    assert len(texts) >= 60
    assert [text for text in texts if outcome("funds", FUNDS, place, text) is None] == []


@pytest.mark.parametrize("place", PLACES)
def test_a_sentence_that_does_not_speak_of_the_amounts_changes_nothing(place: str) -> None:
    texts = [text for text in INNOCENT if place != "file" or "/" not in text]
    assert len(texts) >= 60
    assert {text: said for text in texts if (said := outcome("funds", FUNDS, place, text))} == {}


def test_another_currency_is_never_a_unit_of_yuan() -> None:
    assert {text: unit for text in SAID["foreign"] if (unit := units.in_line(text).unit) != units.UNCLEAR} == {}


@pytest.mark.parametrize("place", ["above", "below", "page", "note", "drawing"])
def test_counts_in_hundreds_or_shares_are_asked_about(place: str) -> None:
    assert [text for text in SAID["counts"] if outcome("staffing", STAFF, place, text) is None] == []
    assert {text: said for text in INNOCENT if (said := outcome("staffing", STAFF, place, text))} == {}


@pytest.mark.parametrize(
    ("kind", "heading", "note"),
    [("funds", "到账金额", note) for note in OTHER_MEASURES]
    + [("staffing", "执行干警数", note) for note in ("%", "万元", "元", "百人", "占比", "单位：%", "千")],
)  # fmt: skip
def test_a_heading_that_measures_something_else_is_asked_about(kind: str, heading: str, note: str) -> None:
    headings = FUNDS if kind == "funds" else STAFF
    noted = tuple(f"{each}（{note}）" if each == heading else each for each in headings)
    assert outcome(kind, noted, "", "") == "unit_unclear"


@pytest.mark.parametrize(
    ("kind", "heading", "note"),
    [("funds", "到账金额", note) for note in ("元", "必填", "含利息", "人民币", "保留两位小数", "到账当日")]
    + [("staffing", "执行干警数", note) for note in ("人", "在编", "名", "必填", "含书记员")],
)  # fmt: skip
def test_a_heading_that_says_what_is_due_is_read(kind: str, heading: str, note: str) -> None:
    headings = FUNDS if kind == "funds" else STAFF
    assert outcome(kind, tuple(f"{each}（{note}）" if each == heading else each for each in headings), "", "") is None


@pytest.mark.parametrize("under", ["%", "件", "元/平方米", "㎡"])
def test_a_row_of_units_that_measures_something_else_is_asked_about(clerk: Clerk, under: str) -> None:
    row = ",".join(under if heading == "到账金额" else "" for heading in FUNDS)
    clerk.deliver(csv_text([fund(1)]).replace("\r\n", f"\r\n{row}\r\n", 1), "a.csv")
    assert [refused.message.code for refused in clerk.receive().refused] == ["unit_unclear"]


ROWS = {
    "币别": (("HKD", "RMB", ""), 1),
    "币名": (("美元", "人民币", ""), 1),
    "货币类型": (("CNY", "欧元", "USD"), 2),
    "是否外币": (("是", "否", ""), 1),
    "外币金额": (("120", "0", "/"), 1),
    "汇率": (("6.97", "1", ""), 1),
    "折算汇率": (("1.00", "", "100"), 0),
    "说明": (("此笔为港币", "已发放", ""), 1),
    "摘要": (("到账美元", "", "执行款"), 1),
    "备注": (("扣划10万美元", "冻结美元账户", "已结汇，折合人民币"), 0),
    "附言": (("USD", "", "标的额的2倍"), 1),
    "用途": (("金额已除以10000", "以人民币支付", ""), 1),
}


@pytest.mark.parametrize("heading", ROWS)
def test_a_row_that_is_not_in_yuan_is_asked_about(clerk: Clerk, heading: str) -> None:
    texts, rejected = ROWS[heading]
    clerk.deliver([fund(number, **{heading: text}) for number, text in enumerate(texts)], "a.csv")
    receipt = clerk.receive()
    assert (receipt.refused, receipt.rejected) == ([], rejected)
    assert {row["reason_code"] for row in clerk.rejects()} <= {"row_unit"}
    assert clerk.lake()["received_amount"].cast(float).to_list() == [1234.5] * (3 - rejected)


LONG = {
    "注：,1、,金额以万计,填报人某某,,,,": "unit_below",
    "备注,以上,金额,均为,美元,,,": "unit_below",
    "注：,1、,金额以银行回单为准,填报人某某,,,,": None,
    "备注,以上,案件,均为,首执,,,": None,
}


@pytest.mark.parametrize("line", LONG)
def test_a_sentence_over_many_cells_is_heard(clerk: Clerk, line: str) -> None:
    clerk.deliver(csv_text([fund(1)]) + f"{line}\r\n", "a.csv")
    receipt = clerk.receive()
    assert next((refused.message.code for refused in receipt.refused), None) == LONG[line]


@pytest.mark.parametrize(
    ("name", "code"), [("funds_usd_2019.csv", "unit_unclear"), ("12月港币.csv", "unit_unclear"),
                       ("funds in thousands.csv", "unit_unclear"), ("funds_2019_museum.csv", None)],
)  # fmt: skip
def test_a_files_name_may_say_another_currency(clerk: Clerk, name: str, code: str | None) -> None:
    clerk.deliver([fund(1)], name)
    assert next((refused.message.code for refused in clerk.receive().refused), None) == code


@pytest.mark.parametrize("heading", ["到帐日期", "到賬日期", "到帳日期"])
def test_headings_in_other_characters_are_known(clerk: Clerk, heading: str) -> None:
    clerk.deliver(csv_text([fund(1)]).replace("到账日期", heading), "a.csv")
    assert clerk.receive().accepted == 1
