"""The part of CSS by which a page strikes text out or raises it: which rule's word holds for an element.
What else a style says is not asked; selectors that are not followed here are handed back, for the clerk to be asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipelines.extracts.reading.struck.css_selectors import Compound, classes, parts_of, reaches, split

_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_STRINGS = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'")
_BLOCK = re.compile(r"([^{};]*)\{|[^{};]*[;}]|[^{};]+$")
_DECLARED = re.compile(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]*)")
_RECURSED = ("media", "supports", "layer", "container", "scope", "document")
_SKIPPED = ("font-face", "page", "keyframes")
_LINES = ("text-decoration", "text-decoration-line", "text-line-through")
_RAISED = re.compile(r"(?:super|sub)\b", re.IGNORECASE)

Rank = tuple[bool, bool, int, int, int, int]  # important, inline, ids, classes, elements, order


class Said(NamedTuple):
    """What a rule's declarations say: whether they strike out (None: nothing), and whether they raise."""

    struck: bool | None = None
    raised: bool = False
    is_important: bool = False


class _Rule(NamedTuple):
    parts: tuple[tuple[str, Compound], ...]  # from the element outwards, each with the sign before it
    said: Said
    order: int

    @property
    def rank(self) -> Rank:
        ids, classes, types = (sum(part.weight[at] for _, part in self.parts) for at in range(3))
        return self.said.is_important, False, ids, classes, types, self.order


@dataclass(frozen=True)
class Rules:
    """The rules of a page that strike out or raise, and those of their kind that could not be followed."""

    by_key: Mapping[str, list[_Rule]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def marks(self) -> bool:
        """Whether a rule strikes out or raises anything."""
        return any(rule.said.struck or rule.said.raised for rules in self.by_key.values() for rule in rules)

    def of(self, element: Any) -> Iterator[tuple[Rank, Said]]:
        """What the rules say of an element, with their ranks."""
        keys = ["*", str(element.tag), *(f".{name}" for name in classes(element)), f"#{element.get('id', '')}"]
        for rule in (rule for key in keys for rule in self.by_key.get(key.casefold(), ())):
            if reaches(element, rule.parts):
                yield rule.rank, rule.said


def said_of(declarations: str) -> Said:
    """What declarations say of lines through the text, and of its place; the last word of each holds."""
    struck, raised, important = None, False, False
    for name, value in _DECLARED.findall(_COMMENTS.sub("", declarations)):
        folded = value.casefold()
        if name.casefold() in _LINES:
            is_line = "line-through" in folded or "var(" in folded
            if name.casefold() == "text-line-through":
                is_line = not folded.strip().startswith("none")
            if "!important" in folded.replace(" ", "") or not important:
                struck, important = is_line, "!important" in folded.replace(" ", "")
        elif name.casefold() == "vertical-align":
            raised = bool(_RAISED.match(folded.strip()))
    return Said(struck, raised, important)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What stands before each outermost pair of braces, and within."""
    depth, begin, before = 0, 0, ""
    for match in _BLOCK.finditer(text):
        if match[0].endswith("{"):
            if not depth:
                before, begin = match[1].strip(), match.end()
            depth += 1
        elif match[0].endswith("}"):
            depth = max(0, depth - 1)
            if not depth:
                yield before, text[begin : match.end() - 1]
                before, begin = "", match.end()
    if depth:
        yield before, text[begin:]


def rules_of(text: str, is_folded: bool = True) -> Rules:
    """The rules of a page's styles; `is_folded`: names of classes hold in any case, as in a page without a doctype."""
    found: dict[str, list[_Rule]] = defaultdict(list)
    unknown: list[str] = []
    bare = _STRINGS.sub(lambda match: re.sub("[{};]", "_", match[0]), _COMMENTS.sub("", text))
    for order, (selectors, said) in enumerate(_told(bare, unknown)):
        for selector in split(selectors):
            parts = parts_of(selector.strip(), is_folded)
            if parts is not None:
                found[parts[0][1].key.casefold()].append(_Rule(parts, said, order))
            elif said.struck or said.raised:
                unknown.append(selector.strip())
    return Rules(found, tuple(unknown))


def _told(text: str, unknown: list[str]) -> Iterator[tuple[str, Said]]:
    for before, within in _blocks(text):
        word = before.lstrip("@").partition(" ")[0].partition("(")[0].casefold() if before.startswith("@") else ""
        if word in _RECURSED:
            yield from _told(within, unknown)
        elif word:
            unknown += [before] if not word.endswith(_SKIPPED) and _marks(within) else []
        elif "{" in within:  # rules within a rule
            unknown += [before] if _marks(within) else []
        elif (said := said_of(within)) != Said():
            yield before, said


def _marks(text: str) -> bool:
    said = said_of(re.sub(r"[{}]", ";", text))
    return bool(said.struck or said.raised or "line-through" in text)
