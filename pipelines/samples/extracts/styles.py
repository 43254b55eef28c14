"""The habits of each delivering office: format, encoding, language of headers, forms of dates, amounts and flags.
Applying them belongs to `render` and `writing`; which offices there are belongs to `offices`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Style:
    """How one office writes a file. Defaults are the plainest habits."""

    format: Literal["csv", "xlsx", "json", "jsonl", "parquet"] = "csv"
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "utf-8"
    headers: Literal["zh", "en"] = "zh"
    court: Literal["code", "name", "alias", "case_number"] = "code"
    dates: Literal["iso", "slash", "compact", "zh", "epoch_ms"] = "iso"
    amounts: Literal["plain", "comma", "wan"] = "plain"
    flags: tuple[str, str] = ("是", "否")
    short_modes: bool = False
    public: bool = False


GB18030_NAMES = Style(encoding="gb18030", court="name")
BOM_ALIASES = Style(encoding="utf-8-sig", court="alias", dates="slash", amounts="comma", short_modes=True)
EXCEL = Style(format="xlsx", court="name")
GB18030_FROM_CASE_NUMBER = Style(encoding="gb18030", court="case_number", dates="compact", flags=("1", "0"))
ENGLISH = Style(headers="en", flags=("Y", "N"))
GB18030_TEN_THOUSANDS = Style(encoding="gb18030", court="name", dates="zh", amounts="wan", short_modes=True)
PARQUET = Style(format="parquet", headers="en")
BOM_NAMES = Style(encoding="utf-8-sig", court="name", flags=("是", "否"))
PLAIN = Style()
PUBLIC_JSON = Style(format="json", public=True, dates="zh")
LINES = Style(format="jsonl", headers="en", dates="epoch_ms")

# Cases come from each intermediate court for its jurisdiction; position 0 is the high court's own office.
_CASES = (BOM_NAMES, GB18030_NAMES, BOM_ALIASES, EXCEL, GB18030_FROM_CASE_NUMBER, ENGLISH, GB18030_TEN_THOUSANDS,
          PARQUET, PLAIN)  # fmt: skip
# Records of middling number come from four offices; what few there are of the rest, from one for the province.
_REGIONAL = {
    "funds": (GB18030_NAMES, replace(BOM_NAMES, dates="slash", amounts="comma"), PLAIN, GB18030_NAMES),
    "nodes": (PLAIN, GB18030_NAMES, BOM_NAMES, ENGLISH),
    "linkage": (GB18030_NAMES, PLAIN, replace(BOM_NAMES, dates="slash"), ENGLISH),
    "defaulters": (GB18030_NAMES, PUBLIC_JSON, replace(BOM_NAMES, dates="slash"), EXCEL),
    "restrictions": (GB18030_NAMES, replace(BOM_NAMES, dates="zh"), PLAIN, replace(ENGLISH, dates="slash")),
}
_PROVINCIAL = {
    "petitions": EXCEL,
    "staffing": EXCEL,
    "rectifications": replace(EXCEL, court="code"),
    "returns": GB18030_NAMES,
    "entrustments": LINES,
    "auctions": replace(BOM_NAMES, amounts="comma"),
    "linkage_activities": replace(GB18030_NAMES, dates="zh"),
}


def style_of(kind: str, office: int, *, bulk: bool) -> Style:
    """The habit of office number `office` with `kind`; bulk samples take the fast formats alone."""
    if bulk:
        return PARQUET if office % 2 else PLAIN
    if kind in _PROVINCIAL:
        return _PROVINCIAL[kind]
    choices = _CASES if kind == "cases" else _REGIONAL[kind]
    return choices[office % len(choices)]
