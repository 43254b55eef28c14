"""Names of persons: of each one character is shown, however the name is written and whatever stands around it.
Which columns hold names is said by the contracts; names in other texts are found by the row's own and by form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import polars as pl

from grammar.words import words

DOTS = "[·•・.．‧∙⋅]"  # written in the middle of names of many peoples, and never twice alike
LONGEST_PERSON_NAME = 4  # characters of a Chinese name; longer ones are of other peoples, or of several persons
HIDDEN, HIDDEN_FIRM = "**", "****"
FIRM_HEADS = tuple(words("firm_heads"))
FIRM = re.compile(
    "公司|集团|银行|信用社|合作社|企业|工厂|商行|商店|商场|超市|酒店|宾馆|饭店|餐厅|药店|医院|诊所|学校|学院|大学|幼儿园|"
    "中心|协会|基金会|委员会|事务所|法院|检察院|政府|管理局|服务部|经营部|门市部|加油站|养殖场|农场|牧场|工程队|"
    "(?:店|厂|部|局|处|社|站|场|馆|行|坊|吧|铺|院|所|会|村|镇|县|市)$"
)
_SEVERAL = re.compile(r"[、，,;；/／|＆&]|(?<=[\u4e00-\u9fff])[和及与](?=[\u4e00-\u9fff])")
_COUNT = re.compile(r"等(?:[0-9０-９一二三四五六七八九十两]{1,3})?[人名位]?$")
_NOTE = re.compile(r"[（(\[【〔《<].*", re.S)
PLAIN = r"^[\u3400-\u9fff]{1,4}$"
_PLAINLY_MASKED = (pl.col("name").str.head(1) + HIDDEN).alias("masked")
_IS_ODD = (~pl.col("name").str.contains(PLAIN)).fill_null(value=False).alias("odd")
SURNAMES = frozenset("".join(words("surnames")))
OTHER_WORDS = tuple(words("not_persons"))
_GIVEN = r"[\u3400-\u9fff]"
LOOKS_LIKE_A_NAME = "[" + "".join(sorted(SURNAMES)) + "]" + _GIVEN  # and as many more as the caller allows
_NAME = LOOKS_LIKE_A_NAME
_MASKED = r"\S\*\*"  # a person of the row, masked before
_SUED = re.compile(
    rf"^(?P<role>原告|上诉人|申请人|申请执行人|再审申请人)?(?P<one>{_NAME}{{1,3}}?|{_MASKED})(?P<word>(?<![非反上起撤公应申自抗])诉(?![讼前中求状])|与)"
    rf"(?P<other>(?:被告|被申请人|被执行人)?(?:{_MASKED}|{_NAME}{{1,2}}))"
)
_STANDING_ALONE = re.compile(rf"^{_NAME}{{1,2}}(?:[、，,和及]{_NAME}{{1,2}})*(?:等[\d一二三四五六七八九十]*人?)?$")
_END_OF_A_CAUSE = re.compile("(?:纠纷|争议|罪|案|费|款|权|金|物|产|地|车|类|法|院|厅|局|部|委|办|令|书|期|满|毕)$")


def _one(name: str) -> str:
    """One person or firm, without notes."""
    bare = re.sub(r"\s+", "", _NOTE.sub("", name)).strip("*＊")
    if not bare:
        return HIDDEN
    if FIRM.search(bare) and len(bare) > LONGEST_PERSON_NAME and not re.search(DOTS, bare):
        return (bare[:2] if bare.startswith(FIRM_HEADS) else bare[0]) + HIDDEN_FIRM
    return bare[0] + HIDDEN


@lru_cache(maxsize=1 << 14)
def masked_name(name: str) -> str:
    """张** for a person, 青海**** for a firm of a province, 张**** for a firm that begins as a person's name does.

    Several persons are masked each; 等3人 stays, notes in brackets go.
    """
    text = name.strip()
    count = _COUNT.search(text)
    body = text[: count.start()] if count else text
    parts = [part for part in _SEVERAL.split(_NOTE.sub("", body)) if part.strip()]
    return "、".join(map(_one, parts or [body])) + (count.group() if count else "")


def remasked(masked: str) -> str:
    """A name as an earlier version masked it: it left two characters of several persons and of every firm."""
    shown = masked.rstrip("*")
    return masked if len(shown) < 2 or masked.startswith(FIRM_HEADS) else masked_name(shown)


def masked_names(names: pl.Series) -> pl.Series:
    """`masked_name` for a column."""
    found = pl.DataFrame([names.alias("name")]).select_seq(_PLAINLY_MASKED, _IS_ODD)
    masked, odd = found.get_columns()
    if odd.any():
        others = [masked_name(name) for name in names.filter(odd)]
        masked = masked.scatter(odd.arg_true(), pl.Series(others, dtype=pl.String))
    return masked.alias(names.name)


@lru_cache(maxsize=1 << 14)
def _parts(text: str) -> frozenset[str]:
    """The single names in a cell, with and without the spaces in them."""
    parts = _SEVERAL.split(_NOTE.sub("", _COUNT.sub("", text.strip())))
    return frozenset(name for part in parts for name in (part.strip(), re.sub(r"\s+", "", part)) if len(name) > 1)


def persons_in(names: Iterable[str | None]) -> list[str]:
    """The single names in cells of a name column, longest first; a single character is nobody's name."""
    found = frozenset[str]().union(*(_parts(text) for text in names if text))
    return sorted(found, key=lambda name: (-len(name), name))


def is_a_cause(text: str) -> bool:
    """Whether a text ends as causes, offices and things do and names do not."""
    return bool(_END_OF_A_CAUSE.search(text))


def without_persons(text: str, names: Iterable[str] = ()) -> str:
    """A text of the row without the persons in it: `names` wherever they stand, and names by their form.

    By form: what stands alone and is built like a Chinese name, and 张三诉李四, 张三与李四 at its beginning.
    """
    for name in names:
        text = text.replace(name, name[0] + HIDDEN)
    if sued := _SUED.match(text):
        one, other = sued["one"], sued["other"]
        if not one.startswith(OTHER_WORDS):
            role = re.match("被告|被申请人|被执行人", other)
            lead = role.group() if role else ""
            hidden = f"{sued['role'] or ''}{one[0]}{HIDDEN}{sued['word']}{lead}{other[len(lead)]}{HIDDEN}"
            return hidden + text[sued.end() :]
    if _STANDING_ALONE.match(text) and not text.startswith(OTHER_WORDS) and not _END_OF_A_CAUSE.search(text):
        return text[0] + HIDDEN
    return text
