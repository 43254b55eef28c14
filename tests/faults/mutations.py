"""Files that a hostile or unlucky clerk could deliver: sound files of every kind and format, and what is done to them.
Every file follows from a number; how it is judged belongs to judging.py."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import polars as pl

from pipelines.extracts.contracts import KINDS, contract, vocabulary
from tests.unit.extracts import books
from tests.unit.extracts.conftest import Row, csv_text, file_bytes, xlsx_bytes

LANDED = Path(__file__).parents[1] / "golden" / "landing"
SAMPLE = {
    "date": "2018-12-03", "timestamp": "2018-12-03 09:30:00", "amount": "1234.50", "number": "3", "integer": "2",
    "flag": "是", "court": "T11", "text": "某事", "code": "某", "case_number": "（2018）青0102执7号",
}  # fmt: skip
VALUES = (
    "", " ", "无", "-", "NULL", "0", "-1", "1e3", "1E400", "NaN", "inf", "１２３", "1,234.50", "1.234,50", "￥5万",
    "5万元",
    "12.345", "99999999999999999999", "0x10", "1/2", "50%", "2019-02-30", "2019-12-3", "2019/12/03", "20191203",
    "2019年12月3日", "民国108年", "43802", "43802.5", "1575331200", "1575331200000", "9999-12-31", "0000-00-00",
    "1900-01-01", "2100-01-01", "12/03/2019", "03.12.2019", "2019-12-03T09:30:00+00:00", "2019-12-03 25:00",
    "二〇一九年",
    "是", "否", "Y", "N", "√", "×", "true", "TRUE", "2", "执", "执行", "执恢", "（2018）青0102执7号",
    "(2018)青0102执7-8号",
    "青0102执7号", "[2018]青0102執7號", "2018青0102执007号", "T11", "T99", "西宁市城东区人民法院", "城东法院",
    "青海高院",
    "合计", "小计：", "制表人：某某", "=1+1", "=HYPERLINK(\"http://127.0.0.1\")", "+1", "@SUM(1)", "'0123", "<b>x</b>",
    "<script>alert(1)</script>", "&amp;", "../../etc/passwd", "C:\\x", "$(id)", "`id`", "'; drop table cases; --",
    "{0}", "%s", "{name}", "[red]x[/red]", "\x00", "\x01", "\x1b[2J", "\u202e反", "\u200b零宽", "\ufeff", "\ud800",
    "\udfff",
    "\U0001f600", "\u2028", "a\rb", "a\nb", "a\tb", 'a"b', '"', '""', "'", ",", ";", "|", "\\", "张三",
    "630102198001010652",
    "63010219800101065X", "13800138000", "长" * 3000, "(" * 200, "9" * 400, "　全角　空格　", "e\u0301", "𠮷",
)  # fmt: skip


@cache
def rows_of(kind: str) -> tuple[Row, ...]:
    """Some sound rows of a kind, from the golden world, or made of its contract where that has none."""
    files = sorted(LANDED.glob(f"*/{kind}/*.csv"))
    for path in files:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                found = list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding))))
            except UnicodeDecodeError:
                continue
            if len(found) >= 2:
                return tuple(found[:6])
    row = {}
    for column in contract(kind).columns:
        terms = vocabulary(column.vocabulary) if column.vocabulary else ()
        row[column.header] = terms[0].value if terms else SAMPLE[column.type]
    return tuple(row | {contract(kind).column(contract(kind).key[0]).header: f"K{n}"} for n in range(4))


def _lines(rows: list[Row]) -> list[list[str]]:
    return books.table(rows)


FORMATS: dict[str, Callable[[list[Row], Random], bytes]] = {
    "csv": lambda rows, random: csv_text(rows).encode(
        random.choice(("utf-8", "utf-8-sig", "gb18030", "utf-8")), "replace"
    ),
    "tsv": lambda rows, _: books.tabbed(_lines(rows)),
    "txt": lambda rows, _: books.semicolons(rows),
    "xlsx": lambda rows, _: xlsx_bytes(rows),
    "json": lambda rows, _: json.dumps(rows, ensure_ascii=bool(len(rows) % 2)).encode("utf-8", "replace"),
    "jsonl": lambda rows, _: file_bytes(rows, "jsonl").replace(b"\xed", b"?"),
    "parquet": lambda rows, _: _parquet(rows),
    "xls": lambda rows, _: books.xls(_lines(rows)),
    "ods": lambda rows, _: books.ods(_lines(rows)),
    "html": lambda rows, _: books.html(_lines(rows)),
    "xlsb": lambda rows, _: books.xlsb(_lines(rows)),
}


def _parquet(rows: list[Row]) -> bytes:
    file = io.BytesIO()
    pl.DataFrame({name: [str(row.get(name) or "") for row in rows] for name in rows[0]}).write_parquet(file)
    return file.getvalue()


def _one_cell(rows: list[Row], random: Random) -> list[Row]:
    for _ in range(random.randint(1, 4)):
        random.choice(rows)[random.choice(list(rows[0]))] = random.choice(VALUES)
    return rows


def _one_column(rows: list[Row], random: Random) -> list[Row]:
    name = random.choice(list(rows[0]))
    return [row | {name: random.choice(VALUES)} for row in rows]


def _headings(rows: list[Row], random: Random) -> list[Row]:
    names = list(rows[0])
    act = random.randrange(5)
    if act == 0:
        random.shuffle(names)
        return [{name: row[name] for name in names} for row in rows]
    name = random.choice(names)
    new = (
        name + random.choice(("（元）", "(万元)", " ", "\n", "1", "：")),
        random.choice(VALUES),
        name[::-1],
        "x" * 300,
    )[act - 1]
    return [{new if key == name else key: value for key, value in row.items()} for row in rows]


def _blank_rows(rows: list[Row], random: Random) -> list[Row]:
    for _ in range(random.randint(1, 3)):
        rows.insert(random.randint(0, len(rows)), dict.fromkeys(rows[0], random.choice(("", " ", "合计"))))
    return rows


def _header_again(rows: list[Row], random: Random) -> list[Row]:
    rows.insert(random.randint(0, len(rows)), {name: name for name in rows[0]})
    return rows


def _doubled(rows: list[Row], random: Random) -> list[Row]:
    return rows + [dict(random.choice(rows)) for _ in range(random.randint(1, 40))]


def _as_is(rows: list[Row], random: Random) -> list[Row]:
    return rows


IN_ROWS = (_one_cell, _one_cell, _one_column, _headings, _blank_rows, _header_again, _doubled, _as_is)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def _flip(content: bytes, random: Random) -> bytes:
    found = bytearray(content)
    for _ in range(random.choice((1, 2, 8, 60))):
        if found:
            found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return bytes(found)


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    added = random.choice((b"\0", b'"', b"\r", b"\n", b"\r\n", b",", b"\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x81",
    b"\\",
                           b"[", b"{", b"]", b"<!-- ", b"\x1a", "，".encode(), b'"' * 3,
                           bytes(random.randrange(256) for _ in range(9))))  # fmt: skip
    return content[:at] + added + content[at:]


def _twice(content: bytes, random: Random) -> bytes:
    return content + content[random.choice((0, len(content) // 2)) :]


def _other_letters(content: bytes, random: Random) -> bytes:
    half = random.randint(0, len(content))
    try:
        return content[:half] + content[half:].decode("utf-8").encode(
            random.choice(("gb18030", "utf-16-le", "big5")), "replace"
        )
    except UnicodeDecodeError:
        return content[::-1]


def _line_ends(content: bytes, random: Random) -> bytes:
    return content.replace(b"\r\n", random.choice((b"\r", b"\n", b"\n\r", b"\r\r\n", b"\n\n", b"\x0b")))


def _swap(content: bytes, random: Random) -> bytes:
    marks = random.choice(
        (
            (b",", "，".encode()),
            (b",", b";"),
            (b",", b"\t"),
            (b'"', b""),
            (b":", b"="),
            (b"}", b""),
            (b"0", b"\xef\xbc\x90"),
        )
    )
    return content.replace(*marks, random.choice((1, 3, -1)))


def _in_zip(content: bytes, random: Random) -> bytes:
    """A member of a workbook changed, its name and place kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = {name: book.read(name) for name in book.namelist()}
    except zipfile.BadZipFile:
        return content
    name = random.choice(list(parts))
    parts[name] = random.choice((_cut, _flip, _insert, _swap, _twice))(parts[name], random)
    if random.random() < 0.2:
        del parts[random.choice(list(parts))]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for part, text in parts.items():
            book.writestr(part, text)
    return file.getvalue()


def _deep(content: bytes, random: Random) -> bytes:
    depth = random.choice((10, 1000, 100_000))
    return random.choice((b"[" * depth, b'{"a":' * depth, b"<table>" * depth, content[:1] + b"[" * depth + content[1:]))


def _same(content: bytes, random: Random) -> bytes:
    return content


IN_BYTES = (
    *(_same,) * 14,
    _cut,
    _flip,
    _insert,
    _insert,
    _twice,
    _other_letters,
    _line_ends,
    _swap,
    _in_zip,
    _in_zip,
    _deep,
)


def made(seed: int) -> tuple[str, str, bytes]:
    """(kind, ending, content) of the file of that number."""
    random = Random(seed)
    kind, ending = random.choice(KINDS), random.choice(list(FORMATS))
    rows = [dict(row) for row in rows_of(kind)]
    for _ in range(random.choice((0, 1, 1, 2))):
        rows = random.choice(IN_ROWS)(rows, random)
    try:
        content = FORMATS[ending](rows, random)
    except (UnicodeEncodeError, ValueError):  # a library that writes no such text
        content, ending = json.dumps(rows).encode(), "json"
    if ending in ("csv", "tsv", "txt", "html") and random.random() < 0.15:
        content = (
            random.choice(("西宁市执行案件表\n", "单位：万元\n", "\n\n", "说明,,\n", "sep=,\n")).encode() + content
        )
    act = random.choice(IN_BYTES)
    return kind, random.choice((ending,) * 40 + ("csv", "xlsx", "JSON", "xls")), act(content, random)
