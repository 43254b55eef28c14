"""Single values as the lake keeps them and as a clerk is shown them: by column, by row, and where nothing is known.
Identifiers stay apart and joined: what is hidden in one is replaced by a keyed mark, the same in every extract."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable
from functools import cache

from grammar.contacts import without_contacts
from grammar.names import masked_name, without_persons
from grammar.numbers import MASK, plausible_numbers, without_numbers
from grammar.prose import without_told_persons
from grammar.words import HIDDEN, NUMERALS, anybody, is_pinyin, only_known, words
from pipelines.extracts.contracts import KINDS, Column, contract, vocabulary
from pipelines.extracts.masking.places import courts, is_court_name

Key = Callable[[], bytes]
MARK = 8  # hexadecimal digits of a keyed mark
UNPARSED = "unparsed"
CASE_NUMBER = (
    NUMERALS + "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军最高法年字第号之执恢保异复监协他审"
    "民刑行商初终再破申赔辖提抗特督催司救财仲院庭裁令立非调解认港澳台外清公证委至"
)
FILLERS = words("fillers")
UNITS = "元角分厘整正约合计人民币美港圆块钱个件人次天户项起份批吨￥"
MOMENTS = "年月日号时点分秒上下午中晨晚周星期初末底旬季度"
QUOTED_WORDS = words("quoted")
QUOTED_CHARACTERS = NUMERALS + "第行元为件人次个条户年月日号的或以按均是"
CODES = "codes"
FLAGS = "是否有无已未对错真假"
CHARACTERS = {
    "date": NUMERALS + MOMENTS, "timestamp": NUMERALS + MOMENTS, "amount": NUMERALS + UNITS,
    "number": NUMERALS + UNITS, "integer": NUMERALS + UNITS, "flag": FLAGS, "case_number": CASE_NUMBER,
}  # fmt: skip
_SEVERAL = re.compile("[、，,;；]")
_COURT = re.compile(r"法院|法庭|^[\x21-\x7e]{1,12}$|^UNK")
_LETTERS_OUTSIDE_ASCII = re.compile(r"[^\W\d_a-zA-Z]+")


@cache
def headings() -> frozenset[str]:
    """Every heading that a contract knows, and the Latin words of each: a row may hold its header."""
    found = {text for kind in KINDS for column in contract(kind).columns for text in column.spellings}
    return frozenset(found | {word.casefold() for text in found for word in re.findall("[A-Za-z]+", text)})


@cache
def _parts() -> frozenset[str]:
    """What the contracts' headings begin with, as groups of columns are called: 到账 of 到账日期 and 到账金额."""
    return frozenset(
        part for text in headings() if (part := re.sub(r"(?:金额|日期|时间|价|数|标识)$", "", text)) != text
    )


@cache
def _terms(name: str | None) -> tuple[str, ...]:
    terms = vocabulary(name) if name else ()
    return tuple(text for term in terms for text in (term.value, *term.aliases))


def mark(key: bytes, text: str) -> str:
    """What stands for a hidden text: the same for the same text, and for nobody without the key to turn back."""
    return hmac.digest(key, b"mark\0" + text.encode(), "sha256").hex()[:MARK]


def identifier(text: str, key: Key) -> str:
    """An identifier without what is built like an identity number and without words that no case number has."""

    def settled(match: re.Match[str]) -> str:
        run = match.group()
        known = run in FILLERS or all(character in CASE_NUMBER for character in run)
        return run if known else run[0] + HIDDEN + mark(key(), run)

    text = plausible_numbers(text, lambda digits: MASK + mark(key(), digits))
    return _LETTERS_OUTSIDE_ASCII.sub(settled, text)


def is_identifier(column: Column) -> bool:
    return column.type == "text" and column.name.endswith("_id") and column.personal is None


def is_number_of_a_case(column: Column) -> bool:
    return column.type == "case_number" or column.name.endswith("case_number")


def kept_text(column: Column, text: str, key: Key, persons: Iterable[str] = (), status: str = UNPARSED) -> str:
    """An accepted text as the lake keeps it. `status` is what the grammar says of a case number."""
    if is_identifier(column):
        return identifier(text, key)
    if column.words:
        return _said_with(column.words, without_contacts(without_numbers(text)))
    text = without_persons(text, persons)
    if not is_number_of_a_case(column):
        return without_contacts(without_numbers(without_told_persons(text)))
    return without_contacts(without_numbers(_known_of_a_number(text))) if status == UNPARSED else without_numbers(text)


def _said_with(listed: str, text: str) -> str:
    """A text of few values: the words of its list, and what courts are called. Codes are in Latin letters."""
    if listed == CODES and all(map(is_court_name, _SEVERAL.split(text))):
        return text
    known = words(listed)
    characters = NUMERALS + "".join(word for word in known if len(word) == 1)
    return only_known(text, known | FILLERS | courts(), characters, is_pinyin if listed == CODES else anybody)


def _known_of_a_number(text: str) -> str:
    """A case number that does not parse: the words that such numbers have."""
    return only_known(text, FILLERS | headings(), CASE_NUMBER)


def converted(column: Column, value: str, key: Key) -> str | None:
    """A text that was converted, or what came of it. What its column's law could read names nobody; prose can."""
    is_read = not column.personal and column.type not in ("text", "case_number", "court")
    return without_numbers(value) if is_read else shown(column, value, key)


def shown(column: Column, value: str | None, key: Key) -> str | None:
    """A value of a row that was not taken in: what is of the column's kind is shown, of anything else one letter.

    Rows are rejected because they are shifted, too: whatever stands in a column may be a person.
    """
    if value is None:
        return None
    if column.personal == "name":
        return without_numbers(masked_name(value))
    if column.personal == "id_number":
        return MASK
    if is_identifier(column):
        return identifier(value, key)
    value = without_contacts(without_numbers(value))
    if column.type == "court":
        return shown_courts(value)
    if is_number_of_a_case(column):
        return _known_of_a_number(value)
    if column.words == CODES and all(map(is_court_name, _SEVERAL.split(value))):
        return value
    said = words(column.words) if column.words else ()
    known = {*FILLERS, *_terms(column.vocabulary), *said, column.header, column.name}
    characters = CHARACTERS.get(column.type, "")
    if column.vocabulary:
        characters += "".join(term for term in _terms(column.vocabulary) if len(term) == 1)
    if column.vocabulary == "case_type":
        characters += CASE_NUMBER
    return only_known(value, known, characters)


def shown_courts(stated: str) -> str:
    """One stated court, or several with a dash between them: what names a court is shown."""
    parts = [without_contacts(without_numbers(part)) for part in stated.split(" — ")]
    return " — ".join(part if _COURT.search(part) else only_known(part, FILLERS, CASE_NUMBER) for part in parts)


def quoted(text: str) -> str:
    """A heading or a line around the table as messages quote it: headings, units and words of the message itself."""
    known = headings() | _parts() | QUOTED_WORDS
    return only_known(without_contacts(without_numbers(text)), known, QUOTED_CHARACTERS)


def shown_unread(cell: str) -> str:
    """A cell of which nothing is known, not even its column: digits, marks, headings and single letters are shown."""
    return only_known(without_contacts(without_numbers(cell)), headings() | FILLERS, "")
