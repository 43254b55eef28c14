"""Sentences whose figures and comparisons are claims: what is said, where in the sentence, and about what.
Whether a claim is true is for the check; the wording is in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Any

from dashboards.texts import counted

FIGURE = re.compile(
    r"[0-9０-９]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千万亿]+(?:个|家|件|项|位|名|成|倍|天|日|元|分之)|[多少]半|半数"
)
# Words that place, compare or praise: each is said by a claim that is proven against sets, intervals or limits, or not.
BAND = "首段|末段|前列|后列|靠前|靠后|首位|末位|倒数|末尾|居首|垫底|最高(?!人民法院)|最低|最好|最差"
CHANGE = "上升|下降|提高|降低|增长|增加|减少|回升|回落|持平|好转|向好|变差|改善|恶化|进步|退步"
STANDING = "高于|低于|优于|劣于|领先|落后|偏高|偏低|突出|优秀|优异|先进|滞后|薄弱|达标"
ENGLISH = (
    r"\b(?:rose|fell|rise[sn]?|fall(?:s|en)?|higher|lower|highest|lowest|above|below|best|worst|increased?|decreased?"
    r"|unchanged|improved|worsened|deteriorated|better|worse|ahead|behind|top|bottom|excellent|outstanding|lagging"
    r"|met|missed|one|two|three|four|five|six|seven|eight|nine|ten|half)\b"
)
COMPARISON = re.compile("|".join((BAND, CHANGE, STANDING, ENGLISH)), re.I)


@dataclass(frozen=True)
class Claim:
    """`text` is what the reader sees; `kind` and `about` say what it asserts, for the check to find out anew."""

    kind: str
    text: str
    about: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Statement:
    """A text with its claims at their places; places do not overlap and are in order."""

    text: str
    claims: tuple[tuple[int, Claim], ...] = ()

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Statement) -> Statement:
        start = len(self.text)
        return Statement(self.text + other.text, self.claims + tuple((start + at, claim) for at, claim in other.claims))


Part = Claim | Statement | str


def statement(part: Part) -> Statement:
    """A part as a statement of its own."""
    if isinstance(part, Claim):
        return Statement(part.text, ((0, part),))
    return part if isinstance(part, Statement) else Statement(part)


def compose(template: str, **parts: Part) -> Statement:
    """A phrase of the catalogue with claims or statements in its places."""
    whole = Statement("")
    for literal, name, forms, _ in Formatter().parse(template):
        whole = whole + Statement(literal)
        if name:
            whole = whole + (_counted(statement(parts[name]), forms) if forms else statement(parts[name]))
    return whole


def _counted(amount: Statement, forms: str) -> Statement:
    """The number with the form that goes with it, or that form alone."""
    said = counted(amount.text, forms)
    return Statement(said) if forms.startswith("-") else amount + Statement(said.removeprefix(amount.text))


def join(parts: Iterable[Part], between: str) -> Statement:
    """Parts one after the other with a separator."""
    whole = Statement("")
    for index, part in enumerate(parts):
        whole = whole + Statement(between if index else "") + statement(part)
    return whole


def uncovered(said: Statement) -> list[str]:
    """Figures and words of comparison that stand outside every claim; claims that are not where they say."""
    rest, faults = list(said.text), []
    for at, claim in said.claims:
        if said.text[at : at + len(claim.text)] != claim.text:
            faults.append(f"“{claim.text}” 不在原位 · is not where its claim says: {said.text}")
        rest[at : at + len(claim.text)] = "\x00" * len(claim.text)
    outside = "".join(rest)
    for pattern in (FIGURE, COMPARISON):
        faults += [f"“{hit.group()}” 没有依据 · no claim covers it: {said.text}" for hit in pattern.finditer(outside)]
    return faults
