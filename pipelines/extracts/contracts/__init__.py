"""The extract contracts as data: one TOML file per kind of extract, and the closed vocabularies.
This is the only list of delivered columns; what is done with them belongs to the modules beside this package."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

ColumnType = Literal["text", "code", "date", "timestamp", "amount", "integer", "number", "flag", "case_number", "court"]

KINDS: tuple[str, ...] = (
    "cases", "nodes", "funds", "petitions", "staffing", "rectifications", "returns", "cross_enforcements",
    "linkage", "entrustments", "auctions", "linkage_activities",
    "defaulters", "restrictions",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One value of a closed vocabulary: the value kept in the lake, its English label, other spellings.

    `yuan`: what is reported under this term is an amount of money, while others of the vocabulary are counts.
    """

    value: str
    en: str
    aliases: tuple[str, ...] = ()
    yuan: bool = False


@dataclass(frozen=True)
class Column:
    """One delivered column. `personal` is None, "name" (masked at landing) or "id_number" (keyed hash).

    `words` names the list of words that a text of few values may say (grammar/words.toml); whatever else it says may
    name a person, and is masked. A text without one is prose: in it names and numbers are looked for by their form.
    `since` is the day before which a date of the column is too long ago: that of the law, or of the systems, that the
    column's matter began with (civil procedure 1991-04-09, property reports 2008-04-01, restrictions 法释〔2010〕8号,
    the list of defaulters 法释〔2013〕17号, courts' case systems 2000).
    """

    name: str
    header: str
    type: ColumnType
    en: str
    zh: str = ""
    required: bool = False
    vocabulary: str | None = None
    personal: Literal["name", "id_number"] | None = None
    words: str | None = None
    since: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every header this column may arrive under: Chinese, English, aliases."""
        return (self.header, self.name, *self.aliases)


@dataclass(frozen=True)
class RowRule:
    """A row is rejected when `requires` is present and `needs` is absent."""

    code: str
    requires: str
    needs: str
    message_zh: str
    message_en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Contract:
    """What one kind of extract looks like; `key` identifies a record over months.

    `key_from`: what a missing key is made of, so that the same record gets the same key whenever it is delivered.
    """

    kind: str
    family: str
    name_zh: str
    name_en: str
    key: tuple[str, ...]
    grain_zh: str
    grain_en: str
    month_rule: str
    columns: tuple[Column, ...]
    key_from: tuple[str, ...] = ()
    row_rules: tuple[RowRule, ...] = field(default=())

    def column(self, name: str) -> Column:
        """The column of that name. KeyError if the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.kind} has no column {name}")

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def vocabulary(name: str) -> tuple[Term, ...]:
    """The terms of one closed vocabulary. KeyError if there is none of that name."""
    return tuple(
        Term(term["value"], term["en"], tuple(term.get("aliases", ())), term.get("yuan", False))
        for term in _read("vocabularies")[name]
    )


@cache
def contract(kind: str) -> Contract:
    """The contract of one kind of extract. KeyError if the kind is unknown."""
    if kind not in KINDS:
        raise KeyError(f"unknown kind of extract: {kind}; known: {', '.join(KINDS)}")
    data = _read(kind)
    columns = tuple(Column(**{**c, "aliases": tuple(c.get("aliases", ()))}) for c in data.pop("columns"))
    rules = tuple(RowRule(**rule) for rule in data.pop("row_rules", ()))
    return Contract(
        **{
            **data,
            "key": tuple(data["key"]),
            "key_from": tuple(data.get("key_from", ())),
            "columns": columns,
            "row_rules": rules,
        }
    )


def contracts() -> tuple[Contract, ...]:
    """All contracts, in the order in which the kinds are listed."""
    return tuple(contract(kind) for kind in KINDS)
