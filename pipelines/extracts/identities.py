"""Who a row speaks of, judged: numbers that are nobody's, names where numbers stand, several names at one number.
What two rows have in common if they are of one person is told by `persons`; nothing of a person is kept here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from grammar.names import FIRM, PLAIN, SURNAMES
from pipelines.extracts.columns import Columns, Fault
from pipelines.extracts.contracts import Contract
from pipelines.extracts.conversions import noted
from pipelines.extracts.dress import changed
from pipelines.extracts.names_beside import MAY_BE_ODD, name_fault, unmarked
from pipelines.extracts.persons import LONGEST_PERSON_NAME, SHORT_NUMBER, bare_number, own_name
from pipelines.extracts.rounded import marked_wrong
from pipelines.extracts.values import fold_width

# A number of which nothing has to be asked: eighteen characters with a day of birth, or as the public list has it.
_DAY = "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|[12][0-9]))"
USUAL = f"^[0-9]{{6}}(?:(?:19[0-9]{{2}}|20[0-2][0-9]){_DAY}[0-9]{{3}}|[0-9]{{4}}[*]{{4}}[0-9]{{3}})[0-9X]$"
_LONG = re.compile(USUAL)
_NOBODYS = frozenset(("", "NA", "NAN", "NONE", "NULL", "NIL"))
_NO_NUMBER = re.compile(
    "(?:身份|证件|身份证|身份证号码?|证件号码?|号码)?(?:无|没有|空|缺|不详|不明|未知|未提供|未登记|未录入|未填|未查到|待查|待补|暂无|暂缺|无法查明)"
    "(?:身份证|证件|证|号码?|身份证号码?|证件号码?)?"
)
# Whose else a number may be, by its own text. 法人证书 is a firm's own.
_OF_ANOTHER = re.compile(
    "配偶|妻[子:\\d]|丈夫|夫[:\\d]|[父母][亲:\\d]|[子女][:\\d]|儿子|女儿|子女|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹|监护人|代理人|代表人|法人(?!代码|证|登记|机构|组织|营业|执照|单位)|法代"
    "|负责人|担保人|保证人|联系人|经办人|经营者|户主|亲属|家属|股东|继承人|(?i:spouse|guardian|wife|husband)"
)
_CALLED = re.compile(
    "(?:居民|公民|本人|其|的|第二代|二代|临时|有效|外国人|中国|国内|港澳居民来往内地|台湾居民来往大陆|港澳|台湾|居住|永久|身份|证件?|号码?|编码|代码|证书|护照"
    "|通行|回乡|台胞|军官|士兵|警官|军人|学生|驾驶|驾照|户口|簿|营业|执照|注册|统一|社会|信用|组织|机构|工商|税务|登记|纳税人|识别|事业单位|法人|社团|民办非企业|字|第|为|是|号)"
)
_NAMED = re.compile("[\u3400-\u9fff]{2,4}")
_PHONE = re.compile("(?:00)?(?:86)?1[3-9][0-9]{9}|0[1-9][0-9]{8,10}|400[0-9]{7}")
_SHOWN = re.compile("[0-9]{10,}[*]+[0-9]{3,}[0-9X]")  # what the public list leaves of a person's number, and no less
_SHORTEST, _LONGEST = 6, 18  # characters of a number
# Letters that are written for digits; the last of them occur in firms' codes, too.
_LOOKS_LIKE, _MAY_LOOK_LIKE = str.maketrans("OILZ", "0112"), str.maketrans("OILZSBGQD", "011258600")
_OF_FIRM = re.compile("(?:9[123]|[15][1239]|A[19]|N[1239]|Y1)[0-9]{6}[0-9A-Z]{10}")
_LONGEST_OTHER = 10  # digits of a passport or permit without letters
_FIRMS_OLD_NUMBER = 15  # digits of the register of firms before 2015
_WHOLE = "^[0-9A-Z]{17}[0-9A-Z]$"
LENGTH, BIRTH, LETTERS, WORDS = "number_length", "number_birth", "number_letters", "name_as_number"
ANOTHERS, PHONE, HIDDEN = "number_of_another", "number_phone", "number_hidden"


def _is_of_a_person(name: str | None) -> bool:
    return name is not None and (len(name) <= LONGEST_PERSON_NAME or "·" in name) and not FIRM.search(name)


def _is_anothers(name: str | None, number: str) -> bool:
    """Whether a number says that it is somebody else's: 配偶990001…, or another name than the row's."""
    folded = re.sub(r"\s+", "", fold_width(number))
    if _OF_ANOTHER.search(folded):
        return True
    rest = _NAMED.findall(_CALLED.sub("", folded))
    return any(each[0] in SURNAMES and each not in re.sub(r"\s+", "", name or "") for each in rest)


@lru_cache(maxsize=1 << 14)
def number_fault(name: str | None, number: str) -> str | None:
    """Why a number is nobody's: "" for a word that says there is none, None for one that may be somebody's."""
    bare = bare_number(number)
    if any(unicodedata.category(letter) == "No" for letter in number):  # ¹, ①: marks of notes that would become digits
        return LETTERS
    if re.search("[0-9]{6}", bare) and _is_anothers(name, number):
        return ANOTHERS
    if "*" in bare:
        return HIDDEN if _is_of_a_person(name) and not _SHOWN.fullmatch(bare) else None
    if _LONG.fullmatch(bare):
        return None
    if not re.search("[0-9A-Z]", bare) or bare in _NOBODYS or not bare.strip("0"):
        folded = re.sub(r"\s+", "", fold_width(number))
        return WORDS if re.search("[\u3400-\u9fff]", folded) and not _NO_NUMBER.fullmatch(folded) else ""
    if _PHONE.fullmatch(bare):
        return PHONE
    if len(bare) < _SHORTEST or len(bare) > _LONGEST:
        return LENGTH
    return _digits_fault(name, bare) if re.fullmatch("[0-9]+X?", bare) else _letters_fault(name, bare)


def _letters_fault(name: str | None, bare: str) -> str | None:
    """What is wrong with a number that has letters: such as are written for its digits."""
    if _is_of_a_person(name):
        meant = bare.translate(_MAY_LOOK_LIKE)
        is_none = len(bare) == _LONGEST and not _OF_FIRM.fullmatch(bare)
        return LETTERS if is_none or _LONG.fullmatch(meant) or SHORT_NUMBER.fullmatch(meant) else None
    return LETTERS if _LONG.fullmatch(bare.translate(_LOOKS_LIKE)) else None


def _digits_fault(name: str | None, bare: str) -> str | None:
    """What is wrong with digits alone; a firm's need no day of birth."""
    if len(bare) in (_LONGEST - 2, _LONGEST - 1) or len(set(bare)) == 1:
        return LENGTH if len(bare) != _LONGEST else BIRTH
    if not _is_of_a_person(name):
        return None
    if len(bare) == _FIRMS_OLD_NUMBER:
        return None if SHORT_NUMBER.fullmatch(bare) else BIRTH
    if _LONGEST_OTHER < len(bare) < _FIRMS_OLD_NUMBER:
        return LENGTH
    return BIRTH if len(bare) == _LONGEST else None


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
    if name:
        _look_at_names(columns, name, raw[number])
    if forms:
        odd = raw[number].is_in(list(forms)).fill_null(value=False)
        columns.notes.append(noted(number, raw[number], odd, dict.fromkeys(forms, ("identity_form",)), forms))
    if nobody:
        _take_none(columns, number, nobody)


def _look_at_names(columns: Columns, name: str, numbers: pl.Series) -> None:
    """Add the faults of names beside numbers; a mark at a name comes off."""
    names = columns.raw[name]
    marked: list[int] = []
    forms: dict[str, str] = {}
    for place in names.str.contains(MAY_BE_ODD).fill_null(value=False).arg_true():
        text, number = names[place], numbers[place]
        if code := name_fault(text, number):
            columns.faults.append(Fault(place, name, code))
        elif (own := unmarked(text, number)) != text:
            marked.append(place)
            forms[text] = own
    if not marked:
        return
    places = pl.int_range(names.len(), eager=True).is_in(marked)
    columns.notes.append(noted(name, names, places, dict.fromkeys(forms, ("stripped_mark",)), forms))
    columns.raw = columns.raw.with_columns(changed(names, places, forms).alias(name))


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
    wrong_marks: list[int] = field(default_factory=list)  # rows whose number has another check mark than its digits ask

    def add(self, rules: Contract, accepted: pl.DataFrame) -> None:
        """Take the persons of a chunk's accepted rows (`_<column>` in clear, `_row_number`)."""
        number, name = _personal(rules, "id_number"), _personal(rules, "name")
        if number is None or name is None:
            return
        known = accepted.select(number=pl.col(f"_{number}").str.to_uppercase(), name=f"_{name}", row="_row_number")
        known = known.filter(pl.col("number").str.contains(_WHOLE) & pl.col("name").is_not_null())
        self.wrong_marks += known["row"].filter(marked_wrong(known["number"])).to_list()
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
