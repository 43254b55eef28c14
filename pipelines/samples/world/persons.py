"""Names and identity numbers of people and organisations that do not exist, from a person's number alone.
Who is a party to which case belongs to `cases` and `defaulters`."""

from __future__ import annotations

import numpy as np
import polars as pl

_SURNAMES = list("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜马祁才索尼切旦")
_GIVEN = list("安宝昌成德恩福光海和宏吉家建江杰俊康兰磊林梅民明宁平青庆秋荣瑞") + list(
    "山生盛石双顺泰天文希祥欣兴雪阳永玉元云章真志忠"
)
_TRADES = ("商贸", "建材", "运输", "农牧", "矿业", "餐饮", "建筑劳务", "物业", "酒店", "养殖")
_ORGANISATION_SHARE = 0.22


def _mixed(numbers: np.ndarray, salt: int) -> np.ndarray:
    """A fixed scrambling of numbers, so that neighbours get unlike names."""
    x = (numbers.astype(np.uint64) + np.uint64(salt * 7919 + 1)) * np.uint64(0x9E3779B97F4A7C15)
    x ^= x >> np.uint64(31)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    return (x >> np.uint64(11)).astype(np.int64)


def is_organisation(numbers: np.ndarray) -> np.ndarray:
    return (_mixed(numbers, 1) % 1000) < _ORGANISATION_SHARE * 1000


def _pick(values: list[str] | tuple[str, ...], index: np.ndarray) -> pl.Series:
    return pl.Series(values, dtype=pl.String).gather(pl.Series(index % len(values), dtype=pl.UInt32))


def names(numbers: np.ndarray, *, people_only: bool = False) -> pl.Series:
    """A name each: surname and one or two given characters, or an organisation that says it is fictitious."""
    parts = pl.DataFrame(
        {
            "surname": _pick(_SURNAMES, _mixed(numbers, 2)),
            "first": _pick(_GIVEN, _mixed(numbers, 3)),
            "second": _pick([*_GIVEN, *[""] * 12], _mixed(numbers, 4)),
            "trade": _pick(_TRADES, _mixed(numbers, 5)),
            "number": pl.Series(numbers),
            "organisation": pl.Series(is_organisation(numbers) & (not people_only)),
        }
    )
    person = pl.concat_str("surname", "first", "second")
    number = pl.col("number").cast(pl.String)
    firm = pl.concat_str(pl.lit("虚拟"), "first", "second", number, "trade", pl.lit("有限公司"))
    return parts.select(pl.when("organisation").then(firm).otherwise(person).alias("name"))["name"]


def id_numbers(numbers: np.ndarray) -> pl.Series:
    """Eighteen characters that no authority issues: division codes from 990000, ZZZZ in organisations' codes.

    First ten and last four characters together differ for any two numbers below 100 million, so that people stay
    apart behind the public list's mask.
    """
    frame = pl.DataFrame(
        {
            "high": pl.Series(990_000 + numbers // 10_000).cast(pl.String),
            "low": pl.Series(numbers % 10_000).cast(pl.String).str.zfill(4),
            "year": pl.Series(1950 + _mixed(numbers, 6) % 48).cast(pl.String),
            "month": pl.Series(1 + _mixed(numbers, 7) % 12).cast(pl.String).str.zfill(2),
            "day": pl.Series(1 + _mixed(numbers, 8) % 28).cast(pl.String).str.zfill(2),
            "organisation": pl.Series(is_organisation(numbers)),
        }
    )
    person = pl.concat_str("high", "year", "month", "day", "low")
    firm = pl.concat_str("high", pl.lit("ZZZZ0000"), "low")
    return frame.select(pl.when("organisation").then(firm).otherwise(person).alias("id"))["id"]


def masked_ids(ids: pl.Series) -> pl.Series:
    """The public list's mask: first ten characters, four stars, last four."""
    return ids.str.slice(0, 10) + "****" + ids.str.slice(-4)


def kinds(numbers: np.ndarray) -> pl.Series:
    """自然人, 法人, or now and then 非法人组织."""
    rare = _mixed(numbers, 9) % 20 == 0
    index = np.where(is_organisation(numbers), np.where(rare, 2, 1), 0)
    return _pick(("自然人", "法人", "非法人组织"), index)
