"""What stands in place of a value: ditto marks, words for none, void records, samples, totals, lost letters.
In every column and format none becomes a key, and honest texts that look alike go on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.extracts import columns
from tests.unit.extracts.conftest import Clerk, Row, case, csv_text, fund

HERE = Path(__file__).parent
TABLES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "placeholders.toml").read_text(encoding="utf-8"))
SOUND: list[str] = TABLES["numbers"].pop("sound")
NUMBERS: dict[str, str] = {text: code for code, texts in TABLES["numbers"].items() for text in texts}
PERSONS, HONEST, OUTSIDE = TABLES["persons"], TABLES["honest"], TABLES["outside"]
NOTHING = (
    "本月无案款,,,,,,,", "本月无案款", "12月份无到账案款,,,,,,,", "本期无,,,,,,,", "2019年12月没有案款,,,,,,,",
    ",本月无案款,,,,,,", "本月无案款,,T14,,,,,", "无案款,,,,,,,", "暂无数据,,,,,,,", "零报告,,,,,,,",
    "本院未发生案款,,,,,,,", "no data,,,,,,,",
)  # fmt: skip


def told(clerk: Clerk, kind: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for each in clerk.rejects(kind):
        found.setdefault(each["row_number"], []).append(each["reason_code"])
    return found


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("heading", ["案款标识", "案件标识"])
def test_what_is_no_identifier_is_rejected_as_what_it_is(clerk: Clerk, heading: str, ending: str) -> None:
    clerk.deliver([fund(number, **{heading: text}) for number, text in enumerate(NUMBERS)], f"a.{ending}")
    assert clerk.receive().accepted == 0
    first = 1 if ending == "json" else 2
    assert told(clerk, "funds") == {row: [code] for row, code in enumerate(NUMBERS.values(), first)}


def test_an_identifier_that_looks_alike_goes_on(clerk: Clerk) -> None:
    clerk.deliver([fund(number, 案件标识=text) for number, text in enumerate(SOUND)])
    assert clerk.receive().accepted == len(SOUND), clerk.rejects()


def test_two_rows_with_a_ditto_mark_would_be_one_record_without_the_wall(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "without_placeholders", lambda rules, raw, odd: (raw, [], []))
    clerk.deliver([fund(1, 案款标识="同上"), fund(2, 案款标识="同上")])
    receipt = clerk.receive()
    assert (receipt.accepted, [each["reason_code"] for each in clerk.rejects()]) == (1, ["duplicate_key"])


def test_a_word_for_none_where_none_need_be_is_none_and_told(clerk: Clerk) -> None:
    words = [word for word, code in NUMBERS.items() if code == "no_identifier"]
    clerk.deliver([case(n, 保全案号=word) for n, word in enumerate(words)], kind="cases")
    assert clerk.receive("cases").accepted == len(words)
    assert set(clerk.lake("cases")["preservation_case_number"]) == {None}
    notes = clerk.conversions("cases")
    assert {(each["conversion"], each["value"]) for each in notes} == {("no_value", "")}


def listing(number: int, **changed: Any) -> Row:
    row = {
        "失信标识": f"S{number}", "案号": f"（2019）青0105执{number}号", "法院代码": "T14", "姓名/名称": "虚拟甲",
        "证件号码": "990001198001010019", "发布日期": "2019-12-03",
    }  # fmt: skip
    return row | changed


def test_a_listing_without_an_identifier_gets_its_stable_one_and_a_ditto_mark_does_not(clerk: Clerk) -> None:
    rows = [listing(1, 失信标识="无"), listing(2, 失信标识="待定"), listing(3, 失信标识="同上"), listing(4)]
    clerk.deliver(rows, kind="defaulters")
    assert clerk.receive("defaulters").accepted == 3
    assert clerk.lake("defaulters")["listing_id"].str.starts_with("derived-").sum() == 2
    assert told(clerk, "defaulters") == {4: ["ditto"]}


def test_a_text_that_is_no_value_of_a_person_or_a_case_is_told(clerk: Clerk) -> None:
    rows = [
        case(n, 首次执行案号="", 证件号码="") | {heading: text} for n, (heading, text) in enumerate(PERSONS.values())
    ]
    clerk.deliver(rows, kind="cases")
    clerk.receive("cases")
    assert set(told(clerk, "cases")) == set(range(2, 2 + len(PERSONS))), clerk.rejects("cases")
    assert {code for codes in told(clerk, "cases").values() for code in codes} == {
        "ditto",
        "damaged_text",
        "marked_void",
    }
    assert not any("虚拟甲" in str(each) or "19800101" in str(each) for each in clerk.rejects("cases"))


def test_a_text_that_looks_alike_is_taken(clerk: Clerk) -> None:
    rows = [
        case(n, 首次执行案号="", 证件号码="") | {heading: text} for n, (heading, text) in enumerate(HONEST.values())
    ]
    clerk.deliver(rows, kind="cases")
    receipt = clerk.receive("cases")
    assert (receipt.accepted, receipt.no_data) == (len(HONEST), 0), clerk.rejects("cases")


@pytest.mark.parametrize("word", ["无", "不详", "未知", "待查", "N/A", "空", "姓名不详"])
def test_a_word_for_no_name_is_none_and_told(clerk: Clerk, word: str) -> None:
    clerk.deliver(
        [case(1, 被执行人=word, 证件号码="", 承办人=""), case(2, 被执行人="", 证件号码="", 承办人="")], kind="cases"
    )
    assert clerk.receive("cases").accepted == 2
    assert clerk.lake("cases")["person_hash"].to_list() == [None, None]
    assert [(each["text"], each["conversion"]) for each in clerk.conversions("cases")] == [(word, "no_value")]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_total_or_a_sample_is_none_of_the_rows_in_whatever_column_it_says_so(clerk: Clerk, ending: str) -> None:
    rows = [{"序号": str(n), "备注": "", **case(n), "保全案号": ""} for n in range(2 * len(OUTSIDE))]
    for row, (heading, text) in zip(rows[::2], OUTSIDE.values(), strict=True):
        row[heading] = text
    clerk.deliver(rows, f"a.{ending}", kind="cases")
    receipt = clerk.receive("cases")
    assert clerk.lake("cases")["_row_number"].to_list() == list(range(3, 2 * len(OUTSIDE) + 2, 2))
    assert (receipt.rejected, receipt.no_data) == (0, len(OUTSIDE))
    (notice,) = receipt.deliveries[0].notices
    assert "第 2 行（合计）" in notice.zh


@pytest.mark.parametrize("remark", ["作废", "已作废", "此行作废", "误录", "重复录入"])
def test_a_remark_that_a_row_is_void_is_asked_about(clerk: Clerk, remark: str) -> None:
    rows = [{**fund(n), "备注": ""} for n in (1, 2, 3)]
    rows[1]["备注"] = remark
    clerk.deliver(rows)
    assert clerk.receive().accepted == 2
    (rejected,) = clerk.rejects()
    assert (rejected["row_number"], rejected["reason_code"]) == (3, "row_void")
    assert "“备注”" in rejected["reason_zh"]


@pytest.mark.parametrize(
    "remark", ["作废旧物资处理", "重复保险", "合计两套房", "小计量", "已撤销", "注销", "例行", "累计"]
)
def test_a_remark_that_looks_alike_costs_no_row(clerk: Clerk, remark: str) -> None:
    clerk.deliver([{**fund(n), "备注": remark if n == 2 else ""} for n in (1, 2, 3)])
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data) == (3, 0)


@pytest.mark.parametrize("line", NOTHING)
@pytest.mark.parametrize("rows", [0, 2])
def test_a_line_that_there_was_nothing_is_a_statement(clerk: Clerk, line: str, rows: int) -> None:
    text = csv_text([fund(n) for n in range(max(1, rows))])
    clerk.deliver((text if rows else text.splitlines()[0] + "\r\n") + line + "\r\n")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected, receipt.no_data, receipt.refused) == (rows, 0, 1, [])
    assert "本月无" in receipt.deliveries[0].notices[0].zh
