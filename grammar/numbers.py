"""Identity numbers in any text: runs of 15 or 18 digits however written, found and replaced.
`swept` is the last wall: every table and every receipt passes it on its way to disk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import polars as pl
import pyarrow as pa

MASK = "****"
SHORT, LONG = 15, 18  # digits of identity numbers before and since 1999, the last of the latter may be X
# Divisions of GB/T 2260 by their first two digits; 81 to 83 for residents from Hong Kong, Macao and Taiwan, 91 for
# permanent residents of other nationality, 99 for the synthetic persons of samples.
DIVISIONS = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
     71, 81, 82, 83, 91, 99)
)  # fmt: skip
_WRITTEN = "〇零○一二三四五六七八九"
_DIGIT = rf"[\d{_WRITTEN}]"
_GAP = r"[\s\-‐-―－_·.,，/\\*＊\u200b-\u200d\u2060\ufeff]"
_RUN = re.compile(rf"{_DIGIT}(?:{_GAP}{{0,3}}{_DIGIT}){{13,}}(?:{_GAP}{{0,3}}[XxＸｘ])?")
_GROUP = re.compile(rf"(?:{_DIGIT}|[XxＸｘ])+")
# The public list's form: the first ten digits, four stars, the last four.
_HALF_HIDDEN = re.compile(rf"{_DIGIT}{{4,}}[*＊]{{2,}}(?:{_DIGIT}|[XxＸｘ])*")
# The same in the dialect of the vectorised path, a little wider: it decides what is looked at, not what is replaced.
SUSPECT = rf"{_DIGIT}(?:[\s\p{{P}}\p{{Cf}}＊]{{0,3}}[\d{_WRITTEN}]){{13}}|{_DIGIT}{{4}}[*＊]{{2}}"
_A_MOMENT = r"^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}:[0-9]{2}$"  # fourteen digits at most
_STARS = "[*＊]{2}"
MANY, SHORTEST = 200, 13  # rows from which the texts' lengths are asked first; bytes that hold no number of any form
# Digits alone, too many for a number of fifteen, without a day of birth where one of eighteen has it: most systems'
# numbers of cases, of which nothing has to be looked at one by one.
DIGITS_ALONE = "^[0-9]{16,}$"
WITH_A_DAY = "[0-9]{6}(?:18|19|20|21)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4}"
# Names of columns that hold hashes, digests and identifiers: the former are ours, the latter pass `values.identifier`.
NOT_SWEPT = ("_id", "_hash", "sha256", "record_key", "duplicate_of", "superseded_by")


def _digits(text: str) -> str:
    found = []
    for character in text:
        if character in "XxＸｘ":
            found.append("X")
        elif character in _WRITTEN:
            found.append(str(max(0, _WRITTEN.index(character) - 2)))
        else:
            found.append(str(unicodedata.digit(character)))
    return "".join(found)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return 1800 <= date(year, month, day).year <= 2100
    except ValueError:
        return False


def is_plausible(number: str) -> bool:
    """Whether fifteen or eighteen characters are built like an identity number: division, day of birth, X only last."""
    if len(number) not in (SHORT, LONG) or not number[:-1].isdigit() or int(number[:2]) not in DIVISIONS:
        return False
    born = number[6:14] if len(number) == LONG else "19" + number[6:12]
    return born.isdigit() and _is_day(int(born[:4]), int(born[4:6]), int(born[6:8]))


def _windows(groups: list[re.Match[str]]) -> list[tuple[int, int, str]]:
    """Neighbouring groups of digits that together are fifteen or eighteen: start, end and digits of each."""
    found = []
    for first in range(len(groups)):
        joined = ""
        for last in range(first, len(groups)):
            joined += _digits(groups[last].group())
            if len(joined) in (SHORT, LONG):
                found.append((groups[first].start(), groups[last].end(), joined))
            if len(joined) >= LONG:
                break
    return found


def _is_spaced_throughout(run: str, groups: list[re.Match[str]]) -> bool:
    """Only white space between the groups: a number written in blocks. Dates and amounts have other signs as well."""
    return all(not run[one.end() : other.start()].strip() for one, other in pairwise(groups))


def _inside(groups: list[re.Match[str]]) -> list[tuple[int, int]]:
    """What is built like an identity number within one group of digits: all of it, or eighteen of a longer one."""
    found = []
    for group in groups:
        digits = _digits(group.group())
        for length in (LONG, SHORT) if len(digits) == SHORT else (LONG,):
            for at in range(len(digits) - length + 1):
                if is_plausible(digits[at : at + length]):
                    found.append((group.start() + at, group.start() + at + length))
    return found


def _spans(run: str) -> list[tuple[int, int]]:
    groups = list(_GROUP.finditer(run))
    found = [(group.start(), group.end()) for group in groups if len(group.group()) in (SHORT, LONG)]
    whole = "".join(_digits(group.group()) for group in groups)
    if not found and len(whole) in (SHORT, LONG) and len(groups) > 1 and _is_spaced_throughout(run, groups):
        return [(0, len(run))]
    joined = [(start, end) for start, end, number in _windows(groups) if is_plausible(number)]
    return sorted({*found, *_inside(groups), *joined})


def _replaced(text: str, spans: list[tuple[int, int]], put: Callable[[str], str]) -> str:
    done, at = [], 0
    for start, end in spans:
        if start >= at:
            done += [text[at:start], put(text[start:end])]
            at = end
    return "".join([*done, text[at:]])


def without_numbers(text: str) -> str:
    """The text without identity numbers: every run of fifteen or eighteen digits, full-width, spaced or written out.

    Longer runs are systems' numbers of cases: what is hidden in them is what is built like an identity number. Groups
    with spaces between them count when they fill fifteen or eighteen, with other marks when they are built like one.
    """
    text = _RUN.sub(lambda run: _replaced(run.group(), _spans(run.group()), lambda _: MASK), text)
    return _HALF_HIDDEN.sub(MASK, text)


def plausible_numbers(text: str, put: Callable[[str], str]) -> str:
    """The text with every number in it that is built like an identity number replaced by `put(its digits)`.

    For identifiers: systems number cases with fifteen digits and more, and those must stay apart.
    """

    def settled(match: re.Match[str]) -> str:
        run = match.group()
        groups = list(_GROUP.finditer(run))
        spans = _inside(groups) + [(start, end) for start, end, number in _windows(groups) if is_plausible(number)]
        return _replaced(run, sorted(set(spans)), lambda found: put("".join(map(_digits, _GROUP.findall(found)))))

    return _RUN.sub(settled, text)


def _swept_column(texts: pl.Series) -> pl.Series:
    written = texts.unique()
    suspects = written.filter(written.str.contains(SUSPECT) & ~written.str.contains(_A_MOMENT)).to_list()
    clean = {text: bare for text in suspects if (bare := without_numbers(text)) != text}
    return texts.replace(list(clean), list(clean.values())) if clean else texts


def _suspect(columns: list[pl.Series]) -> list[pl.Series]:
    """The columns in which any text may hold a number: asked of all in one.

    Fourteen digits take fourteen bytes, so that in short texts only stars can hide one.
    """
    if not columns or columns[0].len() < MANY:
        return _matching(columns, SUSPECT)
    sizes, height = pl.concat(columns).str.len_bytes(), columns[0].len()
    long = [(sizes.slice(at * height, height) > SHORTEST).any() for at in range(len(columns))]
    starred = _matching([column for column, is_long in zip(columns, long, strict=True) if not is_long], _STARS)
    suspect = [column for column, is_long in zip(columns, long, strict=True) if is_long] + starred
    return _matching(suspect, SUSPECT)


def _matching(columns: list[pl.Series], pattern: str) -> list[pl.Series]:
    if not columns:
        return []
    answers, height = pl.concat(columns).str.contains(pattern), columns[0].len()
    return [column for at, column in enumerate(columns) if answers.slice(at * height, height).any()]


def swept(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without identity numbers in any text, whatever column it stands in; ids and hashes are left alone."""
    texts = [
        column
        for column in frame.get_columns()
        if column.dtype == pl.String and not column.name.endswith(NOT_SWEPT) and column.null_count() < frame.height
    ]
    suspect = _suspect(texts)
    return frame.with_columns(map(_swept_column, suspect)) if suspect else frame


def swept_table(table: pa.Table) -> pa.Table:
    """`swept` of a table."""
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    clean = swept(frame)
    return table if clean is frame else clean.to_arrow().cast(table.schema)
