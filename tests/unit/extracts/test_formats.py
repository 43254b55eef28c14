"""Formats: the same rows delivered in any format and encoding become the same rows in the lake.
Headings in any order and spelling belong here too; what is wrong with rows or files does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.loading import ensure_schemas, lake_schema
from tests.unit.extracts.conftest import MONTH, Clerk, Row, case, clerk_at, csv_text, fund, xlsx_bytes

ROWS = [
    case(1, 被执行人="䶮小龙"),
    case(2, 被执行人="𠮷田㛃", 案由="买卖合同纠纷"),
    case(3, 结案日期="2019-12-05", 结案方式="终本"),
]
DELIVERED = [
    ("a.csv", "utf-8"), ("a.csv", "utf-8-sig"), ("a.csv", "gb18030"), ("a.xlsx", ""), ("a.json", "utf-8"),
    ("a.json", "gb18030"), ("a.jsonl", "utf-8"), ("a.jsonl", "utf-8-sig"), ("a.parquet", ""),
]  # fmt: skip


def lake_rows(clerk: Clerk, kind: str = "cases") -> list[Row]:
    frame = clerk.lake(kind).sort("_row_number")
    return frame.drop("_delivery_id", "_row_number").to_dicts()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], Path]:
    root = tmp_path_factory.mktemp("reference")
    clerk = clerk_at(root)
    clerk.deliver(ROWS, "a.csv", kind="cases")
    clerk.receive("cases")
    return lake_rows(clerk), clerk.layout.key_file


@pytest.mark.parametrize(("name", "encoding"), DELIVERED)
def test_every_format_and_encoding_gives_identical_rows(
    clerk: Clerk, reference: tuple[list[Row], Path], name: str, encoding: str
) -> None:
    rows, key_file = reference
    clerk.layout.key_file.parent.mkdir()
    clerk.layout.key_file.write_bytes(key_file.read_bytes())
    clerk.deliver(ROWS, name, kind="cases", encoding=encoding or "utf-8")
    receipt = clerk.receive("cases")
    assert (receipt.accepted, receipt.refused) == (3, [])
    assert lake_rows(clerk) == rows
    assert rows[1]["respondent_name_masked"] == "𠮷**"


def test_a_spreadsheets_own_dates_and_numbers_are_read(clerk: Clerk) -> None:
    rows = [
        fund(
            1,
            到账日期=date(2019, 12, 3),
            到账金额=1234.5,
            发放日期=datetime.fromisoformat("2019-12-20T08:30"),
            发放金额=0.1 + 0.2,
        ),
        fund(2, 案款标识=20190001, 到账日期=43802, 到账金额=5000, 延缓发放审批=1),
    ]
    clerk.deliver(xlsx_bytes(rows), "a.xlsx")
    assert clerk.receive().accepted == 2
    first, second = lake_rows(clerk, "funds")
    assert (first["received_date"], first["paid_date"]) == (date(2019, 12, 3), date(2019, 12, 20))
    assert (first["received_amount"], first["paid_amount"]) == (Decimal("1234.50"), Decimal("0.30"))
    assert (second["fund_id"], second["received_date"], second["deferral_approved"]) == (
        "20190001",
        date(2019, 12, 3),
        True,
    )


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_a_long_identifier_kept_as_a_number_has_lost_its_end(clerk: Clerk, name: str) -> None:
    clerk.deliver([fund(1, 案款标识=2.0191203e18), fund(2, 案款标识=123456789012345.0)], name)
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (1, 1)
    assert clerk.lake()["fund_id"].to_list() == ["123456789012345"]
    assert clerk.rejects()[0]["reason_code"] == "scientific_notation"


def test_parquet_types_need_no_text(clerk: Clerk) -> None:
    frame = pl.DataFrame([fund(1)]).with_columns(
        pl.lit(date(2019, 12, 3)).alias("到账日期"), pl.lit(1234.5).alias("到账金额"),
        pl.lit(value=True).alias("延缓发放审批"),
        pl.lit(datetime.fromisoformat("2019-12-19T16:00")).dt.replace_time_zone("UTC").alias("发放日期"),
        pl.lit(7).alias("发放金额"),
    )  # fmt: skip
    path = clerk.deliver(b"", "a.parquet")
    frame.write_parquet(path)
    assert clerk.receive().accepted == 1
    (row,) = lake_rows(clerk, "funds")
    assert (row["received_date"], row["paid_date"]) == (date(2019, 12, 3), date(2019, 12, 20))
    assert (row["received_amount"], row["paid_amount"], row["deferral_approved"]) == (
        Decimal("1234.50"),
        Decimal(7),
        True,
    )


PUBLIC_LIST = {
    "id": 123456789, "iname": "张三", "caseCode": "(2014)青0105执00123号", "age": 40, "sexy": "男",
    "cardNum": "6301051980****1234",
    "courtName": "西宁市城北区人民法院", "areaName": "青海", "partyTypeName": "580",
    "gistId": "（2014）城北民初字第1号",
    "regDate": {"date": 3, "day": 1, "hours": 0, "month": 10, "time": 1414944000000,
                "timezoneOffset": -480, "year": 114},
    "disruptTypeName": "违反财产报告制度", "publishDate": "2014年11月17日",
}  # fmt: skip


@pytest.mark.parametrize(
    "published",
    [
        "2014年11月17日",
        1416153600000,
        {"year": 114, "month": 10, "date": 17},
        {"year": 114, "month": 10, "date": 17, "time": 1416153600000, "timezoneOffset": -480},
    ],
)
@pytest.mark.parametrize(
    "envelope", [lambda r: r, lambda r: {"data": r}, lambda r: {"data": [{"result": r}], "status": "0"}]
)
def test_the_public_defaulter_list_is_taken_as_it_is(
    clerk: Clerk, published: object, envelope: Callable[[Any], object]
) -> None:
    document = envelope([PUBLIC_LIST | {"publishDate": published}])
    clerk.deliver(json.dumps(document, ensure_ascii=False), "shixin.json", kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.accepted, receipt.refused) == (1, [])
    (row,) = lake_rows(clerk, "defaulters")
    assert (row["listing_id"], row["court_code"], row["_court_source"]) == ("123456789", "T14", "name")
    assert (row["published_date"], row["party_kind"], row["person_name_masked"]) == (
        date(2014, 11, 17),
        "自然人",
        "张**",
    )
    assert receipt.deliveries[0].extra_column_count > 0


def test_a_full_identity_number_meets_its_masked_form(clerk: Clerk) -> None:
    clerk.deliver(json.dumps([PUBLIC_LIST]), "shixin.json", kind="defaulters")
    clerk.deliver(
        [case(1, 证件号码="630105198001011234"), case(2, 证件号码="630105198001015678")], "a.csv", kind="cases"
    )
    clerk.receive("defaulters")
    clerk.receive("cases")
    (listed,) = clerk.lake("defaulters")["person_hash"]
    one, other = clerk.lake("cases").sort("_row_number")["person_hash"]
    assert len(listed) == 64
    assert one != other
    clerk.deliver([case(3, 证件号码="6301051980xxxx1234".replace("xxxx", "****"))], "b.csv", kind="cases")
    clerk.receive("cases")
    assert listed in clerk.lake("cases")["person_hash"].to_list()
    assert one in clerk.lake("cases").filter(pl.col("case_id") == "C0003")["person_hash"].to_list()


HEADINGS = {
    "english names": ("fund_id", "case_id", "court_code", "received_date", "received_amount"),
    "aliases": ("案款标识", "N_AJBS", "执行法院", "到账日期", "到账金额"),
    "spaced, marked and full-width": (
        "案 款 标 识*",
        " 案件标识 ",
        "法院代码（必填）",
        "到账日期[yyyy-mm-dd]",
        "到账金额（元）",
    ),
    "full-width letters": ("ｆｕｎｄ＿ｉｄ", "ＣＡＳＥ＿ＩＤ", "法院", "到账日期：", "“到账金额”"),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_are_known_in_every_spelling_and_order(clerk: Clerk, name: str) -> None:
    cells = dict(zip(HEADINGS[name], ("F1", "C1", "T14", "2019-12-03", "12.50"), strict=True))
    clerk.deliver([dict(reversed(cells.items()))], "a.csv")
    assert clerk.receive().refused == []
    (row,) = lake_rows(clerk, "funds")
    assert (row["fund_id"], row["case_id"], row["court_code"], row["received_amount"]) == (
        "F1",
        "C1",
        "T14",
        Decimal("12.50"),
    )


def test_a_unit_in_a_heading_counts(clerk: Clerk) -> None:
    row = fund(1)
    row["到账金额（万元）"] = row.pop("到账金额").replace("1234.50", "1.25")
    clerk.deliver([row], "a.csv")
    clerk.receive()
    assert lake_rows(clerk, "funds")[0]["received_amount"] == Decimal("12500.00")


def test_unknown_columns_are_reported_and_kept_out_of_the_lake(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 备注="x", 经手人="王五")], "a.csv")
    clerk.receive()
    assert clerk.ledger("deliveries")[0]["extra_column_count"] == 2
    assert "王五" not in str(lake_rows(clerk, "funds"))


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_title_above_the_header_is_passed_over_and_rows_keep_their_numbers(clerk: Clerk, name: str) -> None:
    rows, above = [fund(1), fund(2, 到账日期="无此日")], ["案款明细表（2019年12月）", "单位：元"]
    clerk.deliver(xlsx_bytes(rows, above) if name == "a.xlsx" else "\r\n".join(above) + "\r\n" + csv_text(rows), name)
    assert clerk.receive().accepted == 1
    assert clerk.lake()["_row_number"].to_list() == [4]
    assert [row["row_number"] for row in clerk.rejects()] == [5]


@pytest.mark.parametrize(
    ("name", "first"), [("a.csv", 2), ("a.xlsx", 2), ("a.json", 1), ("a.jsonl", 1), ("a.parquet", 1)]
)
def test_rows_are_counted_as_a_clerk_counts_them(clerk: Clerk, name: str, first: int) -> None:
    clerk.deliver([fund(1), fund(2), fund(3)], name)
    clerk.receive()
    assert clerk.lake()["_row_number"].to_list() == [first, first + 1, first + 2]


def test_full_width_values_blanks_and_line_breaks_are_tidied(clerk: Clerk) -> None:
    clerk.deliver(
        [case(1, 案由="　买卖\n合同（Ａ１） |", 案号=" ( 2019 ) 青 0105 执 1 号 ", 立案日期="２０１９年３月５日")],
        "a.csv",
        kind="cases",
    )
    clerk.receive("cases")
    (row,) = lake_rows(clerk)
    assert (row["cause"], row["filed_date"]) == ("买卖合同(A1)", date(2019, 3, 5))
    assert (row["case_number"], row["case_number_raw"]) == ("（2019）青0105执1号", "( 2019 ) 青 0105 执 1 号")


def test_blank_rows_are_no_rows(clerk: Clerk) -> None:
    lines = csv_text([fund(1), fund(2)]).splitlines()
    clerk.deliver("\n".join([*lines[:2], "", ",,,,,,,", lines[2], "", ""]), "a.csv")
    assert clerk.receive().rows == 2
    assert clerk.lake()["_row_number"].to_list() == [2, 5]


def test_a_large_file_is_read_in_blocks_with_exact_row_numbers(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.extracts.reading.delimited.BLOCK", 4096)
    rows = [fund(number) for number in range(2000)]
    lines = csv_text(rows).splitlines()
    for row in (7, 8, 1000, 1999):
        lines[row - 1] = "缺列"
    lines[5 - 1] = lines[1500 - 1] = lines[3 - 1]
    clerk.deliver("\n".join(lines) + "\n", "a.csv")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.accepted, receipt.rejected) == (2000, 1994, 6)
    lake = clerk.lake()
    assert [f"F{row - 2:04d}" for row in lake["_row_number"]] == lake["fund_id"].to_list()
    repeated = [row for row in clerk.rejects() if row["reason_code"] == "duplicate_key"]
    assert [row["row_number"] for row in clerk.rejects()] == [5, 7, 8, 1000, 1500, 1999]
    assert ["第 3 行是同一条" in row["reason_zh"] for row in repeated] == [True, True]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_empty_schema_file(clerk: Clerk, kind: str) -> None:
    ensure_schemas(clerk.layout)
    frame = pl.read_parquet(clerk.layout.lake / kind / "_schema.parquet")
    assert frame.height == 0
    assert frame.columns == lake_schema(kind).names
    personal = {column.name for column in contract(kind).columns if column.personal}
    assert not personal & set(frame.columns)


def test_lake_files_have_the_published_schema(clerk: Clerk) -> None:
    clerk.deliver(ROWS, "a.csv", kind="cases", month=MONTH)
    clerk.receive("cases")
    (path,) = (clerk.layout.lake / "cases").glob("extract_month=2019-12/*.parquet")
    assert pl.read_parquet_schema(path) == pl.DataFrame(lake_schema("cases").empty_table()).schema
