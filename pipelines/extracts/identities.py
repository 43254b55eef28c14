"""Who a row speaks of, judged: numbers that are nobody's, names where numbers stand, several names at one number.
What two rows have in common if they are of one person is told by `persons`; nothing of a person is kept here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from grammar.names import FIRM, PLAIN
from pipelines.extracts.columns import Columns, Fault
from pipelines.extracts.contracts import Contract
from pipelines.extracts.conversions import noted
from pipelines.extracts.persons import LONGEST_PERSON_NAME, SHORT_NUMBER, bare_number, own_name
from pipelines.extracts.values import fold_width

# A number of which nothing has to be asked: eighteen characters with a day of birth, or as the public list has it.
USUAL = (
    "^[0-9]{6}(?:(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}|[0-9]{4}[*]{4}[0-9]{3})[0-9X]$"
)
_LONG = re.compile(USUAL)
_NOBODYS = frozenset(("", "NA", "NAN", "NONE", "NULL", "NIL"))
_NO_NUMBER = re.compile(
    "(?:身份|证件|身份证|身份证号码?|证件号码?|号码)?(?:无|没有|空|缺|不详|不明|未知|未提供|未登记|未录入|未填|未查到|待查|待补|暂无|暂缺|无法查明)"
    "(?:身份证|证件|证|号码?|身份证号码?|证件号码?)?"
)
_MAY_BE_SEVERAL = "[、，,;；\r\n]|[0-9０-９]{6}"
_SEVERAL, _NOTE = re.compile("[、，,;；\r\n]+"), re.compile(r"[（(\[【〔《<][^）)\]】〕》>]*[）)\]】〕》>]?")
_PERSON = re.compile("[\u3400-\u9fff]{2,4}")
_SHORTEST, _LONGEST = 6, 18  # characters of a number
_LOOKS_LIKE = str.maketrans("OILZ", "0112")  # letters that are written for digits
_FIRMS_OLD_NUMBER = 15  # digits of the register of firms before 2015
_WHOLE = "^[0-9A-Z]{17}[0-9A-Z]$"
LENGTH, BIRTH, LETTERS, WORDS = "number_length", "number_birth", "number_letters", "name_as_number"


def _is_of_a_person(name: str | None) -> bool:
    return name is not None and (len(name) <= LONGEST_PERSON_NAME or "·" in name) and not FIRM.search(name)


@lru_cache(maxsize=1 << 14)
def number_fault(name: str | None, number: str) -> str | None:
    """Why a number is nobody's: "" for a word that says there is none, None for one that may be somebody's."""
    bare = bare_number(number)
    if any(unicodedata.category(letter) == "No" for letter in number):  # ¹, ①: marks of notes that would become digits
        return LETTERS
    if "*" in bare or _LONG.fullmatch(bare):
        return None
    if not re.search("[0-9A-Z]", bare) or bare in _NOBODYS or not bare.strip("0"):
        folded = re.sub(r"\s+", "", fold_width(number))
        return WORDS if re.search("[\u3400-\u9fff]", folded) and not _NO_NUMBER.fullmatch(folded) else ""
    if len(bare) < _SHORTEST or len(bare) > _LONGEST:
        return LENGTH
    if not re.fullmatch("[0-9]+X?", bare):
        return LETTERS if _LONG.fullmatch(bare.translate(_LOOKS_LIKE)) else None
    return _digits_fault(name, bare)


def _digits_fault(name: str | None, bare: str) -> str | None:
    """What is wrong with digits alone; a firm's need no day of birth."""
    if len(bare) in (_LONGEST - 2, _LONGEST - 1) or len(set(bare)) == 1:
        return LENGTH if len(bare) != _LONGEST else BIRTH
    if not _is_of_a_person(name):
        return None
    if len(bare) == _FIRMS_OLD_NUMBER:
        return None if SHORT_NUMBER.fullmatch(bare) else BIRTH
    return BIRTH if len(bare) == _LONGEST else None


@lru_cache(maxsize=1 << 14)
def name_fault(name: str, number: str | None) -> str | None:
    """Why a name is not one person's: a number stands there, or several names beside one number."""
    if re.search("[0-9]{15}", re.sub(r"\s+", "", fold_width(name))) or re.fullmatch(r"[\d\s*Xx]{6,}", name):
        return "number_as_name"
    parts = [part.strip() for part in _SEVERAL.split(_NOTE.sub("", name)) if part.strip()]
    named = [part for part in parts if _PERSON.fullmatch(re.sub(r"\s+", "", part)) or FIRM.search(part)]
    return "several_names" if number and len(named) > 1 and len(named) == len(parts) else None


def _personal(rules: Contract, personal: str) -> str | None:
    return next((column.name for column in rules.columns if column.personal == personal), None)


def look_at_persons(rules: Contract, columns: Columns) -> None:
    """Add the faults of the person whom each row names; words that say that there is no number are taken as none."""
    number, name = _personal(rules, "id_number"), _personal(rules, "name")
    if number is None:
        return
    raw = columns.raw
    names = raw[name] if name else pl.Series([None], dtype=pl.String).new_from_index(0, raw.height)
    faulted = {fault.place for fault in columns.faults if fault.column == number}
    nobody: list[int] = []
    forms: dict[str, str] = {}
    for place in (~raw[number].str.contains(USUAL)).fill_null(value=False).arg_true():
        code = None if place in faulted else number_fault(names[place], raw[number][place])
        if code:
            columns.faults.append(Fault(place, number, code))
        elif code == "":
            nobody.append(place)
        elif place not in faulted and (bare := bare_number(raw[number][place])) != raw[number][place]:
            forms[raw[number][place]] = bare
    odd = names.str.contains(_MAY_BE_SEVERAL).fill_null(value=False)
    for place in odd.arg_true():
        if code := name_fault(names[place], raw[number][place]):
            columns.faults.append(Fault(place, name, code))
    if forms:
        odd = raw[number].is_in(list(forms)).fill_null(value=False)
        columns.notes.append(noted(number, raw[number], odd, dict.fromkeys(forms, ("identity_form",)), forms))
    if nobody:
        _take_none(columns, number, nobody)


def _take_none(columns: Columns, number: str, nobody: list[int]) -> None:
    texts = columns.raw[number]
    places = pl.select(pl.int_range(texts.len()).is_in(nobody)).to_series()
    words = texts.filter(places).unique().to_list()
    columns.notes.append(noted(number, texts, places, dict.fromkeys(words, ("no_value",)), dict.fromkeys(words, "")))
    columns.raw = columns.raw.with_columns(texts.set(places, None).alias(number))


@dataclass
class NamesOfNumbers:
    """Under which names the whole numbers of one file stand, as hashes, each with the row where it was met first."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    def add(self, rules: Contract, accepted: pl.DataFrame) -> None:
        """Take the persons of a chunk's accepted rows (`_<column>` in clear, `_row_number`)."""
        number, name = _personal(rules, "id_number"), _personal(rules, "name")
        if number is None or name is None:
            return
        known = accepted.select(number=pl.col(f"_{number}").str.to_uppercase(), name=f"_{name}", row="_row_number")
        known = known.filter(pl.col("number").str.contains(_WHOLE) & pl.col("name").is_not_null())
        odd = known["name"].filter(~known["name"].str.contains(PLAIN)).unique().to_list()
        own = known["name"].replace(odd, [own_name(text) for text in odd]) if odd else known["name"]
        found = known.select(pl.col("number").hash(), own.hash().alias("name"), "row")
        self.parts.append(found.unique(["number", "name"], keep="first", maintain_order=True))

    def at_odds(self) -> list[int]:
        """The rows, one for each name, of numbers that stand under several names."""
        if not self.parts:
            return []
        known = pl.concat(self.parts).unique(["number", "name"], keep="first", maintain_order=True)
        return sorted(known.filter(pl.col("name").n_unique().over("number") > 1)["row"].to_list())
