"""Number formats of cells: which of them show another number than is stored, none, or say a unit beside it.
Where a workbook keeps its formats is known to the readers; what such a cell means is asked of the clerk."""

from __future__ import annotations

import re

_IN_BRACKETS = re.compile(r"\[([^\]]*)\]")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
_SCALING = re.compile(r"[0#?],+(?![0#?,])")  # commas behind the last digit divide by thousands
_POINT = re.compile(r'[0#?](?:[\\!]\.|"\.")[0#?]')  # a point that is only drawn: 0!.0000 shows 12500 as 1.2500
_CURRENCY = re.compile(r"\$([^\-\]]*)")
_UNIT = re.compile(
    r"[十百佰千仟万萬亿億分角]|美元|港元|欧元|英镑|日元|[€£$]|USD|HKD|EUR|GBP|JPY|\b[wk]\b", re.IGNORECASE
)
# Formats that workbooks refer to by number alone.
BUILT_IN = {9: "0%", 10: "0.00%"}
_DATE = re.compile(r"[ymdhs年月日时]", re.IGNORECASE)


def words(code: str) -> str:
    """What a format writes beside the digits."""
    said = [match[1] or match[2] or "" for match in _LITERAL.finditer(_IN_BRACKETS.sub("", code))]
    bare = re.sub(r"[0#?.,;@%\sGeneral+\-()/*_]", "", _LITERAL.sub("", _IN_BRACKETS.sub("", code)))
    return "".join([*said, bare]).strip()


def scales(code: str) -> bool:
    """Whether a format shows another number than the one stored."""
    bare = _LITERAL.sub("", _IN_BRACKETS.sub("", code))
    is_percent = "%" in bare or bare.casefold() == "percent"
    return bool(is_percent or _SCALING.search(bare) or _POINT.search(code))


def hides(code: str) -> bool:
    """Whether a format shows a number as nothing, or as words alone: ;;; and its like."""
    bare = _LITERAL.sub("", _IN_BRACKETS.sub("", code))
    is_shown = re.search(r"[0#?@\w]", bare.partition(";")[0])
    return not is_shown and (";" in bare or bool(words(code)))


def is_doubtful(code: str) -> bool:
    """Whether a cell of this format may mean another amount than its number in yuan."""
    said = words(code) + "".join(_CURRENCY.findall(" ".join(_IN_BRACKETS.findall(code))))
    if scales(code) or hides(code):
        return True
    return bool(_UNIT.search(said)) and not (_DATE.search(_LITERAL.sub("", code)) and "0" not in code)
