"""Files refused as a whole: each with its message in both languages, no lake file, and no harm to the other files.
Rejected rows have their own tests."""

from __future__ import annotations

import io
import json
import random
import zipfile

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.extracts.landing import deliveries_landed, misplaced, months_landed
from pipelines.extracts.messages import catalogue
from pipelines.extracts.reading import Limits
from tests.unit.extracts.conftest import Clerk, case, csv_text, file_bytes, fund, xlsx_bytes

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [fund(1), fund(2)]
TEXT = csv_text(ROWS)
OPEN_QUOTE = 'F3,C3,T14,2019-12-03,1,,,"否\r\nx'


def zipped(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


WITHOUT_AMOUNT = [{heading: value for heading, value in fund(1).items() if heading != "到账金额"}]
REFUSED = {
    "an empty file": ("a.csv", b"", "empty_file", "空"),
    "a file of blank lines": ("a.csv", b"\n\n\n", "empty_file", "空"),
    "an empty workbook": ("a.xlsx", xlsx_bytes([{"": ""}]), "empty_file", "空"),
    "an empty list": ("a.json", b"[]", "no_rows", "没有数据行"),
    "an ending that is not accepted": ("a.docx", b"x", "unknown_ending", "docx"),
    "no ending": ("案款", b"x", "unknown_ending", "不能接收"),
    "an old workbook of nothing": ("a.xls", OLE2, "unreadable", "无法读取"),
    "an old workbook renamed": ("a.xlsx", OLE2 + b"\0" * 600, "unreadable", "无法读取"),
    "an encrypted workbook": ("a.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "encrypted", "加密"),
    "a workbook named csv": ("a.csv", xlsx_bytes(ROWS), "not_as_named", "Excel"),
    "a web page named csv": ("a.csv", b"<html><table></table></html>", "not_as_named", "HTML"),
    "a csv named xlsx": ("a.xlsx", TEXT.encode(), "not_as_named", "text"),
    "a zip named xlsx": ("a.xlsx", zipped(a="x"), "not_as_named", "ZIP"),
    "a workbook of Excel 2": ("a.xls", bytes.fromhex("0900040002001000") + bytes(400), "too_old", "4.0"),
    "a workbook of Excel 3": ("a.xls", bytes.fromhex("0902060000001000") + bytes(400), "too_old", "4.0"),
    "a workbook of Excel 4, named csv": ("a.csv", bytes.fromhex("0904060000001000") + bytes(400), "too_old", "4.0"),
    "a csv named json": ("a.json", TEXT.encode(), "not_as_named", "text"),
    "a csv named parquet": ("a.parquet", TEXT.encode(), "not_as_named", "text"),
    "json in a jsonl file": ("a.jsonl", file_bytes(ROWS, "json"), "not_as_named", "JSON"),
    "json that is no list": ("a.json", b'{"status": 1}', "not_as_named", "不是记录列表"),
    "a workbook cut short": ("a.xlsx", xlsx_bytes(ROWS)[:-200], "truncated", "不完整"),
    "a parquet file cut short": ("a.parquet", file_bytes(ROWS, "parquet")[:-40], "truncated", "不完整"),
    "json cut short": ("a.json", file_bytes(ROWS, "json")[:-40], "truncated", "不完整"),
    "jsonl cut short": ("a.jsonl", file_bytes(ROWS, "jsonl")[:-40], "truncated", "第 2 行"),
    "a csv cut short in a row": ("a.csv", TEXT[:-30].encode(), "truncated", "第 3 行"),
    "json with an error inside": ("a.json", b'[{"a": 1,, "b": 2}]', "unreadable", "无法读取"),
    "a quote never closed": ("a.csv", TEXT.replace("F0001", '"F0001').encode(), "unclosed_quote", "第 2 行"),
    "a quote never closed at the end": ("a.csv", (TEXT + OPEN_QUOTE).encode(), "unclosed_quote", "第 4 行"),
    "utf-16 without a mark": ("a.csv", TEXT.encode("utf-16-le"), "utf16", "UTF-16"),
    "nul bytes": ("a.csv", TEXT.encode() + b"\0", "nul_bytes", "空字节"),
    "big5": ("a.csv", "案款標識,案件標識,法院代碼,到帳日期,到帳金額\n甲,乙,丙,丁,戊\n".encode("big5"), None, ""),
    "a required column missing": ("a.csv", WITHOUT_AMOUNT, "missing_columns", "到账金额（received_amount）"),
    "two columns of one meaning": ("a.csv", [fund(1, N_AJBS="C1")], "duplicate_columns", "案件标识、N_AJBS"),
    "the same heading twice": ("a.csv", b"fund_id,fund_id\n1,2\n", "duplicate_columns", "fund_id、fund_id"),
    "data on two sheets": ("a.xlsx", xlsx_bytes(ROWS, sheets=2), "several_sheets", "Sheet1、Sheet2"),
    "nested parquet": ("a.parquet", b"", "unreadable", "嵌套列"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_a_bad_file_is_refused_with_a_message_and_the_others_go_in(clerk: Clerk, fault: str) -> None:
    name, content, code, words = REFUSED[fault]
    path = clerk.deliver(content, name)
    if fault == "nested parquet":
        pl.DataFrame([fund(1) | {"案款标识": ["F1"]}]).write_parquet(path)
    clerk.deliver(ROWS, "好.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.files) == (2, 2)
    (refused,) = receipt.refused
    message = refused.message
    assert code in (None, message.code)
    assert words in message.zh
    assert name in message.zh
    assert name in message.en
    assert message.remedy_zh
    assert message.remedy_en
    assert len(list((clerk.layout.lake / "funds").glob("*/*"))) == 1
    assert not list(clerk.layout.rejects.glob("funds/*/*"))
    row = next(row for row in clerk.ledger("deliveries") if row["status"] == "refused")
    assert (row["refusal_code"], row["row_count"], row["message_zh"]) == (message.code, 0, message.zh)


HEADER_ONLY = {
    "a.csv": lambda row: csv_text([row]).splitlines()[0].encode(),
    "a.xlsx": lambda row: xlsx_bytes([dict.fromkeys(row, "")]),
}


@pytest.mark.parametrize("name", HEADER_ONLY)
def test_a_header_alone_says_that_there_was_nothing_to_report(clerk: Clerk, name: str) -> None:
    clerk.deliver(HEADER_ONLY[name](fund(1)), name)
    receipt = clerk.receive()
    assert (receipt.refused, receipt.rows) == ([], 0)
    (row,) = clerk.ledger("deliveries")
    assert (row["status"], row["row_count"]) == ("accepted", 0)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_header_of_cases_alone_is_the_answer_of_the_court_that_it_is_named_after(clerk: Clerk, ending: str) -> None:
    clerk.deliver(HEADER_ONLY[f"a.{ending}"](case(1)), f"西宁市城北区人民法院.{ending}", kind="cases")
    assert clerk.receive("cases").refused == []
    (answer,) = clerk.ledger("delivery_courts")
    assert (answer["court_code"], answer["accepted_count"], answer["is_in_force"]) == ("T14", 0, False)
    assert clerk.ledger("delivery_gaps") == []


def test_a_header_of_cases_alone_that_no_court_can_be_told_from_answers_for_nobody(clerk: Clerk) -> None:
    clerk.deliver(HEADER_ONLY["a.csv"](case(1)), "a.csv", kind="cases")
    clerk.receive("cases")
    (gap,) = clerk.ledger("delivery_gaps")
    assert (gap["court_code"], gap["reason"], gap["said_code"]) == (None, "unassigned", "nobody_answers")
    assert clerk.ledger("delivery_courts") == []


def test_a_header_alone_without_a_required_column_is_refused(clerk: Clerk) -> None:
    clerk.deliver(csv_text(WITHOUT_AMOUNT).splitlines()[0].encode(), "a.csv")
    (refused,) = clerk.receive().refused
    assert refused.message.code == "missing_columns"


def test_a_file_over_its_limit_is_refused_before_it_is_read(clerk: Clerk) -> None:
    clerk.deliver(ROWS, "a.csv")
    (refused,) = clerk.receive(limits=Limits(csv=100)).refused
    assert refused.message.code == "too_large"


def test_a_workbook_that_unpacks_to_too_much_is_refused(clerk: Clerk) -> None:
    clerk.deliver(xlsx_bytes(ROWS), "a.xlsx")
    (refused,) = clerk.receive(limits=Limits(xlsx_unzipped=1000)).refused
    assert refused.message.code == "too_large"


def test_a_note_on_a_second_sheet_does_no_harm(clerk: Clerk) -> None:
    import xlsxwriter

    path = clerk.deliver(b"", "a.xlsx")
    with xlsxwriter.Workbook(path) as book:
        note, sheet = book.add_worksheet("说明"), book.add_worksheet("数据")
        note.write(0, 0, "填表说明：金额以元为单位")
        for line, row in enumerate([list(fund(1)), list(fund(1).values())]):
            sheet.write_row(line, 0, row)
    assert clerk.receive().accepted == 1


def test_a_court_column_may_be_absent_where_the_case_number_tells_it(clerk: Clerk) -> None:
    rows = [{"信访标识": "P1", "案号": "（2019）青0105执1号", "交办日期": "2019-12-01"}]
    clerk.deliver(rows, "a.csv", kind="petitions")
    assert clerk.receive("petitions").accepted == 1
    (row,) = clerk.lake("petitions").to_dicts()
    assert (row["court_code"], row["_court_source"]) == ("T14", "case_number")
    clerk.deliver([{"执行干警数": "5", "在编干警总数": "20"}], "a.csv", kind="staffing")
    (refused,) = clerk.receive("staffing").refused
    assert refused.message.code == "missing_columns"
    assert "法院代码（court_code）" in refused.message.zh


def test_what_nobody_means_to_deliver_is_ignored(clerk: Clerk) -> None:
    clerk.deliver(ROWS, "a.csv")
    for name in (
        "~$a.xlsx",
        ".a.csv.swp",
        ".hidden",
        "b.csv.part",
        "c.xlsx.crdownload",
        "Thumbs.db",
        "desktop.ini",
        "d.tmp",
    ):
        clerk.deliver(b"x", name)
    assert [landed.path.name for landed in deliveries_landed(clerk.layout)] == ["a.csv"]
    assert clerk.receive().refused == []


def test_what_lies_in_the_wrong_place_is_named(clerk: Clerk) -> None:
    clerk.deliver(ROWS, "a.csv")
    clerk.deliver(ROWS, "a.csv", kind="fund")
    clerk.deliver(ROWS, "a.csv", month="2019-13")
    clerk.deliver(ROWS, "a.csv", kind="funds/旧")
    (clerk.layout.landing / "b.csv").write_text(TEXT)
    (clerk.layout.landing / "2019-12" / "c.csv").write_text(TEXT)
    found = {
        item.path.relative_to(clerk.layout.landing).as_posix(): item.message.code for item in misplaced(clerk.layout)
    }
    assert found == {
        "2019-12/c.csv": "misplaced", "2019-12/fund": "unknown_kind", "2019-12/funds/旧": "misplaced",
        "2019-13": "malformed_month", "b.csv": "misplaced",
    }  # fmt: skip
    assert months_landed(clerk.layout) == ["2019-12"]
    assert len(deliveries_landed(clerk.layout)) == 1


def test_a_malformed_month_or_unknown_kind_asked_for_is_an_error(clerk: Clerk) -> None:
    with pytest.raises(ValueError, match="2019-13"):
        clerk.receive(month="2019-13")
    with pytest.raises(KeyError, match="fund"):
        clerk.receive("fund")


def test_every_message_has_both_languages_and_a_remedy() -> None:
    for section in catalogue().values():
        for code, fields in section.items():
            assert set(fields) == {"zh", "en", "remedy_zh", "remedy_en"}, code
            assert all(fields.values()), code


def test_parquet_text_that_is_not_utf_8_is_refused(clerk: Clerk) -> None:
    values = fund(1) | {"案款标识": "案"}
    columns = {heading: pa.array([value.encode("gb18030")]).view(pa.string()) for heading, value in values.items()}
    pq.write_table(pa.table(columns), clerk.deliver(b"", "a.parquet"))
    (refused,) = clerk.receive().refused
    assert refused.message.code == "unreadable"


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with some bytes changed, added, lost, or its end cut off."""
    found = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 30])):
        place = chance.randrange(len(found) or 1)
        match chance.randrange(4):
            case 0 if found:
                found[place] = chance.randrange(256)
            case 1:
                found[place:place] = chance.randbytes(4)
            case 2:
                del found[place : place + chance.randrange(20)]
            case 3 if chance.random() < 0.2:
                del found[place:]
    return bytes(found)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl", "parquet"])
def test_no_damage_to_a_file_brings_receiving_down(clerk: Clerk, ending: str) -> None:
    chance = random.Random(f"2019-12 {ending}")
    sound = file_bytes([case(number) for number in range(9)], ending)
    for number in range(40):
        clerk.deliver(damaged(sound, chance), f"{number}.{ending}", kind="cases")
    receipt = clerk.receive("cases")
    assert receipt.files == 40
    assert receipt.refused
    assert receipt.accepted == clerk.lake("cases").height


def test_a_refused_file_put_right_goes_in(clerk: Clerk) -> None:
    clerk.deliver(b"", "a.json", at=100)
    assert len(clerk.receive().refused) == 1
    clerk.deliver(json.dumps(ROWS), "a.json", at=200)
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.refused) == (2, [])


@pytest.mark.parametrize(
    ("above", "heading"),
    [("案款明细表（万元）", "到账金额"), ("2019年12月案款情况统计表（单位：万元）", "到账金额"),
     ("备注：金额以万元计", "到账金额"),
     ("", "到账金额（万元）"), ("单位：万元", "备注（单位：元）")],
)  # fmt: skip
def test_words_of_the_contract_and_of_units_are_quoted_as_they_stand(clerk: Clerk, above: str, heading: str) -> None:
    row = {heading if name == "到账金额" and "金额" in heading else name: value for name, value in fund(1).items()}
    clerk.deliver(f"{above}\n" + csv_text([row | ({heading: ""} if "备注" in heading else {})]), "a.csv")
    receipt = clerk.receive()
    said = [each.zh for each in (*(r.message for r in receipt.refused), *receipt.deliveries[0].notices)]
    assert said and not [text for text in said if "**" in text]


def test_other_words_around_a_table_are_not_quoted(clerk: Clerk) -> None:
    clerk.deliver("张三丰制表（万元）\n" + csv_text([fund(1)]), "a.csv")
    said = "".join(notice.zh for notice in clerk.receive().deliveries[0].notices)
    assert "张**" in said and "三丰" not in said
