"""Files with persons in every kind of place where nobody expects them, in every format.
What must come of them is claimed by the tests that deliver them; only synthetic names and numbers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.unit.extracts.conftest import Row, case, csv_text, file_bytes, fund

NAMES = ("张甲", "李乙丙", "王丙", "扎西多杰", "买买提·吐尔逊", "Zhang San")
NUMBER, SHORT, WIDE = "630102198001011234", "630102800101123", "６３０１０２１９８００１０１１２３４"
SPACED, CHINESE = "6301 0219 8001 0112 34", "六三〇一〇二一九八〇〇一〇一一二三四"
NUMBERS = (NUMBER, "630102198001011", SHORT, WIDE, SPACED, CHINESE, "63010219800101123X", "6301021980")
SECRETS = (*NAMES, *NUMBERS)
PERSON = {"被执行人": "张甲", "证件号码": NUMBER, "承办人": "李乙丙"}
ENDINGS = ("csv", "xlsx", "json", "jsonl", "parquet")

# Accepted, rejected or held: rows of cases in which a person stands in a wrong place.
ROWS: dict[str, Row] = {
    "a cause with its own parties": case(1, **PERSON, 案由="李乙丙诉张甲买卖合同纠纷"),
    "a cause with strangers": case(2, **PERSON, 案由="王丙与李乙丙民间借贷纠纷"),
    "a cause with a number": case(3, **PERSON, 案由=f"买卖合同纠纷（{NUMBER}）"),
    "a cause that is a name": case(4, **PERSON, 案由="王丙"),
    "a case number with a name": case(5, **PERSON, 案号="（2019）青0105执5号 王丙"),
    "a case number with its party in it": case(6, **PERSON, 案号="（2019）青0105张甲执6号"),
    "a case number that is a number": case(7, **PERSON, 案号=NUMBER),
    "an identifier that is a number": case(8, **PERSON, 案件标识=NUMBER),
    "an identifier with a name": case(9, **PERSON, 案件标识="王丙009"),
    "a number in blocks": case(10, **PERSON, 案由=f"借款 {SPACED}"),
    "a number of fifteen digits": case(11, **PERSON, 案由=f"借款{SHORT}"),
    "a number in full width": case(12, **PERSON, 案由=f"借款{WIDE}"),
    "a number in words": case(13, **PERSON, 案由=CHINESE),
    "a number that ends in x": case(14, **PERSON, 案由="63010219800101123X"),
    "an earlier number that is a name": case(15, **PERSON, 首次执行案号="王丙"),
    "several persons": case(16, 被执行人="张甲、王丙等3人", 证件号码="", 承办人="李乙丙（已故）"),
    "a firm that begins as a person": case(17, 被执行人="王丙水果经营部", 证件号码=NUMBER, 承办人="买买提·吐尔逊"),
    "a name in Latin letters": case(18, 被执行人="Zhang San", 证件号码=NUMBER, 承办人="扎西多杰"),
    "a number where a name is due": case(19, 被执行人=NUMBER, 证件号码="张甲", 承办人="李乙丙"),
    "a name for a date": case(20, **PERSON, 立案日期="王丙"),
    "a name in Latin letters for an amount": case(21, **PERSON, 申请执行标的金额="Zhang San"),
    "a number for an amount": case(22, **PERSON, 申请执行标的金额=NUMBER),
    "a name for a mode": case(23, **PERSON, 结案日期="2019-12-01", 结案方式="王丙"),
    "a name for a court": case(24, **PERSON, 法院代码="王丙", 案号="见附件"),
    "two courts, one a name": case(25, **PERSON, 法院代码="王丙", 案号="（2019）桂0202执1号"),
    "the same record again": case(9, **PERSON, 案件标识="王丙009"),
    "a record of a number again": case(8, **PERSON, 案件标识=NUMBER),
    "a cause with a line break and a name": case(26, **PERSON, 案由="借款\n张甲　纠纷"),
}


def _shifted(row: Row) -> Row:
    """The values one column to the left: what Excel makes of a deleted cell."""
    values = list(row.values())
    return dict(zip(row, [*values[1:], ""], strict=True))


def files(dated: Callable[[Row], Row] = dict) -> Iterator[tuple[str, str, bytes]]:
    """Kind, name and content of every file; `dated` moves a row to another month."""

    def case_of(number: int) -> Row:
        return dated(case(number, **PERSON))

    def fund_of(number: int) -> Row:
        return dated(fund(number))

    rows = [*map(dated, ROWS.values()), _shifted(case_of(30))]
    columns = dict.fromkeys(heading for row in rows for heading in row)
    even = [{heading: str(row.get(heading) or "") for heading in columns} | {"联系人王丙": "扎西多杰"} for row in rows]
    for ending in ENDINGS:
        yield "cases", f"各处_{ending}.{ending}", file_bytes(even, ending)
        yield "cases", f"张甲{NUMBER}_{ending}.{ending}", file_bytes([case_of(40)], ending)
        yield "cases", f"缺列_{ending}.{ending}", file_bytes([{"案件标识": "C1", "张甲": "1", NUMBER: "2"}], ending)
        twice = fund_of(1) | {f"到账金额（{NUMBER}王丙）": "1"}
        yield "funds", f"重复_{ending}.{ending}", file_bytes([twice], ending)
    yield "cases", "无表头.csv", csv_text([case_of(n) for n in range(50, 58)]).split("\r\n", 1)[1].encode()
    yield (
        "funds",
        "说明.csv",
        (csv_text([fund_of(1)]) + f"制表人：张甲，{NUMBER}\r\n张甲,李乙丙\r\nF2,张甲,{SPACED}\r\n").encode(),
    )
    yield "funds", "单位.csv", f"单位：万元 张甲{NUMBER}\r\n{csv_text([fund_of(1)])}单位：千元 王丙\r\n".encode()
    yield (
        "funds",
        "破损.jsonl",
        (json.dumps(fund_of(1)) + f'\n{{"张甲": "{NUMBER}", \n["王丙"]\n' + json.dumps(fund_of(2))).encode(),
    )
    yield "funds", "案款.张甲", b"x"
    yield "funds", "语法.json", f'[{{"张甲": "{NUMBER}",, "b": 2}}]'.encode()
    yield "funds", "张甲的.xlsx", _sheets([fund_of(1)], ("张甲", f"李乙丙{NUMBER}"))
    yield "cases", "一表.xlsx", _sheets([case_of(60)], (f"张甲{SHORT}",))
    yield "cases", "嵌套.parquet", _nested()


def _sheets(rows: list[Row], titles: tuple[str, ...]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for title in titles:
            sheet = book.add_worksheet(title)
            for line, cells in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
                sheet.write_row(line, 0, cells)
    return file.getvalue()


def _nested() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"张甲": pa.array([[NUMBER]])}), file)
    return file.getvalue()


def contents(file: Path) -> Iterator[str]:
    """A file's bytes as text, and what is packed in it."""
    yield file.read_bytes().decode("utf-8", "replace")
    yield file.read_bytes().decode("gb18030", "replace")
    if file.suffix == ".parquet":
        yield str(pl.read_parquet(file, hive_partitioning=False).to_dicts())


def named(root: Path, but: tuple[str, ...] = ("landing",)) -> list[tuple[str, str]]:
    """Which files below `root` say which secret; the names of files and folders count as theirs."""
    found = []
    for path in sorted(root.rglob("*")):
        where = path.relative_to(root).as_posix()
        if where.split("/")[0] in but:
            continue
        texts = [where, *(contents(path) if path.is_file() else ())]
        found += [(where, secret) for secret in SECRETS if any(secret in text for text in texts)]
    return found
