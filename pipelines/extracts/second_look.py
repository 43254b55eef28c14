"""A second look at typed columns: counts that are none, amounts beyond reason, references that follow the numbering.
Only what a column's own law cannot know; how one value is read belongs to `values`."""

from __future__ import annotations

import re
from itertools import pairwise

import polars as pl

from grammar import case_numbers
from pipelines.extracts.columns import Columns, Fault
from pipelines.extracts.contracts import Column, Contract, vocabulary
from pipelines.extracts.conversions import noted
from pipelines.extracts.values import ABSURD_AMOUNT, fold_width

_MAY_BE_TWO = r"号.*号|[0-9０-９]\s+[0-9０-９]|[、，,;；至~～/\r\n]"
_NUMBER = re.compile(
    r"[(\[〔【]?(?:19|20)\d\d[)\]〕】]?[\u4e00-\u9fff][^\s()、,;]{0,14}?\d{1,7}(?:号|(?=[\s、,;/(\[〔【和及与]|$))",
    re.ASCII,
)
_BETWEEN = re.compile(r"[\s、,;/和及与至~]*")
_MORE = re.compile(r"\d号?[、,;至~\r\n][^\d\s()\[\]]{0,4}\d{1,7}号", re.ASCII)
USUAL = case_numbers.NORMAL_FORM.replace("（", r"\(").replace("）", r"\)")


def _is_money(rules: Contract, columns: Columns) -> pl.Series:
    """Which rows of a table of counts and amounts hold an amount: their item says so."""
    yuan = pl.repeat(value=False, n=columns.raw.height, eager=True)
    for item in rules.columns:
        terms = vocabulary(item.vocabulary) if item.vocabulary else ()
        if values := [term.value for term in terms if term.yuan]:
            yuan |= columns.typed[item.name].is_in(values).fill_null(value=False)
    return yuan


def _look_at_number(rules: Contract, column: Column, columns: Columns) -> None:
    values, money = columns.typed[column.name], _is_money(rules, columns)
    wrong = {
        "not_an_integer": ~money & (values != values.floor()),
        "negative_count": ~money & (values < 0),
        "negative_amount": money & (values < 0),
        "absurd_amount": money & (values >= ABSURD_AMOUNT),
    }
    for code, places in wrong.items():
        columns.faults += [Fault(place, column.name, code) for place in places.fill_null(value=False).arg_true()]


def _look_at_reference(column: Column, columns: Columns) -> None:
    """Put a number that refers to another case into normal form, so that the two are found to be one.

    Brackets stay half-width, as in every tidied text.
    """
    texts = columns.typed[column.name]
    odd = texts.filter(~texts.str.contains(USUAL).fill_null(value=True)).unique().to_list()
    parsed = {text: case_numbers.parse(text) for text in odd}
    normal = {
        text: number.text.replace("（", "(").replace("）", ")")
        for text, number in parsed.items()
        if number.status != "unparsed"
    }
    mended = {text: number for text, number in normal.items() if number != text}
    if mended:
        columns.typed[column.name] = texts.replace(list(mended), list(mended.values()))
        columns.notes.append(
            noted(column.name, texts, texts.is_in(list(mended)), dict.fromkeys(mended, ("case_number_form",)))
        )


def holds_two_numbers(text: str) -> bool:
    """Whether a text holds the numbers of two cases: one after the other, or 执5、6号. What stands in brackets behind a
    number, as 原案号, speaks of the same case."""
    bare = re.sub(r"[ \t]+", "", fold_width(text))
    if case_numbers.is_split(text) or _MORE.search(bare):
        return True
    found = list(_NUMBER.finditer(bare))
    return any(
        one.group() != other.group() and _BETWEEN.fullmatch(bare[one.end() : other.start()])
        for one, other in pairwise(found)
    )


def _look_for_two(column: Column, columns: Columns) -> None:
    """Of a reference nothing else tells: a row's own number that holds two is labelled by its status."""
    texts = columns.raw[column.name]
    may = texts.str.contains(_MAY_BE_TWO).fill_null(value=False)
    two = [text for text in texts.filter(may).unique() if holds_two_numbers(text)] if may.any() else []
    for place in texts.is_in(two).arg_true() if two else ():
        columns.faults.append(Fault(place, column.name, "two_identifiers"))


def look_again(rules: Contract, columns: Columns) -> None:
    """Add the faults and the normal forms that a second look finds."""
    for column in rules.columns:
        if column.type == "number":
            _look_at_number(rules, column, columns)
        elif column.type == "text" and column.name.endswith("case_number"):
            _look_at_reference(column, columns)
            _look_for_two(column, columns)
