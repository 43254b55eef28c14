"""A chunk's accepted texts as the lake keeps them: the rare ones that need it are looked at one by one.
What one text becomes is said by `values`; the columns that hold persons are masked and hashed by `persons`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from grammar import case_numbers
from grammar.names import PLAIN, persons_in
from grammar.numbers import DIGITS_ALONE, SUSPECT, WITH_A_DAY
from pipelines.extracts.contracts import Column, Contract, contract
from pipelines.extracts.masking.values import Key, identifier, is_identifier, is_number_of_a_case, kept_text
from pipelines.extracts.stacking import asked

FEW = 1_000_000
FOREIGN = r"[^\x00-\x7f]"  # in an identifier: words, or digits of other widths
# A number of an enforcement case, in whatever brackets: no name has a place in it, and no run of digits is long.
SETTLED = (
    rf"^[（(〔\[【]?[0-9]{{4}}[）)〕\]】]? ?(?:最高法|[{case_numbers.PROVINCES}](?:[0-9]{{4}}|[0-9]{{2}})?)"
    rf"(?:{'|'.join(case_numbers.ENFORCEMENT_TYPES)}) ?第?[0-9]{{1,7}}号?$"
)


def _identifiers_looked_at(texts: pl.Series) -> pl.Series:
    alone = texts.str.contains(DIGITS_ALONE)
    if alone.all() and not texts.null_count():
        return texts.str.contains(WITH_A_DAY)
    looked = texts.set(alone, None).str.contains(f"{FOREIGN}|{SUSPECT}").fill_null(value=False)
    return looked | (alone & texts.str.contains(WITH_A_DAY)).fill_null(value=False) if alone.any() else looked


def _numbers_looked_at(texts: pl.Series) -> pl.Series:
    return (~texts.str.contains(SETTLED)).fill_null(value=False)


def _looked_at(frame: pl.DataFrame, columns: dict[str, Column]) -> dict[str, pl.Series]:
    """Which texts of each column have to be looked at, whoever is in their row."""
    identifiers = [name for name, column in columns.items() if is_identifier(column)]
    numbers = [name for name, column in columns.items() if name not in identifiers and is_number_of_a_case(column)]
    found = {answer.name: answer for answer in asked(frame, identifiers, _identifiers_looked_at)}
    found |= {answer.name: answer for answer in asked(frame, numbers, _numbers_looked_at)}
    return {name: found[name] if name in found else frame[name].is_not_null() for name in columns}


@lru_cache(maxsize=1 << 14)
def _kept_by_form(kind: str, name: str, text: str) -> str | None:
    """A text of a column that is no identifier, as it is kept; None where that is as it was."""
    column = contract(kind).column(name)
    status = case_numbers.parse(text).status if is_number_of_a_case(column) else ""
    kept = kept_text(column, text, bytes, (), status)
    return None if kept == text else kept


def _by_form(kind: str, column: Column, texts: pl.Series, looked: pl.Series, key: Key) -> pl.Series:
    """The column with every text that needs it replaced, one time for all rows that have it."""
    changed = {}
    for text in texts.filter(looked).unique().to_list():
        kept = identifier(text, key) if is_identifier(column) else _kept_by_form(kind, column.name, text)
        if kept is not None and kept != text:
            changed[text] = kept
    return texts.replace(list(changed), list(changed.values())) if changed else texts


def _named_in(texts: pl.Series, names: Sequence[pl.Series]) -> pl.Series:
    """Those of some different texts in which a name of the chunk stands. Most cells are one plain name."""
    cells = pl.concat(names).drop_nulls().unique()
    plain = cells.str.contains(PLAIN)
    known = [name for name in cells.filter(plain).to_list() if len(name) > 1] + persons_in(cells.filter(~plain))
    together = "\n".join(texts.to_list())
    if len(together) * len(known) <= FEW:  # an automaton of many names costs more than looking for each
        known = [name for name in known if name in together]
    return texts.filter(texts.str.contains_any(known)) if known else texts.clear()


def _of_the_row(texts: pl.Series, places: Sequence[int], names: Sequence[pl.Series]) -> pl.Series:
    """The texts without the names that stand in their own row; `places` are the rows that may hold one."""
    changed = []
    for place in places:
        text = str(texts[place])
        for name in persons_in(cell[place] for cell in names):
            text = text.replace(name, name[0] + "**")
        changed.append(text)
    return texts.clone().scatter(places, changed)  # scatter writes into its series


def _without_own_names(free: dict[str, pl.Series], looked: dict[str, pl.Series], names: Sequence[pl.Series]) -> None:
    """Take the persons of their own rows out of the texts that are looked at. One question for all different texts."""
    open_texts = {name: texts.filter(looked[name]).unique() for name, texts in free.items() if looked[name].any()}
    if not open_texts or not names:
        return
    naming = _named_in(pl.concat(list(open_texts.values())).unique(), names)
    for name in open_texts if naming.len() else ():
        places = free[name].is_in(naming.to_list()).fill_null(value=False).arg_true().to_list()
        if places:
            free[name] = _of_the_row(free[name], places, names)


def kept_frame(rules: Contract, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """The frame with its texts as the lake keeps them; names still stand in clear beside them, as `_<column>`."""
    columns = {
        name: column
        for column in rules.columns
        if not column.personal and column.type in ("text", "case_number")
        for name in (column.name, f"{column.name}_raw")
        if name in frame.columns and frame[name].null_count() < frame.height
    }
    looked = _looked_at(frame, columns)
    free = {name: frame[name] for name, column in columns.items() if not is_identifier(column)}
    _without_own_names(
        free, looked, [frame[f"_{column.name}"] for column in rules.columns if column.personal == "name"]
    )
    kept = [
        _by_form(rules.kind, column, free.get(name, frame[name]), looked[name], key).alias(name)
        for name, column in columns.items()
        if looked[name].any()
    ]
    return frame.with_columns(kept) if kept else frame
