"""What is easily passed over, and told or asked about: two cases in one cell, columns nearly named, lines of print.
Numbers of persons, units and struck texts have tests of their own."""

from __future__ import annotations

import json

import pytest

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.headers import map_headers, nearly_known
from pipelines.extracts.masking.places import is_court_name
from pipelines.extracts.second_look import holds_two_numbers
from tests.unit.extracts import books
from tests.unit.extracts.conftest import Clerk, csv_text, fund
from tests.unit.extracts.test_old_formats import rows_of

ONE, OTHER = "（2018）青0105执1号", "（2018）青0105执2号"
TWO = (
    f"{ONE}、{OTHER}",
    f"{ONE}{OTHER}",
    f"{ONE}\n{OTHER}",
    f"{ONE} {OTHER}",
    f"{ONE}和{OTHER}",
    f"{ONE};{OTHER}",
    "(2018)青0105执1号;(2018)青0105执2号",
    "2018青0105执1号,2018青0105执2号",
    "〔2018〕青0105执1号/〔2018〕青0105执2号",
    "（2018）青0105执1、2号",
    "（2018）青0105执1号、2号",
    "（2018）青0105执1至8号",
    "（2018）青0105执1号、执恢2号",
)
A_SINGLE_ONE = (
    ONE,
    f"{ONE}之一",
    "（2018）青0105执字第1号",
    "（2018）青0105执字第1-1号",
    f"{ONE}、",
    f"{ONE}，{ONE}",
    f"{ONE}（原{OTHER}）",
    f"{ONE}（恢复执行）",
    "（2018）青 0105 执 1 号",
    "2018年青0105执1号",
    "无",
    "同原案号",
    f"{ONE}，城北法院",
)


def test_two_cases_in_a_cell_are_told_from_one() -> None:
    assert [text for text in TWO if not holds_two_numbers(text)] == []
    assert [text for text in A_SINGLE_ONE if holds_two_numbers(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_two_cases_in_a_cell_are_asked_about_in_every_column_of_case_numbers(clerk: Clerk, kind: str) -> None:
    """A row's own number is one that does not parse, and labelled as such; of a reference nothing else would tell."""
    columns = [column for column in contract(kind).columns if column.name.endswith("case_number")]
    references = {column.name for column in columns if column.type == "text"}
    for column in columns:
        clerk.deliver([rows_of(kind)[0] | {column.header: TWO[0]}], f"{column.name}.csv", kind=kind)
    clerk.receive(kind)
    said = [(row["column_name"], row["reason_code"]) for row in clerk.rejects(kind)]
    assert {(name, "two_identifiers") for name in references} <= set(said)
    own = [row["case_number_status"] for row in clerk.lake(kind).to_dicts() if "case_number_status" in row]
    assert own == ["unparsed"] * len(own)


def test_a_column_that_is_nearly_named_is_told(clerk: Clerk) -> None:
    listed = next(iter(rows_of("defaulters")))
    left_out = {name: value for name, value in listed.items() if name not in ("宽限期起", "宽限期止")}
    clerk.deliver([left_out | {"宽限期": "2019-12-20至2020-03-20"}], kind="defaulters")
    (notice,) = clerk.receive("defaulters").deliveries[0].notices
    assert notice.code == "columns_not_read"
    assert "“宽限期”" in notice.zh and "宽限期起" in notice.zh and "宽限期起" in notice.en


@pytest.mark.parametrize(
    ("heading", "like"),
    [("发放金额合计数", "发放金额"), ("发放", None), ("发放日其", "发放日期"), ("备注", None), ("经办人", None)],
)
def test_which_headings_are_nearly_known(heading: str, like: str | None) -> None:
    row = {name: value for name, value in fund(1).items() if name != like}
    found = nearly_known(map_headers("funds", (*row, heading), "a.csv"))
    assert [known for _, known in found] == ([like] if like else [])
    assert nearly_known(map_headers("funds", (*fund(1), heading), "a.csv")) == []


def test_of_a_heading_that_nobody_knows_one_letter_is_told(clerk: Clerk) -> None:
    row = {name: value for name, value in fund(1).items() if name != "发放金额"}
    clerk.deliver([row | {"发放金额赵建国": "5"}])
    (notice,) = clerk.receive().deliveries[0].notices
    assert "赵建" not in notice.zh + notice.en


COURTS = (
    "兰州市城关区人民法院",
    "甘肃省兰州市中级人民法院",
    "四川省成都市武侯区人民法院",
    "北京市第三中级人民法院",
    "城关区人民法院",
    "内蒙古自治区高级人民法院",
    "最高人民法院",
    "兰州铁路运输中级法院",
    "新疆生产建设兵团第八师中级人民法院",
    "上海海事法院",
    "临夏回族自治州中级人民法院",
    "永靖县人民法院",
    "广西壮族自治区南宁市青秀区人民法院",
)
NO_COURTS = (
    "赵建国",
    "赵建国法院",
    "赵建国法官",
    "城关区赵建国",
    "兰州市城关区人民法院赵建国",
    "法院",
    "人民法院赵建国",
)


def test_courts_of_other_provinces_are_no_persons(clerk: Clerk) -> None:
    assert [name for name in COURTS if not is_court_name(name)] == []
    assert [name for name in NO_COURTS if is_court_name(name)] == []
    row = rows_of("cross_enforcements")[0]
    rows = [row | {"交叉执行标识": f"J{n}", "承办法院": name} for n, name in enumerate((*COURTS, *NO_COURTS))]
    clerk.deliver(rows, kind="cross_enforcements")
    assert clerk.receive("cross_enforcements").accepted == len(rows)
    kept = clerk.lake("cross_enforcements").sort("_row_number")["to_court_code"].to_list()
    assert kept[: len(COURTS)] == list(COURTS)
    assert [name for name in kept[len(COURTS) :] if "赵建" in name] == []


LINES = ("续表", "续表一", "（续上表）", "接上页", "转下页", "以下空白", "此页无正文")


def test_lines_of_printed_pages_are_no_data(clerk: Clerk) -> None:
    lines = csv_text([fund(1), fund(2)]).splitlines()
    clerk.deliver("\n".join([*lines[:2], *(line for line in LINES), *lines[2:]]))
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected, receipt.no_data) == (2, 0, len(LINES))


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xls", "a.json", "a.jsonl", "a.html"])
def test_unicode_text_as_a_spreadsheet_saves_it_is_read(clerk: Clerk, name: str) -> None:
    rows = [fund(1), fund(2, 到账金额="1,234.50")]
    texts = {
        "json": json.dumps(rows, ensure_ascii=False),
        "jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in rows),
        "html": books.html(books.table(rows)).decode().replace('<meta charset="utf-8">', ""),
        "csv": csv_text(rows),
    }
    tabbed = books.tabbed(books.table(rows)).decode("gb18030")
    clerk.deliver(texts.get(name.rpartition(".")[2], tabbed), name, encoding="utf-16")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.refused) == (2, [])
    assert receipt.deliveries[0].encoding in ("UTF-16", None)
