"""Which court a delivered row means: by code, by name, by dated alias, or by the court part of its case number.
The register is the seeds courts.csv and court_aliases.csv, in which courts come, go and are called anew; a name never
wins against other evidence in the row."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipelines.extracts.court_service import FIRST_DAY, LAST_DAY, Alias, Service, are_apart, services, stated_day
from pipelines.extracts.values import fold_width

SUPREME_COURT = "最高法"  # its numbers say nothing about a province


class Resolution(NamedTuple):
    """The court found and how (`code`, `name`, `alias`, `case_number`, `case`), or the fault that prevents it."""

    court_code: str | None
    source: str | None = None
    fault: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


def _name_key(text: str) -> str:
    return re.sub(r"\s+", "", fold_width(text))


@dataclass
class CourtRegister:
    """The courts of the seeds, looked up by code, name, alias and case-number prefix."""

    fingerprint: str = ""
    names: dict[str, str] = field(default_factory=dict)  # code → present full name
    prefix_of: dict[str, str] = field(default_factory=dict)  # code → case-number prefix
    by_code: dict[str, str] = field(default_factory=dict)  # upper case → code
    by_name: dict[str, str] = field(default_factory=dict)
    lowest: set[str] = field(default_factory=set)  # courts that deliver for nobody but themselves
    short_names: dict[str, str] = field(default_factory=dict)  # as files are named after them
    by_alias: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))
    by_prefix: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parent_of: dict[str, str] = field(default_factory=dict)
    service: dict[str, Service] = field(default_factory=dict)

    def heirs(self, code: str) -> set[str]:
        """The court, those that took its cases over, and those set up out of it: whose case numbers begin as its do."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += [own.successor] if (own := self.service.get(at)) and own.successor else []
                waiting += [other for other, said in self.service.items() if said.predecessor == at]
        return found

    def _serving(self, code: str, first: date, last: date) -> str:
        """Who has the court's cases in these days: itself, its successor afterwards, its predecessor before."""
        passed: set[str] = set()
        while code not in passed and (said := self.service.get(code)):
            passed.add(code)
            if said.ends < first and said.successor:
                code = said.successor
            elif said.begins > last and said.predecessor:
                code = said.predecessor
        return code

    def courts_of(self, text: str) -> frozenset[str] | None:
        """The courts of the region that a text names, by the tree of courts; None for what is no region of several."""
        return self._regions.get(_name_key(text))

    @cached_property
    def _regions(self) -> dict[str, frozenset[str]]:
        """Province, prefecture and the like, as their courts are named after them → the courts below and the one above.

        Where two regions bear a name, it names neither.
        """
        found: dict[str, set[frozenset[str]]] = defaultdict(set)
        names = [*self.names.items(), *((code, name) for name, code in self.by_name.items())]
        names += [(alias.court_code, name) for name, aliases in self.by_alias.items() for alias in aliases]
        for code in {*self.parent_of.values()}:
            below = frozenset(each for each in self.names if code in self._above(each))
            for name in {name for of, name in names if of == code}:
                place = re.sub(r"(?:中级|高级)?(?:人民)?法院$", "", name)
                for form in {place, re.sub(r"(?<=.{2})(?:省|市|州|地区)$", "", place)}:
                    found[form].add(below)
        return {name: next(iter(below)) for name, below in found.items() if len(below) == 1 and len(name) > 1}

    def _above(self, code: str) -> set[str]:
        """A court and those above it. A tree that runs in a circle ends where it began."""
        found: set[str] = set()
        at: str | None = code
        while at and at not in found:
            found.add(at)
            at = self.parent_of.get(at)
        return found

    def named_in(self, text: str) -> list[str]:
        """The courts whose name or code stands in a text such as a file's name, in order of their codes."""
        key, found = _name_key(text), set()
        for name, code in self._names_by_length:
            if name in key:
                found.add(code)
                key = key.replace(name, " ")
        words = re.findall(r"[A-Za-z0-9]+", key)
        codes = {self.by_code[word.upper()] for word in words if not word.isdigit() and word.upper() in self.by_code}
        return sorted(found | codes)

    @cached_property
    def _names_by_length(self) -> list[tuple[str, str]]:
        """Every name and every alias that only one court bears, the longest first."""
        alone = {name: {alias.court_code for alias in aliases} for name, aliases in self.by_alias.items()}
        names = {name: next(iter(codes)) for name, codes in alone.items() if len(codes) == 1}
        names |= {name.replace("人民法院", "法院"): code for name, code in names.items()}
        names |= self.short_names | self.by_name
        return sorted(names.items(), key=lambda entry: (-len(entry[0]), entry[0]))

    def _name(self, text: str, province: str | None, first: date, last: date) -> Resolution:
        key = _name_key(text)
        if code := self.by_name.get(key):
            return Resolution(code, "name")
        known = self.by_alias.get(key, [])
        holding = [alias for alias in known if alias.holds(first, last)]
        codes = {alias.court_code for alias in holding}
        if not known:
            return Resolution(None, fault="court_unknown")
        if not codes:
            alias = known[0]
            period = f"{alias.valid_from if alias.valid_from > FIRST_DAY else ''}—{alias.valid_to}"
            facts = (("period", period), ("name", self.names[alias.court_code]))
            return Resolution(None, fault="court_out_of_date", facts=facts)
        if len(codes) > 1 or (holding[0].is_homonym and province is None):
            return Resolution(None, fault="court_ambiguous")
        return Resolution(codes.pop(), "alias")

    def _stated(self, text: str, province: str | None, first: date, last: date) -> Resolution:
        """One court column's value: a code, or else a name that no other province's case number contradicts."""
        if code := self.by_code.get(fold_width(text).strip().upper()):
            return Resolution(code, "code")
        found = self._name(text, province, first, last)
        if found.court_code and province and province != self.prefix_of[found.court_code][:1]:
            return _conflict(f"{text} — {province}")
        return found

    def resolve(self, stated: tuple[str, ...], prefix: str | None, first: date, last: date) -> Resolution:
        """The court of a row: what its court columns state (all must agree), or else its case number's prefix.

        `stated` holds the court columns' values that are not empty; `first` and `last` bound the extract month.
        """
        province = prefix[:1] if prefix and prefix != SUPREME_COURT else None
        found = [self._stated(text, province, first, last) for text in stated]
        codes = {resolution.court_code for resolution in found}
        if len(codes) > 1:
            return _conflict(" — ".join(stated))
        if found:
            return found[0]
        by_number = {self._serving(code, first, last) for code in self.by_prefix.get(prefix or "", ())}
        by_number = {code for code in by_number if self.service[code].holds(first, last)} or by_number
        if len(by_number) == 1:
            return Resolution(next(iter(by_number)), "case_number")
        return Resolution(None, fault="court_ambiguous" if by_number else "court_missing")


def _conflict(details: str) -> Resolution:
    return Resolution(None, fault="court_conflict", facts=(("details", details),))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]


def _full_names(name: str, province: str) -> set[str]:
    """The forms in which courts write a full name: with the province in front, without 人民."""
    forms = {name, name.replace("人民法院", "法院")}
    if province and not name.startswith(province):
        forms |= {province + form for form in forms}
    return forms


def _add_courts(register: CourtRegister, rows: list[dict[str, str]]) -> None:
    provinces = {
        row["case_prefix"][:1]: row["name_zh"].removesuffix("高级人民法院") for row in rows if row["level"] == "high"
    }
    register.service |= services(rows)
    bearers: dict[str, list[Alias]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.get("valid_from", "")):
        code, prefix = row["court_code"], row["case_prefix"]
        register.names[code], register.by_code[code.upper()] = row["name_zh"], code
        register.prefix_of[code] = prefix
        register.by_prefix[prefix].add(code)
        register.parent_of.pop(code, None)
        if row.get("parent_court_code"):
            register.parent_of[code] = row["parent_court_code"]
        if row.get("level") == "basic":
            register.lowest.add(code)
        if short := _name_key(row.get("short_name_zh", "")):
            register.short_names[short] = code
        own = register.service[code]
        since = max(stated_day(row.get("valid_from", ""), FIRST_DAY, last=False), own.begins)
        borne = Alias(code, since, own.ends, is_homonym=False)
        for form in _full_names(row["name_zh"], provinces.get(prefix[:1], "")):
            bearers[_name_key(form)].append(borne)
    for name, aliases in bearers.items():
        codes = {alias.court_code for alias in aliases}
        if len(codes) == 1:
            register.by_name[name] = codes.pop()
        elif any(are_apart(one, other) for one in aliases for other in aliases):
            register.by_alias[name] += aliases


def _add_aliases(register: CourtRegister, rows: list[dict[str, str]]) -> None:
    for row in rows:
        code = row["court_code"]
        if code not in register.names:
            continue
        if row["alias_prefix"]:
            register.by_prefix[row["alias_prefix"]].add(code)
        if row["alias_zh"]:
            valid_from = stated_day(row.get("valid_from", ""), FIRST_DAY, last=False)
            valid_to = stated_day(row.get("valid_to", ""), LAST_DAY, last=True)
            alias = Alias(code, valid_from, valid_to, "homonym" in row.get("note", ""))
            register.by_alias[_name_key(row["alias_zh"])].append(alias)


def load_register(seeds: Path) -> CourtRegister:
    """The register of the seeds folder. FileNotFoundError without courts.csv; aliases may be absent."""
    courts, aliases = seeds / "courts.csv", seeds / "court_aliases.csv"
    files = [path for path in (courts, aliases) if path.exists() or path is courts]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    return register_of(_rows(courts), _rows(aliases) if aliases.exists() else [], digest)


def register_of(courts: list[dict[str, str]], aliases: list[dict[str, str]], fingerprint: str = "") -> CourtRegister:
    """The register of rows of courts.csv and court_aliases.csv."""
    register = CourtRegister(fingerprint=fingerprint)
    _add_courts(register, courts)
    _add_aliases(register, aliases)
    return register
