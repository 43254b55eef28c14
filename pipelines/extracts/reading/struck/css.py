"""The part of CSS by which a page strikes text out or raises it: which rule's word holds for an element.
What else a style says is not asked; selectors that are not followed here are handed back, for the clerk to be asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2
from cssselect import HTMLTranslator, Selector, SelectorError, parse
from cssselect.parser import Class, Element, Hash
from cssselect.xpath import XPathExpr
from lxml import etree
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

_RECURSED = ("media", "supports", "layer", "container", "scope", "document")
_SKIPPED = ("font-face", "page", "keyframes", "import", "charset", "namespace")
_LINES = ("text-decoration", "text-decoration-line", "text-line-through")
# An element that a rule is tried on; some six seconds. Excel's own pages name classes alone, which are looked up.
MOST_STEPS = 10_000_000
FOLDED = "folded-"  # before the name of an attribute whose small letters it holds
_RAISED = re.compile(r"(?:super|sub)\b", re.IGNORECASE)
# Pieces in which no text of the page stands.
_OUTSIDE = ("before", "after", "selection", "marker", "placeholder")

Rank = tuple[bool, bool, int, int, int, int]  # important, inline, ids, classes, elements, order


class Said(NamedTuple):
    """What a rule's declarations say: whether they strike out (None: nothing), and whether they raise."""

    struck: bool | None = None
    raised: bool = False
    is_important: bool = False

    @property
    def marks(self) -> bool:
        return bool(self.struck or self.raised)


class _Translator(HTMLTranslator):
    """Selectors as XPath. A page that is only read is never in a state of its reader."""

    xpath_focus_within_pseudo = HTMLTranslator.pseudo_never_matches
    xpath_focus_visible_pseudo = HTMLTranslator.pseudo_never_matches
    xpath_any_link_pseudo = HTMLTranslator.xpath_link_pseudo


class _Folded(_Translator):
    """Of a page without a doctype: names of classes and ids hold in any case. `on` gives their small letters."""

    def xpath_class(self, class_selector: Class) -> XPathExpr:
        name = class_selector.class_name.casefold()
        return self.xpath_attrib_includes(self.xpath(class_selector.selector), f"@{FOLDED}class", name)

    def xpath_hash(self, id_selector: Hash) -> XPathExpr:
        return self.xpath_attrib_equals(self.xpath(id_selector.selector), f"@{FOLDED}id", id_selector.id.casefold())


class _Rule(NamedTuple):
    selector: Selector
    path: etree.XPath
    own_class: str  # of a selector that names a class and nothing else
    said: Said
    order: int

    @property
    def counts_siblings(self) -> bool:
        return "-sibling::" in self.path.path

    @property
    def rank(self) -> Rank:
        return self.said.is_important, False, *self.selector.specificity(), self.order


@dataclass(frozen=True)
class Rules:
    """The rules of a page that speak of lines and raised texts, and those of their kind that could not be followed."""

    rules: Sequence[_Rule] = ()
    unknown: tuple[str, ...] = ()
    is_folded: bool = False

    @property
    def marks(self) -> bool:
        """Whether a rule strikes out or raises anything."""
        return any(rule.said.marks for rule in self.rules)

    def on(self, page: Any) -> tuple[Mapping[Any, list[tuple[Rank, Said]]], list[str]]:
        """What the rules say of elements of the page, with their ranks; and what would take too long to follow."""
        found: dict[Any, list[tuple[Rank, Said]]] = defaultdict(list)
        of_class, elements, widest = self._counted(page)
        left, steps = [], 0
        for rule in self.rules:
            reached = of_class.get(rule.own_class, ()) if rule.own_class else None
            if reached is None:
                more = max(elements, widest**2 // 50 if rule.counts_siblings else 0)
                if steps + more > MOST_STEPS:
                    left += [rule.selector.canonical()] if rule.said.marks else []
                    continue
                steps += more
                reached = rule.path(page)
            for element in reached:
                found[element].append((rule.rank, rule.said))
        return found, left

    def _counted(self, page: Any) -> tuple[Mapping[str, list[Any]], int, int]:
        """The elements of each class, how many elements there are, and how many at most beside each other."""
        of_class: dict[str, list[Any]] = defaultdict(list)
        elements = widest = 0
        for element in page.iter(etree.Element):
            elements, widest = elements + 1, max(widest, len(element))
            for name in {"class", "id"}.intersection(element.keys()) if self.is_folded else ():
                element.set(FOLDED + name, element.get(name).casefold())
            for name in set(element.get(f"{FOLDED if self.is_folded else ''}class", "").split()):
                of_class[name].append(element)
        return of_class, elements, widest


@lru_cache(maxsize=1024)
def said_of(declarations: str) -> Said:
    """What the declarations of an element's own style say of lines through the text, and of its place."""
    return _said(tinycss2.parse_blocks_contents(declarations, skip_comments=True, skip_whitespace=True))


def _said(contents: Sequence[Node]) -> Said:
    """The last word of each declaration holds, unless an earlier one is important."""
    struck, raised, important = None, False, False
    for each in contents:
        if not isinstance(each, Declaration):
            continue
        value = tinycss2.serialize(each.value).strip().casefold()
        if each.lower_name in _LINES and (each.important or not important):
            is_line = "line-through" in value or "var(" in value
            if each.lower_name == "text-line-through":
                is_line = not value.startswith("none")
            struck, important = is_line, each.important
        elif each.lower_name == "vertical-align":
            raised = bool(_RAISED.match(value))
    return Said(struck, raised, important)


def rules_of(text: str, is_folded: bool = True) -> Rules:
    """The rules of a page's styles; `is_folded`: names of classes hold in any case, as in a page without a doctype."""
    translator = _Folded() if is_folded else _Translator()
    found: list[_Rule] = []
    unknown: list[str] = []
    sheet = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    for order, (selectors, said) in enumerate(_told(sheet, unknown)):
        try:
            found += [
                _Rule(selector, _path(translator, selector), _own_class(selector, is_folded), said, order)
                for selector in parse(selectors)
                if selector.pseudo_element not in _OUTSIDE
            ]
        except (SelectorError, etree.XPathError):
            unknown += [selectors] if said.marks else []
    return Rules(found, tuple(unknown), is_folded)


def _own_class(selector: Selector, is_folded: bool) -> str:
    tree = selector.parsed_tree
    if not isinstance(tree, Class) or not isinstance(tree.selector, Element) or tree.selector.element is not None:
        return ""
    return tree.class_name.casefold() if is_folded else tree.class_name


def _path(translator: _Translator, selector: Selector) -> etree.XPath:
    """SelectorError, XPathError: it is not followed."""
    path = etree.XPath(translator.selector_to_xpath(selector, translate_pseudo_elements=True))
    path(etree.Element("html"))  # an unknown prefix is told only here
    return path


def _told(sheet: Sequence[Node], unknown: list[str]) -> Iterator[tuple[str, Said]]:
    """Selectors and what is said of them, in the order of the sheet; what cannot be followed and marks goes aside."""
    for rule in sheet:
        if isinstance(rule, AtRule):
            word = rule.lower_at_keyword
            if word in _RECURSED and rule.content is not None:
                yield from _told(
                    tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), unknown
                )
            elif not word.endswith(_SKIPPED) and _marks(rule.content or ()):
                unknown.append(f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}")
        elif isinstance(rule, QualifiedRule):
            selectors = tinycss2.serialize(rule.prelude).strip()
            contents = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            if any(isinstance(each, QualifiedRule | AtRule) and _marks(each.content or ()) for each in contents):
                unknown.append(selectors)  # rules within a rule
            elif (said := _said(contents)) != Said():
                yield selectors, said


def _marks(content: Sequence[Node]) -> bool:
    return "line-through" in tinycss2.serialize(content).casefold() or _said(_flat(content)).marks


def _flat(content: Sequence[Node]) -> list[Node]:
    """The declarations of a block, of the blocks in it too."""
    inner = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    deeper = [each for rule in inner if isinstance(rule, QualifiedRule | AtRule) for each in _flat(rule.content or ())]
    return [*inner, *deeper]
