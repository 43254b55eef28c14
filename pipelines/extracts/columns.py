"""Delivered text columns made into typed ones: a vectorised path for the usual form, the laws of `values` for the rest.
Columns one by one; what a row as a whole must satisfy belongs to `rows`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from grammar import case_numbers
from pipelines.extracts.contracts import Column, contract, vocabulary
from pipelines.extracts.conversions import Noted, noted
from pipelines.extracts.dress import (
    MAY_BE_JOINED,
    changed,
    dress_of,
    is_identifier,
    joined,
    known_columns,
    undressed_columns,
)
from pipelines.extracts.placeholders import DAMAGED, hints_of, without_placeholders
from pipelines.extracts.reading.words import ROW_HINTS
from pipelines.extracts.rounded import ROUNDED, doubtful
from pipelines.extracts.stacking import Distinct, asked
from pipelines.extracts.usual import DTYPES, FEW, grouped_amounts, usual_values
from pipelines.extracts.values import DRESSED, STRIPPED, WIDTH, UnreadableError, fold_width, law

# Full-width forms, ideographic and hard spaces, line breaks inside a value: what text hygiene has to mend.
UNTIDY = "[\uff01-\uff5e\u3000\u00a0\r\n\t]"
BROKEN = "[\r\n\t]"
FOLDED = [chr(code) for code in WIDTH], [chr(code) for code in WIDTH.values()]
EXCEL_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
SCIENTIFIC = r"^[0-9]\.?[0-9]*[eE]\+?[0-9]+$"
STRUCK = "[\u0335-\u0338\u20d2\u20d3\u20e5\u20e6]"  # marks that strike out the letter before them
YUAN = "元"
# Whatever a text may have that is looked at: asked of all columns at once, and answered with no nearly always.
_ERRORS = f"^(?:{'|'.join(EXCEL_ERRORS)})$"
ODD = {
    dress: "|".join([pattern, UNTIDY, SCIENTIFIC, ROUNDED, STRUCK, _ERRORS])
    + (f"|{MAY_BE_JOINED}" if dress in ("identifier", "key") else "")
    for dress, pattern in DRESSED.items()
}


class Fault(NamedTuple):
    """What is wrong with one value: its place in the chunk, the contract column, the reason's code and facts."""

    place: int
    column: str | None
    code: str
    facts: tuple[tuple[str, object], ...] = ()


@dataclass
class Columns:
    """A chunk's columns. `raw` is cleaned text by contract column; `typed` has the typed values; faults and notes
    of conversions are found. `day_zero`: by how many days the file's count of days begins after Excel's own; `odd` are
    the columns with texts that needed a look."""

    raw: pl.DataFrame
    typed: dict[str, pl.Series]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Noted] = field(default_factory=list)
    day_zero: int = 0
    odd: Set[str] = frozenset()

    def note(self, column: str, texts: pl.Series, places: pl.Series, codes: Mapping[str, tuple[str, ...]]) -> None:
        """Keep what was converted in a column; most columns have nothing to note."""
        if any(codes.values()):
            self.notes.append(noted(column, texts, places, codes))


def _plain_texts(kind: str) -> list[str]:
    return [column.name for column in contract(kind).columns if column.type == "text" and not column.personal]


def _contains(pattern: str) -> Callable[[pl.Series], pl.Series]:
    return lambda texts: texts.str.contains(pattern)


@cache
def _odd_pattern(column: Column) -> str:
    """Whatever a text of a column may have that is looked at."""
    pattern = ODD[dress_of(column)]
    return f"{pattern}|{hints_of(column)}|{ROW_HINTS}" if column.type in ("text", "case_number") else pattern


def _odd_columns(kind: str, raw: pl.DataFrame, usual: pl.DataFrame) -> set[str]:
    """The columns of a chunk in which something may be dressed, untidy or lost: few, as a rule."""
    asked_of: dict[str, list[str]] = {}
    for name, column in known_columns(kind, raw, usual).items():
        asked_of.setdefault(_odd_pattern(column), []).append(name)
    return {
        answer.name
        for pattern, names in asked_of.items()
        for answer in asked(raw, names, _contains(pattern))
        if answer.any()
    }


@cache
def _doubts(kind: str) -> dict[tuple[str, str], pl.Expr]:
    """(what may be wrong, column) → which rows it is wrong in: asked of a whole chunk at once, rarely true."""
    columns = contract(kind).columns
    doubts = {("untidy", name): pl.col(name).str.contains(UNTIDY) for name in _plain_texts(kind)}
    for column in columns:
        if column.type == "text" and is_identifier(column):
            doubts["scientific_notation", column.name] = pl.col(column.name).str.contains(SCIENTIFIC)
            doubts["rounded_number", column.name] = pl.col(column.name).str.contains(ROUNDED)
        if column.type == "text":
            doubts[DAMAGED, column.name] = pl.col(column.name).is_in(EXCEL_ERRORS)
            doubts["partly_struck", column.name] = pl.col(column.name).str.contains(STRUCK)
    for rule in contract(kind).row_rules:
        broken = pl.col(rule.requires).is_not_null() & pl.col(rule.needs).is_null()
        doubts[f"rule:{rule.code}", rule.needs] = broken
    return doubts


def _names_beside(kind: str, name: str, raw: pl.DataFrame) -> pl.Series | None:
    """The names of the persons whose identity numbers stand in a column; None for another column."""
    of = [column.name for column in contract(kind).columns if column.personal == "name"]
    return raw[of[0]] if of and contract(kind).column(name).personal == "id_number" else None


def _settle_doubts(columns: Columns, kind: str, odd: Set[str]) -> None:
    """Tidy the columns that need it; faults for rows that break a rule and for values whose original is lost.

    Of columns of text only those in `odd` need a look.
    """
    doubts = {
        (code, name): doubt for (code, name), doubt in _doubts(kind).items() if name in odd or code.startswith("rule:")
    }
    if not doubts:
        return
    answers = columns.raw.select_seq(doubt.any().alias(str(place)) for place, doubt in enumerate(doubts.values())).row(
        0
    )
    for ((code, name), doubt), answer in zip(doubts.items(), answers, strict=True):
        if answer and code == "untidy":
            texts = columns.raw[name]
            untidy = texts.str.contains(UNTIDY).fill_null(value=False)
            columns.typed[name] = _tidied(texts, untidy)
            columns.note(name, texts, untidy, {"": ("tidied_text",)})
        elif answer and code == "rounded_number":
            texts = columns.raw[name]
            wrong = doubtful(texts, _names_beside(kind, name, columns.raw))
            places = texts.is_in(list(wrong)).fill_null(value=False).arg_true() if wrong else ()
            columns.faults.extend(Fault(place, name, wrong[texts[place]]) for place in places)
        elif answer:
            places = columns.raw.select(doubt.fill_null(value=False).arg_true()).to_series()
            columns.faults.extend(Fault(place, name, code) for place in places)


def _tidied(texts: pl.Series, untidy: pl.Series) -> pl.Series:
    """`tidy` of the texts at `untidy`, all of which it changes."""
    if untidy.sum() < FEW or texts.str.contains(BROKEN).any():
        return changed(texts, untidy, {text: tidy(text) for text in texts.filter(untidy).unique()})
    return texts.str.replace_many(*FOLDED).str.strip_chars(STRIPPED)


def tidy(text: str) -> str:
    """Half-width letters, digits, brackets and spaces; no line breaks or tabs."""
    return re.sub(r"\s*[\r\n\t]+\s*", "", fold_width(text)).strip(STRIPPED)


def _amounts_among(kind: str, column: Column, columns: Columns) -> pl.Series:
    """The places of a column that hold amounts of money; a table of counts and amounts says which by its items."""
    amounts = columns.raw[column.name].is_not_null()
    for item in contract(kind).columns:
        terms = vocabulary(item.vocabulary) if column.type == "number" and item.vocabulary else ()
        if yuan := [term.value for term in terms if term.yuan]:
            amounts &= columns.typed[item.name].is_in(yuan).fill_null(value=False)
    return amounts


def _under_units(
    kind: str, column: Column, columns: Columns, usual: pl.Series, unit: str | None, of_rows: pl.Series | None
) -> pl.Series:
    """The values of a column under a unit, or under one row by row: every amount by the law and its unit, counts as
    they stand."""
    amounts = _amounts_among(kind, column, columns)
    stated = pl.repeat(unit, usual.len(), dtype=pl.String, eager=True)
    if of_rows is not None:
        stated = pl.select(pl.coalesce(of_rows, stated)).to_series()
    scaled = amounts & (stated != YUAN).fill_null(value=False)
    values = usual.zip_with(~scaled, usual.clear(usual.len()))
    for each in stated.filter(scaled).unique():
        values = _by_law(column, columns, values, scaled & (stated == each), each)
    plain = columns.raw[column.name].is_not_null() & usual.is_null() & ~scaled
    return _by_law(column, columns, values, plain, None)


def _grouped(column: Column, columns: Columns, usual: pl.Series, places: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The usual values and those with thousands set apart, as their law reads them; and the places still open."""
    raw = columns.raw[column.name]
    values = grouped_amounts(raw.set(~places, None))
    found = values.is_not_null()
    columns.note(column.name, raw, found, {"": ("number_form",)} if found.any() else {})
    return values.zip_with(found, usual), places & ~found


def _by_law(column: Column, columns: Columns, usual: pl.Series, places: pl.Series, unit: str | None) -> pl.Series:
    """The usual values, and the law's reading of the texts at `places`; what it cannot read becomes a fault."""
    raw = columns.raw[column.name]
    if column.type in ("amount", "number") and unit is None:
        usual, places = _grouped(column, columns, usual, places)
    read, unreadable = law(column, unit, columns.day_zero), {}
    results: dict[str, Any] = {}
    codes: dict[str, tuple[str, ...]] = {}
    distinct = Distinct(raw.set(~places, None))
    for text in distinct.texts:
        try:
            results[text], codes[text] = read(text)
        except UnreadableError as error:
            unreadable[text] = error.code
    if unreadable:
        texts = raw.to_list()
        wrong = raw.is_in(list(unreadable)) & places
        columns.faults.extend(Fault(place, column.name, unreadable[texts[place]]) for place in wrong.arg_true())
    columns.note(column.name, raw, places, codes)
    return usual.zip_with(~places, distinct.spread(results, DTYPES[column.type])) if results else usual


def _numbers(column: Column, columns: Columns, usual: pl.DataFrame) -> dict[str, pl.Series]:
    """A case number's lake columns and `<column>_prefix`; the grammar is asked about numbers not in normal form."""
    name = column.name
    texts = columns.raw[name]
    status, prefix, number = usual[f"{name}_status"], usual[f"{name}_prefix"], texts
    if status.null_count() > texts.null_count():
        parsed = case_numbers.parse_column(texts)
        number, status, prefix = parsed["number"], parsed["status"], parsed["prefix"]
        changed = (number != texts).fill_null(value=False)
        if changed.any():
            odd = texts.filter(changed).unique().to_list()
            columns.note(name, texts, changed, dict.fromkeys(odd, ("case_number_form",)))
    return {name: number, f"{name}_raw": texts, f"{name}_status": status, f"{name}_prefix": prefix}


def _unread(raw: pl.DataFrame, usual: pl.DataFrame) -> pl.DataFrame:
    """Of each column with texts that are not in the usual form, where they stand; asked of all columns at once."""
    names = [name for name in usual.columns if name in raw.columns]
    open_names = [name for name in names if usual[name].null_count() > raw[name].null_count()]
    return pl.DataFrame([usual[name].is_null() & raw[name].is_not_null() for name in open_names])


def type_columns(
    kind: str,
    raw: pl.DataFrame,
    units: dict[str, str],
    by_row: Mapping[str, pl.Series] | None = None,
    day_zero: int = 0,
) -> Columns:
    """Type a chunk's cleaned columns. Text and case numbers never fault, other than by being visibly damaged.

    `units` are the units of amount columns, `by_row` those of single rows (null: none stated).
    """
    usual = usual_values(kind, raw)
    odd = _odd_columns(kind, raw, usual)
    valued, notes, in_place = without_placeholders(contract(kind), raw, odd)
    two = joined(kind, valued, odd)
    bare, worn = undressed_columns(kind, valued, odd)
    if bare is not raw:
        raw, usual = bare, usual_values(kind, bare)
    columns = Columns(raw, {}, notes=[*notes, *worn], day_zero=day_zero, odd=odd)
    columns.faults += [Fault(place, name, code) for place, name, code in in_place]
    columns.faults += [Fault(place, name, "two_identifiers") for name, places in two.items() for place in places]
    columns.typed = {name: raw[name] for name in _plain_texts(kind)}
    unread = _unread(raw, usual)
    for column in contract(kind).columns:
        if column.type in DTYPES:
            values, unit, of_rows = usual[column.name], units.get(column.name), (by_row or {}).get(column.name)
            if unit or of_rows is not None:
                values = _under_units(kind, column, columns, values, unit, of_rows)
            elif column.name in unread.columns:
                values = _by_law(column, columns, values, unread[column.name], None)
            columns.typed[column.name] = values
        elif column.type == "case_number":
            columns.typed |= _numbers(column, columns, usual)
    _settle_doubts(columns, kind, odd)
    return columns
