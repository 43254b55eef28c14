"""Units of amounts: wherever one is written, it is applied to the amounts it speaks of, told and noted; or asked about.
A value's own unit belongs to the laws of values; that a file is refused whole has its tests beside this one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.units import UNCLEAR, in_line, in_note
from tests.unit.extracts.conftest import Clerk, Row, csv_text, fund, xlsx_bytes

HANDED = Path(__file__).parent / "handed"
AMOUNTS = ("received_amount", "paid_amount")


def amounts(clerk: Clerk) -> list[tuple[Decimal | None, ...]]:
    return [tuple(row[name] for name in AMOUNTS) for row in clerk.lake().sort("_row_number").to_dicts()]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("03_unit_above_funds.csv", [("12500.00", "5000.00"), ("300000.00", None)]),
        ("05_unit_row_below_funds.csv", [("12500.00", "5000.00")]),
        ("06_heading_0_funds.csv", [("12500.00", "1000.00")]),
        ("06_heading_1_funds.csv", [("12500.00", "1000.00")]),
        ("06_optional_heading_funds.csv", [("1234.50", "5000.00")]),
    ],
)
def test_the_files_that_were_handed_over_come_out_right(
    clerk: Clerk, name: str, right: list[tuple[str | None, ...]]
) -> None:
    clerk.deliver((HANDED / name).read_bytes(), name)
    receipt = clerk.receive()
    assert receipt.refused == []
    assert amounts(clerk) == [tuple(value and Decimal(value) for value in row) for row in right]
    told = [notice for notice in receipt.deliveries[0].notices if notice.code == "unit_applied"]
    assert told
    assert all("万元" in notice.zh and name in notice.zh and name in notice.en for notice in told)
    noted = [count for count in receipt.deliveries[0].conversions if count.conversion == "unit_applied"]
    assert sum(count.rows for count in noted) == sum(
        value not in (None, "1000.00", "1234.50") for row in right for value in row
    )


SCALES = {
    "（万元）": 4, "（万）": 4, "(万)": 4, "（单位：万元）": 4, "/万元": 4, "_万元": 4, "-万元": 4, "（亿）": 8,
    "(w)": 4, "(W)": 4, "「千元」": 3, "【万元】": 4, "[百万元]": 6, "〔亿元〕": 8, "万元": 4, "（人民币万元）": 4,
    "（RMB万元）": 4, "（萬元）": 4, "（百元）": 2, "(k)": 3, "（千万元）": 7, "（元）": 0, "元": 0,
    "（人民币）": 0, "（分）": -2, "（以万元计）": 4, "，万元": 4, "（单位：元，保留两位小数）": 0,
    "（必填）（万元）": 4, " ( 万 元 ) ": 4, "：万元": 4, "(10,000 yuan)": 4, "（含利息）": 0,
}  # fmt: skip


@pytest.mark.parametrize("spelling", SCALES)
@pytest.mark.parametrize("value", ["1.25", "￥1.25", "１．２５", "+0", "1,250.00", ".5", "1.25 "])
def test_a_unit_in_a_heading_scales_every_plain_value_of_that_column_alone(
    clerk: Clerk, spelling: str, value: str
) -> None:
    plain = {"1.25": "1.25", "￥1.25": "1.25", "１．２５": "1.25", "1,250.00": "1250", ".5": "0.5", "1.25 ": "1.25"}
    row = {f"{heading}{spelling}" if heading == "发放金额" else heading: cell for heading, cell in fund(1).items()}
    clerk.deliver([row | {f"发放金额{spelling}": value}], "a.csv")
    receipt = clerk.receive()
    assert receipt.refused == []
    if value not in plain:
        assert (receipt.accepted, receipt.rejected) == (0, 1)
        return
    scaled = Decimal(plain[value]).scaleb(SCALES[spelling])
    assert amounts(clerk) == [(Decimal("1234.50"), scaled.quantize(Decimal("0.01"), "ROUND_HALF_UP"))]


@pytest.mark.parametrize(("value", "right"), [("1.25万元", "12500"), ("12500元", "12500"), ("0.3亿", "30000000")])
def test_a_value_that_carries_its_own_unit_keeps_it_and_is_scaled_once(clerk: Clerk, value: str, right: str) -> None:
    clerk.deliver("单位：万元\n" + csv_text([fund(1, 到账金额=value, 发放金额="1")]), "a.csv")
    clerk.receive()
    assert amounts(clerk) == [(Decimal(right), Decimal(10000))]


LINES = {
    "单位：万元": 4, "（单位：万元）": 4, "金额单位：万元": 4, "计量单位：件、万元": 4, "单位:人民币万元": 4,
    "单位：亿元": 8, "执行案款明细表（万元）": 4, "注：本表金额单位均为千元": 3, "以下金额均以万元计": 4,
    "金额以百万元为单位": 6, "单位：元": 0, "填报单位：某某法院": 0, "标的额500万元以上案件案款明细": 0,
    "一千万元以下案款": 0, "2019年12月案款": 0, "单位（万元）": 4, "单位名称：城北法院": 0,
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_unit_above_the_header_holds_for_all_amounts(clerk: Clerk, line: str, name: str) -> None:
    rows = [fund(1, 到账金额="1.25", 发放金额="2")]
    clerk.deliver(xlsx_bytes(rows, [line]) if name == "a.xlsx" else f"{line}\n{csv_text(rows)}", name)
    assert clerk.receive().refused == []
    assert amounts(clerk) == [(Decimal("1.25").scaleb(LINES[line]), Decimal(2).scaleb(LINES[line]))]


def test_a_unit_in_a_cell_beside_its_word_counts(clerk: Clerk) -> None:
    clerk.deliver("填报单位,某某法院,,,,单位：,万元,\n" + csv_text([fund(1, 到账金额="1.25")]), "a.csv")
    clerk.receive()
    assert amounts(clerk)[0][0] == Decimal(12500)


@pytest.mark.parametrize("name", ["案款（万元）.csv", "案款_万元.csv", "12月案款万元.csv", "案款 万元.csv"])
def test_a_unit_in_the_files_name_counts_and_is_told(clerk: Clerk, name: str) -> None:
    clerk.deliver([fund(1, 到账金额="1.25")], name)
    receipt = clerk.receive()
    assert amounts(clerk)[0][0] == Decimal(12500)
    assert "文件名" in receipt.deliveries[0].notices[0].zh


@pytest.mark.parametrize(
    "name", ["funds_w.csv", "funds_10000.csv", "案款(2).csv", "500万元以上案款.csv", "亿元案件.csv"]
)
def test_a_files_name_that_names_no_unit_changes_nothing(clerk: Clerk, name: str) -> None:
    clerk.deliver([fund(1)], name)
    assert clerk.receive().refused == []
    assert amounts(clerk)[0][0] == Decimal("1234.50")


def with_heading(**renamed: str) -> list[Row]:
    return [{renamed.get(heading, heading): cell for heading, cell in fund(1).items()}]


ASKED = {
    "two units in one heading": (csv_text(with_heading(到账金额="到账金额（元/万元）")), "unit_unclear"),
    "another currency": (csv_text(with_heading(到账金额="到账金额（美元）")), "unit_unclear"),
    "another currency above": ("单位：美元\n" + csv_text([fund(1)]), "unit_unclear"),
    "two units above": ("单位：元、万元\n" + csv_text([fund(1)]), "unit_unclear"),
    "title against heading": ("单位：万元\n" + csv_text(with_heading(到账金额="到账金额（元）")), "unit_contradiction"),
    "two titles": ("单位：万元\n金额单位：元\n" + csv_text([fund(1)]), "unit_contradiction"),
    "heading against unit row": (
        csv_text(with_heading(到账金额="到账金额（万元）")).replace("\r\n", "\r\n,,,,元,,,\r\n", 1),
        "unit_contradiction",
    ),
    "a note below the rows": (csv_text([fund(1)]) + "注：金额单位为万元,,,,,,,\r\n", "unit_below"),
    "a ragged note below the rows": (csv_text([fund(1)]) + "单位：万元\r\n", "unit_below"),
    "a unit row far below": (csv_text([fund(1)] + [fund(n) for n in range(2, 9)]) + ",,,,万元,,,\r\n", "unit_below"),
    "the header again in another unit": (
        csv_text([fund(1)]) + csv_text(with_heading(到账金额="到账金额（万元）")), "second_header"
    ),
    "two units in one line": ("单位：元（万元）\n" + csv_text([fund(1)]), "unit_unclear"),
    "a unit cut at a comma": ("Unit: RMB 10,000\n" + csv_text([fund(1)]), "unit_unclear"),
    "a factor": ("unit=1e4\n" + csv_text([fund(1)]), "unit_unclear"),
    "a unit at a heading of no amount": (csv_text(with_heading(案款标识="案款标识（单位：万元）")), "unit_unclear"),
    "a unit at a court": (csv_text(with_heading(法院代码="法院（万元）")), "unit_unclear"),
    "an unreadable mention": ("万元统计的案款\n" + csv_text([fund(1)]), "unit_unclear"),
}  # fmt: skip


SCALED = ("×10000", "*10^4", "10^4元", "RMB'000", "'000", "M", "thousands", "1=1万元", "百倍")


@pytest.mark.parametrize("note", SCALED)
def test_a_scale_in_other_words_is_asked_about(clerk: Clerk, note: str) -> None:
    clerk.deliver(csv_text(with_heading(到账金额=f"到账金额（{note}）")), "a.csv")
    assert [refused.message.code for refused in clerk.receive().refused] == ["unit_unclear"]


@pytest.mark.parametrize(
    ("heading", "right"),
    [("备注（单位：万元）", 4), ("序号（万元）", 4), ("执行费（万元）", 0), ("执行费（单位：万元）", 0),
     ("填报单位（盖章）", 0)],
)  # fmt: skip
def test_a_unit_at_a_heading_that_the_contract_does_not_know(clerk: Clerk, heading: str, right: int) -> None:
    clerk.deliver([fund(1, 到账金额="1.25") | {heading: ""}], "a.csv")
    assert clerk.receive().refused == []
    assert amounts(clerk)[0][0] == Decimal("1.25").scaleb(right)


@pytest.mark.parametrize("case", ASKED)
def test_what_is_ambiguous_or_contradictory_is_asked_about(clerk: Clerk, case: str) -> None:
    content, code = ASKED[case]
    clerk.deliver(content, "a.csv")
    receipt = clerk.receive()
    (refused,) = receipt.refused
    assert refused.message.code == code
    assert not list((clerk.layout.lake / "funds").glob("*/*"))


def test_a_count_is_never_scaled_and_one_in_thousands_is_asked_about(clerk: Clerk) -> None:
    row = {"法院代码": "T14", "活动类型": "罚款", "日期": "2019-12-03", "次数": "3", "人数": "2", "金额": "1.5"}
    headings = {column.name: column.header for column in contract("linkage_activities").columns}
    row = {headings["activity"] if key == "活动类型" else key: value for key, value in row.items()}
    clerk.deliver("单位：件、人、万元\n" + csv_text([row]), "a.csv", kind="linkage_activities")
    assert clerk.receive("linkage_activities").refused == []
    (kept,) = clerk.lake("linkage_activities").to_dicts()
    assert (kept["count"], kept["person_count"], kept["amount"]) == (3, 2, Decimal(15000))
    staff = {"法院代码": "T14", "执行干警数": "12", "在编干警总数": "100"}
    clerk.deliver("单位：万元\n" + csv_text([staff]), "a.csv", kind="staffing")
    assert clerk.receive("staffing").accepted == 1
    clerk.deliver("单位：百人\n" + csv_text([staff]), "b.csv", kind="staffing")
    clerk.deliver(
        csv_text([{"执行干警数（百人）" if k == "执行干警数" else k: v for k, v in staff.items()}]),
        "c.csv",
        kind="staffing",
    )
    assert [refused.message.code for refused in clerk.receive("staffing").refused] == ["unit_unclear"] * 2


@pytest.mark.parametrize("stated", ["title", "heading"])
def test_a_return_of_counts_and_amounts_scales_its_amounts_alone(clerk: Clerk, stated: str) -> None:
    value = "报表数（万元）" if stated == "heading" else "报表数"
    items = {"旧存": "120", "到位金额": "1.25", "结案": "80.0"}
    text = csv_text([{"法院代码": "T14", "报表项目": item, value: cell} for item, cell in items.items()])
    clerk.deliver(("单位：件、万元\n" if stated == "title" else "") + text, "a.csv", kind="returns")
    assert clerk.receive("returns").refused == []
    kept = {row["item_code"]: row["reported_value"] for row in clerk.lake("returns").to_dicts()}
    assert kept == {"旧存": Decimal(120), "到位金额": Decimal(12500), "结案": Decimal(80)}


def test_a_repeated_unit_row_is_no_data(clerk: Clerk) -> None:
    lines = csv_text([fund(1, 到账金额="1"), fund(2, 到账金额="2")]).splitlines()
    unit = ",,,,（万元）,,（元）,"
    clerk.deliver("\n".join([lines[0], unit, lines[1], lines[0], unit, lines[2]]) + "\n", "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data, receipt.rejected) == (2, 3, 0)
    assert amounts(clerk) == [(Decimal(10000), Decimal(1000)), (Decimal(20000), Decimal(1000))]


def test_a_line_that_numbers_the_columns_hides_no_unit_below_it(clerk: Clerk) -> None:
    lines = csv_text([fund(1, 到账金额="1.25")]).splitlines()
    for number, line in enumerate(("1,2,3,4,5,6,7,8", "甲,乙,丙,1,2,3,4,5", "(1),(2),(3),(4),(5),(6),(7),(8)")):
        head, row = lines[0], lines[1].replace("F0001", f"F{number}")
        clerk.deliver("\n".join([head, line, ",,,,万元,,元,", row]) + "\n", f"{number}.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data, receipt.refused) == (3, 6, [])
    assert amounts(clerk) == [(Decimal(12500), Decimal(1000))] * 3


@pytest.mark.parametrize("heading", ["万元控制金额", "万元/控制金额", "（万元）控制金额", "人民币万元控制金额"])
def test_a_unit_before_a_heading_scales_as_one_behind_it(clerk: Clerk, heading: str) -> None:
    row = {"协助标识": "X1", "法院代码": "T14", "渠道": "总对总", "协助单位类型": "银行", "协助事项": "查询"}
    clerk.deliver([row | {"案件标识": "C1", "发出时间": "2019-12-03", heading: "1.25"}], "a.csv", kind="linkage")
    assert clerk.receive("linkage").refused == []
    assert clerk.lake("linkage")["controlled_amount"].to_list() == [Decimal(12500)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_amount_of_every_kind_takes_a_unit_and_nothing_else_does(kind: str) -> None:
    from pipelines.extracts.headers import map_headers

    rules = contract(kind)
    headings = tuple(
        f"{column.header}（万元）" if column.type in ("amount", "number") else column.header for column in rules.columns
    )
    found = map_headers(kind, headings, "a.csv")
    assert found.units == {c.name: "万元" for c in rules.columns if c.type in ("amount", "number")}
    assert found.extra == ()


def test_words_that_only_look_like_units_are_none() -> None:
    assert [in_note(note).unit for note in ("必填", "yyyy-mm-dd", "千分位", "保留两位小数", "大写")] == [None] * 5
    assert in_note("精确到万元").unit == UNCLEAR
    assert in_line("全省亿元案件").unit is None
