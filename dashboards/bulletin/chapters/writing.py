"""What every chapter writes with: the catalogue, the claims, numbering, and which indicators stand in the body.
What a chapter says belongs to the chapter."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboards.bulletin.blocks import HeadCell, Heading
from dashboards.bulletin.called_claims import CalledClaims
from dashboards.bulletin.claims import Claim, Part, Statement, compose, join, statement
from dashboards.bulletin.editions import RANK
from dashboards.bulletin.facts import GROUPS, Facts, Key, reported
from dashboards.bulletin.target_claims import TargetClaims
from dashboards.bulletin.written_claims import objected
from dashboards.findings import COMPOSITE, CORE

IN_TABLE = ("QX02", "QX03", "QX06")
NUMERALS = "〇一二三四五六七八九十"


def drawn_width(text: str) -> int:
    """In half characters: a Chinese character counts two."""
    return sum(1 + (sign > "\u2e7f") for sign in text)


def measured(head: list[HeadCell], rows: list[list[Statement]]) -> list[float]:
    """What each column needs: its longest text, or the longest word of its head."""
    columns = zip(*([cell.text for cell in row] for row in rows), strict=True)
    words = (cell.said.text.split() for cell in head)
    return [2 + max(map(drawn_width, (*texts, *said))) for texts, said in zip(columns, words, strict=True)]


@dataclass
class Writing:
    """The facts with the means to speak of them, and the counters of headings, tables and figures."""

    facts: Facts
    says: CalledClaims
    aims: TargetClaims
    counters: dict[str, int] = field(default_factory=dict)

    def text(self, phrase: str, /, **parts: Part) -> Statement:
        """A phrase of the bulletin's section with its places filled."""
        return compose(self.facts.t(f"bulletin.{phrase}"), **parts)

    def word(self, phrase: str) -> Statement:
        return Statement(self.facts.t(phrase))

    def one(self, claim: Claim) -> Statement:
        return statement(claim)

    def figure(self, key: Key) -> Statement:
        """An indicator's value in a table, marked where few records carry it, it was restated or is under objection."""
        shown = self.valued(key, is_brief=True)
        if key in self.facts.restated:
            shown = shown + self.one(self.says.restated(key))
        return shown + self.one(objected(self.facts.t, key)) if key in self.facts.written.objected else shown

    def valued(self, key: Key, *, is_brief: bool = False) -> Statement:
        """A value; where few records carry the amount, also without its largest one, or brief with its mark."""
        shown, without = self.one(self.says.value(key)), self.says.without(key)
        if without is None:
            return shown
        return shown + (self.one(self.says.rests(key)) if is_brief else self.text("without", value=without))

    def noted(self, note: Statement) -> Statement:
        """A table's note with what the mark of an amount means that few records carry, where the month has any."""
        if not any(self.says.rests_on_few(key) for key in self.facts.now):
            return note
        return join(
            [part for part in (note, self.text("concentrated_note")) if part.text], "" if self.is_chinese else " "
        )

    def chapter(self, phrase: str) -> Heading:
        """一、 … in Chinese, 1. in English."""
        self.counters["section"] = 0
        number = self.next("chapter")
        return Heading(1, f"{NUMERALS[number]}、" if self.is_chinese else f"{number}.", self.text(phrase))

    def section(self, said: Statement) -> Heading:
        """（一） … in Chinese, 1.1 in English."""
        number = self.next("section")
        marked = f"（{NUMERALS[number]}）" if self.is_chinese else f"{self.counters['chapter']}.{number}"
        return Heading(2, marked, said)

    def next(self, counter: str) -> int:
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return self.counters[counter]

    def label(self, counter: str) -> str:
        """表1, 图1: the running number of a table or figure."""
        space = "" if self.is_chinese else " "
        return f"{self.facts.t(f'bulletin.{counter}')}{space}{self.next(counter)}"

    @property
    def is_chinese(self) -> bool:
        return self.facts.t.lang == "zh"

    @property
    def comma(self) -> str:
        return self.facts.t("word.comma")

    @property
    def semicolon(self) -> str:
        return "；" if self.is_chinese else "; "

    def core(self, wanted: tuple[str, ...] = CORE) -> list[str]:
        """The wanted indicators that the snapshot has; its first ones if it has none of them."""
        known = [code for code in wanted if code in self.facts.indicators]
        return known or sorted(self.facts.indicators)[: len(wanted)]

    def groups(self) -> list[str]:
        """Peer groups of the bulletin that have courts."""
        return [group for group in reported(self.facts.groups) if self.facts.of_group(group)]

    def is_ranked(self, group: str) -> bool:
        """In the rank edition, a group of at least two, for one court alone has no rank; of an installation's own
        groups, one in which enough courts could be ranked."""
        if self.facts.edition != RANK:
            return False
        if group in GROUPS:
            return len(self.facts.of_group(group)) > 1
        return self.says.ranked_count(group, COMPOSITE).text != "0"

    def group(self, group: str) -> Statement:
        """The group's name: an installation has groups of its own, and may call the product's otherwise."""
        return self.one(self.says.group(group))

    def scope(self, group: str) -> str:
        return str(self.facts.groups[group]["scope_code"])

    def head(self, phrase: str, columns: int = 1, rows: int = 1) -> HeadCell:
        return HeadCell(self.text(phrase), columns, rows)
