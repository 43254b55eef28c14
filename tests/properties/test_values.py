"""For every type of column: a value that is taken differs from its text only in the ways that conversions.toml lists.
Texts are made up and every claim is worked out from the text a second way; which forms are read has its own tests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extracts.cleaning import cleaned, emptied, empty_tokens
from pipelines.extracts.columns import type_columns
from pipelines.extracts.contracts import Column, contracts, vocabulary
from pipelines.extracts.conversions import conversions
from pipelines.extracts.headers import map_headers
from pipelines.extracts.placeholders import stands_for_none
from pipelines.extracts.values import NO, STRIPPED, YES

TYPES = ("text", "code", "date", "timestamp", "amount", "integer", "number", "flag", "case_number")
COLUMNS = {
    kind: [(c.kind, column) for c in contracts() for column in c.columns if column.type == kind] for kind in TYPES
}
EXAMPLES = 60  # of up to thirty texts each, about a second a type
MARKS = ("'", "’", '"', '="', "`", "\u200b", "\ufeff", "\u00ad", "\u202a", " ", "\u3000", "\u00a0", "\n", "\t", "|")
DIGITS = tuple("0123456789")
NUMERIC = (*DIGITS, *DIGITS, *"０１９．，,.-－￥¥元万亿eE+()", "万元", "人民币", "00", "000", ".0", *MARKS)
PARTS = {
    "date": (*DIGITS, *"-/.年月日号:：T Z", "2019", "12", "03", "2019-12-03", "20191203", "2019年12月3日", "43802",
             "上午", "2019-12-03 09:30:00", " 09:30:00", "00:00", "24:00:00", "+08:00", "1575302400", "000", *MARKS),
    "flag": (*YES, *NO, "有", "无", "√", "×", "对", "１", "0.0", *MARKS),
    "text": (*DIGITS, *"ABCabcＡｂ１２（）()·—、。买卖合同", ".0", "0000", *MARKS),
    "case_number": ("（2019）", "(2019)", "〔2019〕", "2019", "青0105", "执", "执恢", "12", "号", "０１２", "-1",
                    "之一", *MARKS),
}  # fmt: skip
PARTS |= {"timestamp": PARTS["date"], "amount": NUMERIC, "integer": NUMERIC, "number": NUMERIC}


class Read(NamedTuple):
    """What a text became: refused, or a value and the conversions noted."""

    is_refused: bool
    value: Any
    notes: frozenset[str]


def read(kind: str, column: Column, texts: list[str]) -> list[Read]:
    """The texts through cleaning and typing, as receiving does it."""
    rules = next(each for each in contracts() if each.kind == kind)
    header_map = map_headers(kind, tuple(each.header for each in rules.columns), "a.csv", complete=True)
    empty = pl.Series([None] * len(texts), dtype=pl.String)
    frame = pl.DataFrame([
        (pl.Series(texts, dtype=pl.String) if each == column else empty).alias(str(place))
        for place, each in enumerate(rules.columns)
    ])  # fmt: skip
    raw, worded = cleaned(header_map, frame)
    columns = type_columns(kind, raw, {})
    columns.notes += emptied(header_map, frame, raw, worded)
    faulty = {fault.place for fault in columns.faults if fault.column == column.name and fault.code[:5] != "rule:"}
    notes: list[set[str]] = [set() for _ in texts]
    for note in columns.notes:
        if note.column == column.name:
            every = next(iter(note.codes.values())) if len(set(note.codes.values())) == 1 else ()
            for place, text in zip(note.places.tolist(), note.texts, strict=True):
                notes[place] |= set(note.codes.get(text, every))
    values = columns.typed.get(column.name, columns.raw[column.name])
    return [Read(place in faulty, values[place], frozenset(notes[place])) for place in range(len(texts))]


def folded(text: str) -> str:
    """Half-width, and without what is not to be seen."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


def _number(text: str, value: Any, notes: frozenset[str]) -> bool:
    if not notes:
        return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)) and Decimal(text) == value
    if re.search(r"[0-9.]\s+[0-9.]", folded(text)) and not re.search(
        r"(?<![0-9])[0-9]{1,3}(\s[0-9]{3})+(?![0-9\s])", folded(text)
    ):
        return False  # two numbers: white space only sets groups of three apart
    written = "".join(c for c in folded(text) if c in "0123456789.")
    if notes & {"unit_in_value", "unit_applied"}:
        return re.sub(r"[^1-9]", "", f"{value}")[:1] == re.sub(r"[^1-9]", "", written)[:1] or "decimal_rounded" in notes
    exact = Decimal(written.strip(".") if written.count(".") > 1 else written)
    return exact == abs(value) or ("decimal_rounded" in notes and abs(exact - abs(value)) <= Decimal("0.005"))


def _moment(text: str, value: Any, notes: frozenset[str]) -> bool:
    moment = value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())
    digits = re.sub(r"\D", "", folded(text))
    if not notes:
        return digits.ljust(20, "0") == f"{moment:%Y%m%d%H%M%S%f}"
    if notes & {"date_serial", "date_epoch", "time_zone"} or "24" in text:
        return True  # days counted, zones and the end of a day have their own tests
    groups = [int(group) for group in re.findall(r"[0-9]+", folded(text))]
    parts = [moment.year, moment.month, moment.day]
    return groups[:3] in (parts, [parts[0] % 100, *parts[1:]]) or digits.startswith(f"{moment:%Y%m%d}")


def _flag(text: str, value: Any, notes: frozenset[str]) -> bool:
    return bool(notes) or text in (YES if value else NO)


def _text(text: str, value: Any, notes: frozenset[str]) -> bool:
    """Letters and digits are those of the text; `.0` behind digits comes off, small letters are capitals where told."""
    if not notes:
        return bool(text == value)
    if "letter_case" in notes:
        text = text.upper()
    letters = ["".join(c for c in folded(each) if c.isalnum()) for each in (text, value)]
    whole = "".join(c for c in folded(text) if c in "0123456789.")
    is_bare = bool(re.fullmatch(r"[0-9]+\.0+", whole)) and letters[0].rstrip("0").startswith(letters[1].rstrip("0"))
    return letters[0] == letters[1] or is_bare


def _case_number(text: str, value: Any, notes: frozenset[str]) -> bool:
    """The digits are those of the text in their order, but for zeros before a number."""
    return bool(_digits(text) & _digits(value)) if notes else bool(text == value)


def _digits(text: str) -> set[str]:
    numbers = re.findall("[0-9]+", folded(text))
    return {"".join(numbers), "".join(number.lstrip("0") or "0" for number in numbers)}


HOLDS: dict[str, Callable[[str, Any, frozenset[str]], bool]] = {
    "date": _moment, "timestamp": _moment, "amount": _number, "number": _number, "integer": _number, "flag": _flag,
    "text": _text, "case_number": _case_number,
}  # fmt: skip


def _code(column: Column, text: str, value: Any, notes: frozenset[str]) -> bool:
    """A value of the vocabulary, and one of its spellings stands in the text."""
    term = next((term for term in vocabulary(column.vocabulary or "") if term.value == value), None)
    if term is None or not notes:
        return term is not None and text == value
    bare = {re.sub(r"[\W_]", "", folded(each)).casefold() for each in (term.value, term.en, *term.aliases)}
    return any(spelling.removesuffix("的") in re.sub(r"[\W_]", "", folded(text)).casefold() for spelling in bare)


def parts(column: Column) -> tuple[str, ...]:
    if column.type != "code":
        return PARTS[column.type]
    terms = vocabulary(column.vocabulary or "")
    return (*(text for term in terms for text in (term.value, term.en, *term.aliases)), *MARKS, "的", "、", "/", ".0")


@st.composite
def texts_of(draw: st.DrawFn, of: str) -> tuple[str, Column, list[str]]:
    kind, column = draw(st.sampled_from(COLUMNS[of]))
    known = parts(column)
    whole = [part for part in known if len(part) > 2] or list(known)
    joined = st.one_of(
        st.lists(st.sampled_from(known), min_size=1, max_size=7).map("".join),
        st.lists(st.sampled_from(whole), min_size=1, max_size=2).map("".join),
    )
    return kind, column, draw(st.lists(joined, min_size=1, max_size=30, unique=True))


def _is_none(column: Column, text: str) -> bool:
    """Whether nothing but a word for no value stands in a text."""
    tokens = {"".join(c for c in folded(token) if c.isalnum()) for token in empty_tokens(column)}
    return stands_for_none(column, text) or "".join(c for c in folded(text) if c.isalnum()) in tokens


def unexplained(column: Column, text: str, found: Read) -> bool:
    """Whether a taken value differs from its text in a way that was not told."""
    stripped = text.strip(STRIPPED)
    if not found.notes <= set(conversions()):
        return True
    if found.value is None:
        return bool(stripped) and not (found.notes and _is_none(column, stripped))
    if column.type == "code":
        return not _code(column, stripped, found.value, found.notes)
    return not HOLDS[column.type](stripped, found.value, found.notes)


@pytest.mark.parametrize("of", TYPES)
def test_a_value_differs_from_its_text_only_in_listed_ways(of: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(texts_of(of))
    def holds(drawn: tuple[str, Column, list[str]]) -> None:
        kind, column, texts = drawn
        outcome = [(text, found) for text, found in zip(texts, read(kind, column, texts), strict=True)]
        assert [
            (text, found) for text, found in outcome if not found.is_refused and unexplained(column, text, found)
        ] == []

    holds()


def said(value: Any) -> str:
    """A value in its plain form."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else str(value)


DAYS = st.dates(date(1950, 1, 2), date(2099, 12, 31))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": DAYS,
    "timestamp": st.builds(datetime.combine, DAYS, st.times().map(lambda each: each.replace(microsecond=0))),
    "amount": st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2)),
    "number": st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2)),
    "integer": st.integers(0, 10**12),
    "flag": st.booleans(),
}  # fmt: skip


@pytest.mark.parametrize("of", VALUES)
def test_a_value_in_its_plain_form_comes_back_without_a_note(of: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.sampled_from(COLUMNS[of]), st.lists(VALUES[of], min_size=1, max_size=30, unique=True))
    def holds(place: tuple[str, Column], values: list[Any]) -> None:
        kind, column = place
        found = read(kind, column, [said(value) for value in values])
        assert [(each.value, each.notes) for each in found] == [(value, frozenset()) for value in values]

    holds()
