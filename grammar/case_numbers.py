"""The grammar of case numbers (法〔2015〕137号, amended 法〔2018〕335号): normal form, status, court prefix, type.
A number that does not parse is flagged and kept; which court a prefix means belongs to `courts`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import polars as pl

Status = Literal["parsed", "legacy", "unparsed"]

PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军"
ENFORCEMENT_TYPES = ("执", "执恢", "执保", "执异", "执复", "执监", "执协", "执他")
_COURT = rf"(?P<court>最高法|[{PROVINCES}](?:[0-9]{{4}}|[0-9]{{2}})?)"
# Without 字 and 第: （2015）宁执字第12号 is of the old grammar, where 宁 is a city and no province.
_IN_TYPE = r"[\u4e00-\u5b56\u5b58-\u7b2b\u7b2d-\u9fff]"
# The type is every character between the court's digits and the serial number: 司救执 is one type, and not 执.
_MODERN = re.compile(
    rf"（(?P<year>[0-9]{{4}})）{_COURT}(?P<type>{_IN_TYPE}{{1,8}}?)(?P<serial>[0-9]+)"
    r"(?:号?(?P<part>之(?:[一二三四五六七八九十]+|[0-9]+))号?|号)?"
)
_LEGACY = re.compile(
    r"（[0-9]{4}）[\u4e00-\u9fff0-9（）、]{1,20}?字第?[0-9]+(?:[-至][0-9]+)?号?(?:之[一二三四五六七八九十0-9]+)?号?"
)
# Already in normal form: the case for nearly every number, decided without leaving the vectorised path.
# [0-9] throughout: \d also takes full-width digits, here and in Python.
NORMAL_FORM = rf"^（[0-9]{{4}}）(?:最高法|[{PROVINCES}](?:[0-9]{{4}}|[0-9]{{2}})?){_IN_TYPE}{{1,8}}[1-9][0-9]*号$"
COURT_PREFIX = rf"^（[0-9]{{4}}）(最高法|[{PROVINCES}][0-9]{{0,4}})"

_FOLD: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(bracket): "（" for bracket in "([{〔【〈［｛〖（"} | {
    ord(bracket): "）" for bracket in ")]}〕】〉］｝〗）"
}
_FOLD |= dict(zip(map(ord, "執號復異監協審"), "执号复异监协审", strict=True)) | dict.fromkeys(map(ord, "\ufeff\u200b|"))
_SPACE = re.compile(r"\s+")
_SPLIT, _RUN = re.compile(r"[0-9]\s+[0-9]"), re.compile("[0-9]{2}")
_BARE_YEAR = re.compile(rf"^([0-9]{{4}})(?=(?:最高法|[{PROVINCES}])[0-9]{{0,4}}[\u4e00-\u9fff])")


@dataclass(frozen=True)
class CaseNumber:
    """A case number in normal form. `court_prefix`, `case_type` and `year` are None unless it parsed."""

    text: str
    status: Status
    year: int | None = None
    court_prefix: str | None = None
    case_type: str | None = None
    serial: int | None = None
    part: str | None = None

    @property
    def is_enforcement(self) -> bool:
        return self.case_type in ENFORCEMENT_TYPES


def is_split(raw: str) -> bool:
    """Whether white space stands between digits that may be two numbers: 执12 3号. Between all it is spacing."""
    text = raw.translate(_FOLD)
    return bool(_SPLIT.search(text) and _RUN.search(text))


@lru_cache(maxsize=1 << 16)
def parse(raw: str) -> CaseNumber:
    """Parse one delivered case number. Never raises: what is not understood comes back `unparsed`, cleaned."""
    if is_split(raw):
        return CaseNumber(_SPACE.sub(" ", raw).strip().translate(_FOLD), "unparsed")
    text = _SPACE.sub("", raw).translate(_FOLD)
    text = _BARE_YEAR.sub(r"（\1）", text)
    match = _MODERN.fullmatch(text)
    if match and int(match["serial"]) > 0:
        serial, part = int(match["serial"]), match["part"]
        normal = f"（{match['year']}）{match['court']}{match['type']}{serial}号{part or ''}"
        return CaseNumber(normal, "parsed", int(match["year"]), match["court"], match["type"], serial, part)
    return CaseNumber(text, "legacy" if _LEGACY.fullmatch(text) else "unparsed")


def parse_column(texts: pl.Series) -> pl.DataFrame:
    """Columns `number`, `status`, `prefix` (court prefix, only of parsed numbers) for a column of delivered texts."""
    frame = pl.DataFrame({"raw": texts})
    normal = pl.col("raw").str.contains(NORMAL_FORM)
    odd = frame.filter(~normal)["raw"].unique().to_list()
    parsed = {raw: parse(raw) for raw in odd}
    frame = frame.select(
        pl.when(normal)
        .then(pl.col("raw"))
        .otherwise(
            pl.col("raw").replace_strict(odd, [parsed[r].text for r in odd], default=None, return_dtype=pl.String)
        )
        .alias("number"),
        pl.when(normal)
        .then(pl.lit("parsed"))
        .otherwise(
            pl.col("raw").replace_strict(odd, [parsed[r].status for r in odd], default=None, return_dtype=pl.String)
        )
        .alias("status"),
    )
    return frame.with_columns(
        pl.when(pl.col("status") == "parsed").then(pl.col("number").str.extract(COURT_PREFIX)).alias("prefix")
    )
