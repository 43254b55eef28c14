"""Selectors of CSS: whether one leads to an element of a page. One that is not followed here is told, never guessed at.
What the rules say belongs to `css`; a browser follows more, and a page that strikes text out by more is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_IDENT = r"(?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\.)+"
_SIMPLE = re.compile(
    rf"(?P<type>\*|{_IDENT})|#(?P<id>{_IDENT})|\.(?P<class>{_IDENT})"
    rf"|\[\s*(?P<name>{_IDENT})\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>{_STRING}|{_IDENT})\s*(?P<fold>[iIsS])?\s*)?\]"
    rf"|::?(?P<pseudo>[\w-]+)(?:\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\))?"
)
_BETWEEN = re.compile(r"\s*([>+~])\s*|\s+")
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_NTH = re.compile(
    r"\s*(?:(?P<step>[+-]?\d*)n\s*(?:(?P<sign>[+-])\s*(?P<more>\d+))?|(?P<alone>[+-]?\d+))\s*", re.IGNORECASE
)
# States that a page which is only read is never in, and what no text of the page stands in.
_NEVER = ("hover", "active", "focus", "focus-within", "focus-visible", "visited", "target", "checked",
          "before", "after", "selection", "marker", "placeholder")  # fmt: skip

Test = Callable[[Any], bool]
Weight = tuple[int, int, int]  # ids, classes, elements


class Compound(NamedTuple):
    """What one element must satisfy, how much that weighs against other rules, and what it is looked up by."""

    tests: tuple[Test, ...]
    weight: Weight
    key: str  # what it is looked up by: .class, #id, an element's name, or * for all

    def holds(self, element: Any) -> bool:
        return all(test(element) for test in self.tests)


def classes(element: Any) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def split(selectors: str) -> Iterator[str]:
    """The selectors of a list: commas within brackets part none."""
    depth, begin = 0, 0
    for at, letter in enumerate(selectors):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield selectors[begin:at]
            begin = at + 1
    yield selectors[begin:]


def parts_of(selector: str, is_folded: bool) -> tuple[tuple[str, Compound], ...] | None:
    """A selector from its element outwards; None for one that is not followed."""
    found: list[tuple[str, Compound]] = []
    at, sign = 0, " "
    while at < len(selector):
        compound = _compound(selector, at, is_folded)
        if compound is None:
            return None
        found.append((sign, compound[0]))
        at = compound[1]
        between = _BETWEEN.match(selector, at)
        if at < len(selector) and (between is None or between.end() == len(selector)):
            return None
        if between:
            sign, at = between[1] or " ", between.end()
    signs = [sign for sign, _ in found[1:]]
    return (
        tuple(reversed([(sign, part) for sign, (_, part) in zip([*signs, " "], found, strict=True)])) if found else None
    )


def _compound(selector: str, at: int, is_folded: bool) -> tuple[Compound, int] | None:
    tests: list[Test] = []
    weight, key, begin = [0, 0, 0], "*", at
    while match := _SIMPLE.match(selector, at):
        if match["type"] and at > begin:
            return None
        test = _test(match, is_folded)
        if test is None:
            return None
        tests.append(test[0])
        weight = [one + other for one, other in zip(weight, test[1], strict=True)]
        if match["class"] or match["id"] or (match["type"] not in (None, "*") and key == "*"):
            key = (f".{_plain(match['class'])}" if match["class"] else f"#{_plain(match['id'])}" if match["id"]
                   else match["type"])  # fmt: skip
        at = match.end()
    return (Compound(tuple(tests), (weight[0], weight[1], weight[2]), key), at) if tests else None


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)


def _test(match: re.Match[str], is_folded: bool) -> tuple[Test, Weight] | None:
    fold = str.casefold if is_folded else str
    if match["type"]:
        name = match["type"].casefold()
        return (lambda element: name in ("*", element.tag)), (0, 0, int(name != "*"))
    if match["class"]:
        of_class = fold(_plain(match["class"]))
        return (lambda element: of_class in map(fold, classes(element))), (0, 1, 0)
    if match["id"]:
        of_id = fold(_plain(match["id"]))
        return (lambda element: fold(element.get("id") or "") == of_id), (1, 0, 0)
    if match["name"]:
        return _of_attribute(match), (0, 1, 0)
    return _of_pseudo(match["pseudo"].casefold(), match["inside"], is_folded)


def _of_attribute(match: re.Match[str]) -> Test:
    name, how = match["name"].casefold(), match["how"]
    if how is None:
        return lambda element: element.get(name) is not None
    wanted = _plain(match["value"].strip("\"'"))
    fold = str.casefold if (match["fold"] or "").casefold() == "i" else str
    wanted = fold(wanted)
    tests: dict[str, Callable[[str], bool]] = {
        "=": lambda said: said == wanted,
        "~=": lambda said: wanted in said.split(),
        "|=": lambda said: said == wanted or said.startswith(f"{wanted}-"),
        "^=": lambda said: bool(wanted) and said.startswith(wanted),
        "$=": lambda said: bool(wanted) and said.endswith(wanted),
        "*=": lambda said: bool(wanted) and wanted in said,
    }
    return lambda element: element.get(name) is not None and tests[how](fold(element.get(name)))


def _of_pseudo(name: str, inside: str | None, is_folded: bool) -> tuple[Test, Weight] | None:
    if name in _NEVER:
        return (lambda _: False), (0, 1, 0)
    if name in ("not", "is", "where", "matches") and inside is not None:
        lists = [parts_of(each.strip(), is_folded) for each in split(inside)]
        known = [parts for parts in lists if parts is not None]
        if len(known) < len(lists):
            return None
        weight = max(tuple(sum(part.weight[at] for _, part in parts) for at in range(3)) for parts in known)
        wanted = name != "not"
        return (lambda element: any(reaches(element, parts) for parts in known) is wanted), (
            (0, 0, 0) if name == "where" else (weight[0], weight[1], weight[2])
        )
    return _of_place(name, inside)


def _of_place(name: str, inside: str | None) -> tuple[Test, Weight] | None:
    """The tests of :nth-child and its likes."""
    if name in ("link", "any-link"):
        return (lambda element: element.tag == "a" and element.get("href") is not None), (0, 1, 0)
    if name == "root":
        return (lambda element: element.getparent() is None), (0, 1, 0)
    if name == "empty":
        return (lambda element: not len(element) and not element.text), (0, 1, 0)
    rest = name.removeprefix("nth-")
    is_last, is_of_type = rest.startswith("last-"), rest.endswith("of-type")
    if name.startswith("only-"):
        both = [_of_place(f"{side}-{name.removeprefix('only-')}", None) for side in ("first", "last")]
        tests = [test[0] for test in both if test]
        return (lambda element: all(test(element) for test in tests)), (0, 1, 0)
    if rest.removeprefix("first-").removeprefix("last-") not in ("child", "of-type"):
        return None
    step = _step(inside if name.startswith("nth-") else "1")
    if step is None:
        return None
    return (lambda element: _is_nth(_place(element, is_last, is_of_type), *step)), (0, 1, 0)


def _step(text: str | None) -> tuple[int, int] | None:
    said = {"odd": "2n+1", "even": "2n"}.get((text or "").strip().casefold(), text or "")
    match = _NTH.fullmatch(said)
    if match is None:
        return None
    if match["alone"]:
        return 0, int(match["alone"])
    step = {"": 1, "+": 1, "-": -1}.get(match["step"] or "")
    return int(match["step"]) if step is None else step, int(f"{match['sign'] or ''}{match['more'] or 0}")


def _is_nth(place: int, step: int, more: int) -> bool:
    return place == more if not step else (place - more) % step == 0 and (place - more) // step >= 0


def _place(element: Any, is_last: bool, is_of_type: bool) -> int:
    beside = element.itersiblings(preceding=not is_last)
    return 1 + sum(1 for each in beside if isinstance(each.tag, str) and (not is_of_type or each.tag == element.tag))


def reaches(element: Any, parts: tuple[tuple[str, Compound], ...]) -> bool:
    """Whether a selector, from its element outwards, leads to an element."""
    if not parts[0][1].holds(element):
        return False
    if len(parts) == 1:
        return True
    sign, rest = parts[1][0], parts[1:]
    if sign == ">":
        above = element.getparent()
        return above is not None and reaches(above, rest)
    if sign == " ":
        return any(reaches(above, rest) for above in element.iterancestors())
    before = [each for each in element.itersiblings(preceding=True) if isinstance(each.tag, str)]
    return any(reaches(each, rest) for each in (before[:1] if sign == "+" else before))
