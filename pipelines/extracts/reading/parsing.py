"""JSON texts made into values: numbers keep their digits, and a name that stands twice in an object is told.
What objects mean as records belongs to `objects`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from pipelines.extracts.reading.source import Beside

_EXACT_DIGITS, _MOST_PLACES = 15, 12  # of a number that a program wrote with an exponent
MOST_BESIDE = 10_000  # values beside the records that are looked at


class Repeated(dict[str, Any]):
    """An object in which a name stands twice: which of the values is meant cannot be told."""

    names: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    repeated = Repeated(made)
    repeated.names = tuple(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
    return repeated


def _number(said: str) -> str:
    """A number as it is written; without its exponent where all its digits are there: 1.2345E3 is 1234.5."""
    if "e" not in said and "E" not in said:
        return said
    number = Decimal(said)
    digits, exponent = len(number.as_tuple().digits), int(number.as_tuple().exponent)
    is_whole = exponent <= 0 and -exponent <= _MOST_PLACES and digits <= _EXACT_DIGITS
    return f"{number:f}" if is_whole else said


# Not strict: the public list circulates with tabs and line breaks inside its texts.
DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=str, parse_constant=lambda said: "" if said == "NaN" else said, strict=False,
    object_pairs_hook=_object,
)  # fmt: skip
HALF = r"\ud"  # how an escaped half of a letter begins, in lower case
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def without_halves(text: str) -> str:
    """JSON with the mark of lost text, U+FFFD, for every half of a letter whose other half is missing (`\\ud800`).

    Such a text is no Unicode and can be written nowhere; the row that it stands in is rejected as damaged.
    """
    if HALF not in text.lower():
        return text
    return _ESCAPE.sub(lambda found: r"\ufffd" if found.group(1) else found.group(), text)


def repeated_in(value: Any) -> tuple[str, ...]:
    """The names that stand twice in a value or anywhere below it."""
    if isinstance(value, Repeated):
        return value.names
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((names for part in parts if isinstance(part, dict | list) and (names := repeated_in(part))), ())


class _At(NamedTuple):
    path: str
    is_listed: bool  # below a list that does not hold records: of which column it speaks, its neighbours say


def _leaves(node: Any, at: _At, records: frozenset[int]) -> Iterator[Beside]:
    if id(node) in records:
        return
    if isinstance(node, dict):
        around = " ".join(value for value in node.values() if isinstance(value, str)) if at.is_listed else ""
        for name, value in node.items():
            yield from _leaves(value, _At(f"{at.path} {name} {around}".strip(), at.is_listed), records)
    elif isinstance(node, list):
        for part in node:
            yield from _leaves(part, _At(at.path, is_listed=True), records)
    elif node is not None and not isinstance(node, bool):
        yield Beside("fields", at.path, str(node))


def beside(document: Any, records: list[Any]) -> tuple[Beside, ...]:
    """What a document says beside its records, value by value under the names that lead to it."""
    if not isinstance(document, dict | list):
        return ()
    found = _leaves(document, _At("", is_listed=False), frozenset(id(record) for record in records))
    return tuple(each for each, _ in zip(found, range(MOST_BESIDE), strict=False))
